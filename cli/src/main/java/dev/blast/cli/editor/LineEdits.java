package dev.blast.cli.editor;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import dev.blast.rules.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.TextEdit;

/** What turns a text into another, line by line, so that places between the edits stay. */
final class LineEdits {
    private LineEdits() {}

    static List<TextEdit> of(DocumentText before, String after) {
        List<String> old = lines(before.text());
        var starts = new int[old.size() + 1];
        for (int i = 0; i < old.size(); i++) {
            starts[i + 1] = starts[i] + old.get(i).length();
        }
        var edits = new ArrayList<TextEdit>();
        for (AbstractDelta<String> delta : DiffUtils.diff(old, lines(after)).getDeltas()) {
            int from = delta.getSource().getPosition();
            int to = from + delta.getSource().size();
            edits.add(
                    new TextEdit(
                            before.range(new Span(starts[from], starts[to])),
                            String.join("", delta.getTarget().getLines())));
        }
        return edits;
    }

    /** With their ends. */
    private static List<String> lines(String text) {
        return List.of(text.split("(?<=\n)"));
    }
}
