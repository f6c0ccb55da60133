package dev.blast.solver.logic;

/** Says that the package of a node is in one of these states. */
public record Term(Node node, States states) {
    @Override
    public String toString() {
        return node + " " + states;
    }
}
