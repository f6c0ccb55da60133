package dev.blast.toml;

import dev.blast.packaging.Message;
import java.io.Serial;

/** A text is no TOML. The message has every error, with file, line and column. */
public final class TomlException extends Exception {
    @Serial private static final long serialVersionUID = 1;

    TomlException(Message message) {
        super(message.text());
    }
}
