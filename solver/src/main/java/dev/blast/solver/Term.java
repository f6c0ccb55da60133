package dev.blast.solver;

/** Says that the package of a node is in one of these states. */
record Term(Node node, States states) {
    @Override
    public String toString() {
        return node + " " + states;
    }
}
