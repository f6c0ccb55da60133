package dev.blast.solver;

import java.util.List;

/**
 * Why there is no answer. The facts among the statements can be looked up, each conclusion follows
 * from those it names, and together they leave nothing to choose from.
 *
 * @param core the requirements of the request that exclude each other
 * @param coreIsMinimal whether it was tried for each of them that there is an answer without it
 * @param conclusion the last sentence
 */
public record Proof(
        List<Statement> statements,
        List<RootRequirement> core,
        boolean coreIsMinimal,
        String conclusion) {
    public Proof {
        statements = List.copyOf(statements);
        core = List.copyOf(core);
    }

    /** The text for people, as {@link ProofText} writes it. */
    @Override
    public String toString() {
        return ProofText.render(this);
    }
}
