package dev.blast.rules.source;

import dev.blast.packaging.Visible;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One finding about a policy file, with its place.
 *
 * @param line 1 for the first
 * @param column 1 for the first
 * @param length how many characters the carets mark, at least 1
 * @param sourceLine the line it is about, without its end, of a long one what stands around the
 *     place; null where the file could not be read
 * @param mark where in the source line the carets begin, 1 for its first character
 * @param help what was expected; the first one stands beside the carets, the others below
 */
public record Diagnostic(
        String file,
        int line,
        int column,
        int length,
        String message,
        @Nullable String sourceLine,
        int mark,
        List<String> help,
        Severity severity) {

    /** Characters: a message quotes what stands in the file, and that may be anything. */
    private static final int MAX_MESSAGE = 400;

    private static final int MAX_HELP = 800;

    public Diagnostic {
        message = Excerpt.beginning(message, MAX_MESSAGE);
        help = help.stream().map(it -> Excerpt.beginning(it, MAX_HELP)).toList();
        length = Math.max(1, length);
    }

    /** By file and place, each once. */
    public static List<Diagnostic> inOrder(Collection<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .distinct()
                .sorted(
                        Comparator.comparing(Diagnostic::file)
                                .thenComparingInt(Diagnostic::line)
                                .thenComparingInt(Diagnostic::column)
                                .thenComparing(Diagnostic::message))
                .toList();
    }

    /** About a file as a whole, or one of which no line can be shown. */
    public static Diagnostic of(
            String file, int line, int column, String message, Severity severity, String... help) {
        return new Diagnostic(
                file, line, column, 1, message, null, column, List.of(help), severity);
    }

    /**
     * As people read it: place and message, the line, carets with the nearest name, then what would
     * be right.
     */
    public String render() {
        var out = new StringBuilder();
        out.append(Visible.of(file))
                .append(':')
                .append(line)
                .append(':')
                .append(column)
                .append(": ");
        out.append(severity == Severity.WARNING ? "warning: " : "")
                .append(Visible.of(message))
                .append('\n');
        int below = 0;
        if (sourceLine != null) {
            String gutter = "%4d | ".formatted(line);
            out.append(gutter).append(sourceLine).append('\n');
            out.append(" ".repeat(gutter.length() - 2)).append("| ");
            out.append(blankLike(sourceLine, mark - 1));
            out.append("^".repeat(Math.clamp(sourceLine.length() - mark + 1, 1, length)));
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

    /** Tabs stay tabs, so that the carets stand right below what they mark. */
    private static String blankLike(String text, int length) {
        var blank = new StringBuilder();
        for (int i = 0; i < length; i++) {
            blank.append(i < text.length() && text.charAt(i) == '\t' ? '\t' : ' ');
        }
        return blank.toString();
    }
}
