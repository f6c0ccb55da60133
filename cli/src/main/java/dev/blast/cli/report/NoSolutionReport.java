package dev.blast.cli.report;

import dev.blast.cli.terminal.Palette;
import dev.blast.packaging.Version;
import dev.blast.rules.verdict.Price;
import dev.blast.rules.verdict.Reason;
import dev.blast.solver.Pin;
import dev.blast.solver.Proof;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Statement;
import dev.blast.solver.repair.Cost;
import dev.blast.solver.repair.Relaxation;
import dev.blast.solver.repair.Repair;
import dev.blast.solver.repair.WaysOut;
import dev.blast.solver.text.ProofText;
import dev.blast.solver.text.RepairText;
import dev.blast.solver.text.StatementText;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * That no set of versions satisfies a project, with the proof and the ways out of it.
 *
 * @param remembered whether a way out can be taken by its letter
 */
public record NoSolutionReport(Proof proof, WaysOut waysOut, boolean remembered) implements Report {

    @Override
    public String text(Palette palette) {
        return ProofText.render(proof)
                + waysOut.besides().stream().map(ProofText::beside).collect(Collectors.joining())
                + RepairText.render(waysOut)
                + next();
    }

    /** What to do, as the last line. */
    public String next() {
        return taken() == null ? "" : taken() + " applies one.\n";
    }

    private @Nullable String taken() {
        return remembered && !waysOut.repairs().isEmpty()
                ? "blast sync --repair " + RepairText.letter(waysOut.cheapest())
                : null;
    }

    @Override
    public JsonObject json() {
        return json(new JsonObject().with("outcome", "no solution"), proof)
                .with("besides", waysOut.besides(), it -> json(new JsonObject(), it))
                .with("waysOut", ways(), it -> it)
                .with("takenBy", taken())
                .with("waysOutComplete", waysOut.complete())
                .with("waysOutTried", waysOut.tried())
                .with("forbidden", waysOut.forbidden(), NoSolutionReport::json)
                .with("otherPythons", waysOut.pythons(), NoSolutionReport::json);
    }

    static JsonObject json(JsonObject object, Proof proof) {
        return object.with("statements", proof.statements(), NoSolutionReport::json)
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
            case Statement.Apart _ -> "apart";
            case Statement.Follows _ -> "follows";
        };
    }

    /** The package that the first one needs, or is kept apart from. */
    private static @Nullable String other(Statement statement) {
        return switch (statement) {
            case Statement.Needs needs -> needs.known().of().name().toString();
            case Statement.Apart apart -> apart.other().of().name().toString();
            case Statement.Asked _, Statement.Unusable _, Statement.Ruled _, Statement.Follows _ ->
                    null;
        };
    }

    private static List<String> from(Statement statement) {
        return statement instanceof Statement.Follows follows
                ? follows.from().stream().map(String::valueOf).toList()
                : List.of();
    }

    private List<JsonObject> ways() {
        List<Repair> repairs = waysOut.repairs();
        return IntStream.range(0, repairs.size())
                .mapToObj(place -> json(RepairText.letter(place), repairs.get(place)))
                .toList();
    }

    private static JsonObject json(String letter, Repair repair) {
        return new JsonObject()
                .with("letter", letter)
                .with("cost", repair.cost())
                .with("relaxations", repair.costs(), NoSolutionReport::json)
                .with("changes", repair.changes())
                .with("packages", repair.resolution().pins(), NoSolutionReport::json);
    }

    private static JsonObject json(WaysOut.NotAllowed forbidden) {
        Relaxation relaxation = forbidden.relaxation();
        return about(relaxation)
                .with("text", RepairText.what(relaxation))
                .with("rules", forbidden.by().by(), NoSolutionReport::json)
                .with("failure", forbidden.by().failure());
    }

    private static JsonObject json(Reason reason) {
        return new JsonObject()
                .with("rule", reason.rule())
                .with("origin", reason.origin().toString())
                .with("reason", reason.text());
    }

    private static JsonObject json(Price.Part part) {
        return json(part.reason()).with("points", part.points());
    }

    private static JsonObject about(Relaxation relaxation) {
        return new JsonObject()
                .with("kind", kind(relaxation))
                .with("package", relaxation.name().toString());
    }

    private static JsonObject json(Cost cost) {
        Relaxation relaxation = cost.of();
        List<Price.Part> parts =
                cost.said() instanceof Price.Named named ? named.parts() : List.of();
        JsonObject json =
                about(relaxation)
                        .with("cost", cost.points())
                        .with("pricedBy", parts, NoSolutionReport::json)
                        .with("text", RepairText.what(relaxation));
        return switch (relaxation) {
            case Relaxation.Widen(RootRequirement root, var to, _) ->
                    json.with("from", root.requirement().toString())
                            .with("to", to.toString())
                            .with("origin", root.origin());
            case Relaxation.OfRoot it ->
                    json.with("from", it.root().requirement().toString())
                            .with("to", (String) null)
                            .with("origin", it.root().origin());
            case Relaxation.LiftHold(_, Version version, Reason reason) ->
                    json.with("from", "held")
                            .with("to", text(version))
                            .with("origin", reason.origin().toString());
            case Relaxation.AllowPrereleases(_, Version version) ->
                    json.with("from", (String) null)
                            .with("to", text(version))
                            .with("origin", (String) null);
        };
    }

    private static @Nullable String text(@Nullable Version version) {
        return version == null ? null : version.toString();
    }

    private static String kind(Relaxation relaxation) {
        return switch (relaxation) {
            case Relaxation.Drop _ -> "drop";
            case Relaxation.Unpin _ -> "unpin";
            case Relaxation.Widen _ -> "widen";
            case Relaxation.LiftHold _ -> "unhold";
            case Relaxation.AllowPrereleases _ -> "prerelease";
        };
    }

    private static JsonObject json(Pin pin) {
        return new JsonObject()
                .with("name", pin.name().toString())
                .with("version", pin.version().toString());
    }

    private static JsonObject json(WaysOut.OtherPython python) {
        return new JsonObject()
                .with("package", python.name().toString())
                .with("requiresPython", python.requiresPython().toString())
                .with("python", python.python().toString());
    }

    private static JsonObject json(RootRequirement root) {
        return new JsonObject()
                .with("requirement", root.requirement().toString())
                .with("origin", root.origin());
    }
}
