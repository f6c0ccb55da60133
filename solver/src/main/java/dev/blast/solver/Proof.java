package dev.blast.solver;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no answer. The facts among the statements can be looked up, each conclusion follows
 * from those it names, and together they leave nothing to choose from.
 *
 * @param blamed what of the request excludes each other
 * @param coreIsMinimal whether each of them is needed: it was tried that there is an answer without
 *     it, or that the statements would leave something to choose from
 */
public record Proof(List<Statement> statements, List<Blamed> blamed, boolean coreIsMinimal) {
    public Proof {
        statements = List.copyOf(statements);
        blamed = List.copyOf(blamed);
    }

    /**
     * A requirement of the request that is part of the contradiction.
     *
     * @param as what of it the facts speak of: the package, or one of its extras alone; null where
     *     no fact is left that does
     */
    public record Blamed(RootRequirement root, @Nullable PackagePart as) {}

    /** The requirements of the request that exclude each other. */
    public List<RootRequirement> core() {
        return blamed.stream().map(Blamed::root).toList();
    }
}
