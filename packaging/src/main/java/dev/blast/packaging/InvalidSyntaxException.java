package dev.blast.packaging;

import java.io.Serial;

/**
 * Text that does not follow the standard it was read by. The message says what was expected, of
 * which text, and where; {@link #position} is the offset in chars at which reading stopped.
 */
public final class InvalidSyntaxException extends IllegalArgumentException {
    @Serial private static final long serialVersionUID = 1;

    private final String reason;
    private final String input;
    private final int position;

    public InvalidSyntaxException(String message, String input, int position) {
        super(
                position > 0 && position < input.length()
                        ? "%s: '%s' (at character %d)".formatted(message, input, position + 1)
                        : "%s: '%s'".formatted(message, input));
        this.reason = message;
        this.input = input;
        this.position = position;
    }

    /** What was expected, without the text. */
    public String reason() {
        return reason;
    }

    /** The whole text that was read. */
    public String input() {
        return input;
    }

    /** Offset of the first char that did not fit, from 0 to the length of the input. */
    public int position() {
        return position;
    }
}
