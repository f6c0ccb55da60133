package dev.blast.cli.report;

import dev.blast.cli.terminal.Palette;
import dev.blast.solver.Proof;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Statement;
import dev.blast.solver.text.ProofText;
import dev.blast.solver.text.StatementText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** That no set of versions satisfies a project, with the proof. */
public record NoSolutionReport(Proof proof) implements Report {

    @Override
    public String text(Palette palette) {
        return ProofText.render(proof);
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("outcome", "no solution")
                .with("statements", proof.statements(), NoSolutionReport::json)
                .with("core", proof.core(), NoSolutionReport::json)
                .with("coreIsMinimal", proof.coreIsMinimal())
                .with("conclusion", ProofText.conclusion(proof));
    }

    private static JsonObject json(Statement statement) {
        return new JsonObject()
                .with("number", statement.number())
                .with("kind", kind(statement))
                .with("about", statement.about().name().toString())
                .with("other", other(statement))
                .with("text", StatementText.of(statement))
                .with("source", StatementText.source(statement))
                .with("from", from(statement));
    }

    private static String kind(Statement statement) {
        return switch (statement) {
            case Statement.Asked _ -> "asked";
            case Statement.Needs _ -> "needs";
            case Statement.Unusable _ -> "unusable";
            case Statement.Ruled _ -> "ruled";
            case Statement.Follows _ -> "follows";
        };
    }

    /** The package that the first one needs. */
    private static @Nullable String other(Statement statement) {
        return statement instanceof Statement.Needs needs
                ? needs.known().of().name().toString()
                : null;
    }

    private static List<String> from(Statement statement) {
        return statement instanceof Statement.Follows follows
                ? follows.from().stream().map(String::valueOf).toList()
                : List.of();
    }

    private static JsonObject json(RootRequirement root) {
        return new JsonObject()
                .with("requirement", root.requirement().toString())
                .with("origin", root.origin());
    }
}
