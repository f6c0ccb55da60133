package dev.blast.cli.report;

import dev.blast.packaging.Version;
import dev.blast.rules.verdict.Reason;
import dev.blast.solver.Restraint;
import dev.blast.solver.Standing;
import dev.blast.solver.text.RestraintText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How versions stand, and what keeps newer ones out. */
final class StandingText {
    private StandingText() {}

    /** A sentence with its place. */
    static String of(Restraint restraint, String versions) {
        String source = RestraintText.source(restraint);
        return RestraintText.of(restraint, versions)
                + (source.isEmpty() ? "" : " (%s)".formatted(source));
    }

    static String versions(Standing.Bond bond) {
        return switch (bond.count()) {
            case 1 -> bond.first().toString();
            case 2 -> bond.first() + ", " + bond.last();
            default -> bond.first() + " … " + bond.last();
        };
    }

    /** What of a standing is about a restraint. */
    static Optional<Standing.Bond> bond(@Nullable Standing standing, Restraint restraint) {
        return standing == null
                ? Optional.empty()
                : standing.bonds().stream()
                        .filter(bond -> bond.restraint().equals(restraint))
                        .findFirst();
    }

    /** {@code binds: 3.0 would fit without it}; empty where others keep out whatever it does. */
    static String effect(Standing.Bond bond) {
        Version without = bond.without();
        return without == null ? "" : "binds: %s would fit without it".formatted(without);
    }

    static JsonObject json(Restraint restraint, @Nullable Standing standing) {
        return json(restraint, bond(standing, restraint).orElse(null));
    }

    static JsonObject json(Standing.Bond bond) {
        return json(bond.restraint(), bond);
    }

    private static JsonObject json(Restraint restraint, Standing.@Nullable Bond bond) {
        String versions = bond == null ? "" : versions(bond);
        var json =
                new JsonObject()
                        .with("kind", kind(restraint))
                        .with("text", RestraintText.of(restraint, versions))
                        .with("source", RestraintText.source(restraint));
        switch (restraint) {
            case Restraint.Asked(var root) ->
                    json.with("requirement", root.requirement().toString());
            case Restraint.Needed(var by, var requirement) ->
                    json.with("by", by.toString()).with("requirement", requirement.toString());
            case Restraint.Ruled(_, Reason reason) ->
                    json.with("rule", reason == null ? null : reason.rule());
            case Restraint.Apart(var beside, Reason reason, _) ->
                    json.with("rule", reason == null ? null : reason.rule())
                            .with("there", beside.toString());
            case Restraint.Clashing(var requirement, var there) ->
                    json.with("requirement", requirement.toString())
                            .with("there", there.toString());
            case Restraint.Barred _ -> {}
        }
        return json.with("keepsOut", bond == null ? 0 : bond.count())
                .with("first", bond == null ? null : bond.first().toString())
                .with("last", bond == null ? null : bond.last().toString())
                .with("binds", bond != null && bond.without() != null)
                .with("without", bond == null ? null : text(bond.without()));
    }

    static @Nullable String text(@Nullable Version version) {
        return version == null ? null : version.toString();
    }

    private static String kind(Restraint restraint) {
        return switch (restraint) {
            case Restraint.Asked(var root) -> root.constraint() ? "allowed" : "asked";
            case Restraint.Needed _ -> "needed";
            case Restraint.Ruled(boolean held, _) -> held ? "held" : "denied";
            case Restraint.Apart _ -> "apart";
            case Restraint.Barred _ -> "unusable";
            case Restraint.Clashing _ -> "clashing";
        };
    }
}
