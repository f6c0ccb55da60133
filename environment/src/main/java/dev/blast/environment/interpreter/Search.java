package dev.blast.environment.interpreter;

import java.util.List;

/** What looking for an interpreter came to. */
public sealed interface Search {

    /** The interpreter to use, and those passed over on the way. */
    record Found(Interpreter interpreter, List<PassedOver> passedOver) implements Search {}

    /** None fits. {@link #message()} says what was asked for and lists all that were found. */
    record NotFound(InterpreterRequest request, List<PassedOver> passedOver) implements Search {
        public String message() {
            throw new IllegalStateException("in the making");
        }
    }
}
