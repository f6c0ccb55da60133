package dev.blast.rules.verdict;

import dev.blast.packaging.Visible;
import dev.blast.rules.checked.Undecided;

/**
 * The rules gave no usable answer: a limit of the evaluation was hit, or a name that no rule knows
 * was asked for.
 */
public final class PolicyException extends Exception {
    private static final long serialVersionUID = 1L;

    public PolicyException(String message) {
        super(Visible.of(message));
    }

    public PolicyException(Undecided cause) {
        super(Visible.of(String.valueOf(cause.getMessage())), cause);
    }
}
