package dev.blast.cli.report;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import dev.blast.rules.source.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How policy files are laid out, and how they should be.
 *
 * @param diff whether each difference is shown
 * @param written whether the files are now as they should be
 * @param losesTrust whether what the project's files open is off for that
 */
public record LayoutReport(List<Laid> files, boolean diff, boolean written, boolean losesTrust)
        implements Report {
    private static final int CONTEXT = 3;

    /** What became of a file. */
    public enum State {
        /** It was as it should be. */
        SAME,
        /** It was not. */
        OTHER,
        /** It has faults. */
        UNREADABLE
    }

    /**
     * One file.
     *
     * @param faults why it cannot be read
     */
    public record Laid(
            String file, State state, String before, String after, List<Diagnostic> faults) {
        public Laid {
            faults = List.copyOf(faults);
        }

        private List<String> difference() {
            List<String> old = rows(before);
            return UnifiedDiffUtils.generateUnifiedDiff(
                    file, file, old, DiffUtils.diff(old, rows(after)), CONTEXT);
        }

        /** The last one says, as patch wants it, that no line ends with it. */
        private static List<String> rows(String text) {
            var rows = new ArrayList<>(List.of(text.split("\n", -1)));
            String last = rows.removeLast();
            if (!last.isEmpty()) {
                rows.add(last + "\n\\ No newline at end of file");
            }
            return rows;
        }
    }

    public LayoutReport {
        files = List.copyOf(files);
    }

    /** Whether every file is now as it should be. */
    public boolean isFine() {
        return count(State.UNREADABLE) == 0 && (written || count(State.OTHER) == 0);
    }

    private long count(State state) {
        return files.stream().filter(it -> it.state() == state).count();
    }

    @Override
    public String text(Palette palette) {
        var text = new Page();
        for (Laid laid : files) {
            laid.faults().forEach(it -> text.lines(it.render().stripTrailing()).end());
            if (laid.state() == State.OTHER && diff) {
                laid.difference().forEach(line -> text.lines(shown(line, palette)).end());
            } else if (laid.state() == State.OTHER) {
                text.append(laid.file()).line(written ? ": laid out" : ": is not laid out");
            }
        }
        if (losesTrust) {
            text.line(TrustReport.LOST);
        }
        if (diff && count(State.OTHER) > 0) {
            return text.toString(); // what patch reads
        }
        return text.append(Figures.count(files.size(), "policy file"))
                .append(", ")
                .append(count(State.OTHER))
                .line(written ? " laid out" : " to be laid out")
                .toString();
    }

    private static String shown(String line, Palette palette) {
        return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
            case '+' -> palette.good(line);
            case '-' -> palette.bad(line);
            default -> line;
        };
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("written", written)
                .with("losesTrust", losesTrust)
                .with("files", files, LayoutReport::json);
    }

    private static JsonObject json(Laid laid) {
        return new JsonObject()
                .with("file", laid.file())
                .with("state", laid.state().name().toLowerCase(Locale.ROOT))
                .with("diff", laid.difference())
                .with("diagnostics", laid.faults(), DiagnosticJson::of);
    }
}
