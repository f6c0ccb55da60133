package dev.blast.packaging;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is said about a trouble: a sentence, and where it helps further lines, which say what to do.
 * Only Blast's own words end a line: what is put into them (a path, a name, a server's words) is
 * made {@link Visible} on the way in.
 *
 * @param text lines of Blast's own
 */
public record Message(String text) {

    /** One line, whatever stands in it. */
    public static Message line(String words) {
        return new Message(Visible.of(words));
    }

    /**
     * Words with values in them, as {@link String#format} has it.
     *
     * @param template its line ends count
     * @param values another message keeps its lines, all else is foreign
     */
    public static Message of(String template, @Nullable Object... values) {
        var shown = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            shown[i] =
                    values[i] instanceof Message || values[i] instanceof Number
                            ? values[i]
                            : Visible.of(String.valueOf(values[i]));
        }
        return new Message(template.formatted(shown));
    }

    /** Several, with words of ours between them. */
    public static Message joined(List<Message> messages, String between) {
        return new Message(
                messages.stream().map(Message::text).collect(Collectors.joining(between)));
    }

    /** What one of Blast's own exceptions says; its lines have been seen to. */
    public static Message of(Exception own) {
        return new Message(String.valueOf(own.getMessage()));
    }

    @Override
    public String toString() {
        return text;
    }
}
