package dev.blast.cli.report;

import dev.blast.cli.terminal.Palette;
import dev.blast.environment.project.AmendedLines;
import dev.blast.packaging.Redaction;
import java.util.List;

/**
 * What is written otherwise in a file of the project.
 *
 * @param file relative to the project
 */
public record EditLines(String file, AmendedLines lines) {

    static String text(List<EditLines> edits, Palette palette) {
        var text = new Page();
        for (EditLines edit : edits) {
            text.append("edit ").append(edit.file).append(':').append(edit.lines.line()).end();
            for (String line : edit.lines.before()) {
                text.append("    ").append(palette.bad("-")).append(' ').line(shown(line));
            }
            for (String line : edit.lines.after()) {
                text.append("    ").append(palette.good("+")).append(' ').line(shown(line));
            }
        }
        return text.toString();
    }

    private static String shown(String line) {
        return Redaction.inText(line);
    }

    JsonObject json() {
        return new JsonObject()
                .with("file", file)
                .with("line", lines.line())
                .with("before", lines.before().stream().map(EditLines::shown).toList())
                .with("after", lines.after().stream().map(EditLines::shown).toList());
    }
}
