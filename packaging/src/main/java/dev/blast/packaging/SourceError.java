package dev.blast.packaging;

/**
 * Errors in files that people write: {@code FILE:LINE:COLUMN: what}, then the line itself with the
 * place marked.
 */
public final class SourceError {
    private SourceError() {}

    /**
     * The message with its place. What file and message quote of others begins no line.
     *
     * @param file as people call it
     * @param line from 1; 0 where the place is not known, and only the file is named
     * @param column from 1, in chars
     */
    public static Message render(String file, String text, int line, int column, String message) {
        if (line < 1) {
            return Message.line(file + ": " + message);
        }
        String source = text.lines().skip(line - 1L).findFirst().orElse("");
        String number = "%4d | ".formatted(line);
        // tabs stay tabs in the line of the mark, so that it stands below its place at every width
        // of a tab
        int before = Math.min(column - 1, source.length());
        String indent = source.substring(0, before).replaceAll("[^\\t]", " ");
        return new Message(
                "%s:%d:%d: %s\n%s%s\n%s%s^"
                        .formatted(
                                Visible.of(file),
                                line,
                                column,
                                Visible.of(message),
                                number,
                                source,
                                " ".repeat(number.length()),
                                indent));
    }
}
