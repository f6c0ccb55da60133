package dev.blast.environment.change;

import java.util.List;

/**
 * That a change was a way out of a conflict.
 *
 * @param impasse its {@link Impasse#number}
 * @param edits what was written otherwise in the project's files, a line each
 */
public record Repaired(long impasse, String letter, List<String> edits) {
    public Repaired {
        edits = List.copyOf(edits);
    }
}
