package dev.blast.cli.report;

import dev.blast.cli.terminal.Palette;
import dev.blast.packaging.PackageName;
import dev.blast.solver.Proof;
import dev.blast.solver.ProofText;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Statement;
import java.util.ArrayList;
import java.util.Objects;

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
                .with("conclusion", proof.conclusion());
    }

    private static JsonObject json(Statement statement) {
        var from = new ArrayList<String>();
        statement.from().forEach(number -> from.add(number.toString()));
        PackageName other = statement.other();
        return new JsonObject()
                .with("number", statement.number())
                .with("kind", statement.kind())
                .with("about", statement.about().toString())
                .with("other", other == null ? null : Objects.toString(other))
                .with("text", statement.text())
                .with("source", statement.source())
                .with("from", from);
    }

    private static JsonObject json(RootRequirement root) {
        return new JsonObject()
                .with("requirement", root.requirement().toString())
                .with("origin", root.origin());
    }
}
