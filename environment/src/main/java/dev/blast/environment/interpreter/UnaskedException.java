package dev.blast.environment.interpreter;

import java.io.IOException;

/** A program was not started, because nobody whom this user has to believe says that it may be. */
final class UnaskedException extends IOException {
    private static final long serialVersionUID = 1;

    UnaskedException(String why) {
        super(why);
    }
}
