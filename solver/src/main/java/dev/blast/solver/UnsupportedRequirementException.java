package dev.blast.solver;

import dev.blast.packaging.Visible;
import java.io.Serial;

/**
 * A requirement of the request is valid, but not one that can be resolved. The message names its
 * origin.
 */
public final class UnsupportedRequirementException extends IllegalArgumentException {
    @Serial private static final long serialVersionUID = 1;

    public UnsupportedRequirementException(RootRequirement root, String why) {
        super(
                Visible.of(
                        "%s: '%s' cannot be resolved: %s"
                                .formatted(root.origin(), root.requirement(), why)));
    }
}
