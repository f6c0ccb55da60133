package dev.blast.rules.source;

import dev.blast.packaging.Visible;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One finding about a policy file, with its place. Whatever shows it, to people or to programs,
 * shows this.
 *
 * @param begin where what it is about begins
 * @param end behind its last character; the same place where something is missing at it
 * @param excerpt the line it is about; null where the file could not be read
 * @param help what was expected, or what to do: a sentence each, the nearest first
 * @param correction null where more than one would do
 */
public record Diagnostic(
        Code code,
        String file,
        Position begin,
        Position end,
        String message,
        List<String> help,
        @Nullable Excerpt excerpt,
        @Nullable Correction correction) {

    /** Characters: a message quotes what stands in the file, and that may be anything. */
    private static final int MAX_MESSAGE = 400;

    private static final int MAX_HELP = 800;

    public Diagnostic {
        message = Excerpt.beginning(message, MAX_MESSAGE);
        help = help.stream().map(it -> Excerpt.beginning(it, MAX_HELP)).toList();
    }

    /** By file and place, each once. */
    public static List<Diagnostic> inOrder(Collection<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .distinct()
                .sorted(
                        Comparator.comparing(Diagnostic::file)
                                .thenComparing(Diagnostic::begin)
                                .thenComparing(Diagnostic::message))
                .toList();
    }

    /** About a file as a whole, or one of which no line can be shown. */
    public static Diagnostic of(
            Code code, String file, int line, int column, String message, String... help) {
        var place = new Position(line, column);
        return new Diagnostic(code, file, place, place, message, List.of(help), null, null);
    }

    Diagnostic with(Correction certain) {
        return new Diagnostic(code, file, begin, end, message, help, excerpt, certain);
    }

    public Severity severity() {
        return code.severity();
    }

    public int line() {
        return begin.line();
    }

    public int column() {
        return begin.column();
    }

    /**
     * As people read it: place and message, the line, carets with the nearest name, then what would
     * be right.
     */
    public String render() {
        var out = new StringBuilder();
        out.append(Visible.of(file))
                .append(':')
                .append(line())
                .append(':')
                .append(column())
                .append(": ");
        out.append(severity() == Severity.WARNING ? "warning: " : "")
                .append(Visible.of(message))
                .append('\n');
        int below = 0;
        if (excerpt != null) {
            String gutter = "%4d | ".formatted(line());
            out.append(gutter).append(excerpt.text()).append('\n');
            out.append(" ".repeat(gutter.length() - 2)).append("| ");
            out.append(excerpt.carets());
            if (!help.isEmpty()) {
                out.append(' ').append(Visible.of(help.getFirst()));
                below = 1;
            }
            out.append('\n');
        }
        for (String line : help.subList(below, help.size())) {
            out.append("     ").append(Visible.of(line)).append('\n');
        }
        return out.toString();
    }
}
