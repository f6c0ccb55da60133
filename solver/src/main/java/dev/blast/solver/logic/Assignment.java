package dev.blast.solver.logic;

import org.jspecify.annotations.Nullable;

/**
 * One step of the search: a node is left with fewer states than before.
 *
 * @param own what this step alone says of the node
 * @param left what remains of the node's states after this and all earlier steps
 * @param cause why, null for a decision
 * @param level how many decisions had been made, this one included
 * @param index its place among all steps
 */
public record Assignment(
        Node node, States own, States left, @Nullable Incompatibility cause, int level, int index) {

    boolean isDecision() {
        return cause == null;
    }
}
