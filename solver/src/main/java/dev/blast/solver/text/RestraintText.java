package dev.blast.solver.text;

import dev.blast.packaging.Requirement;
import dev.blast.packaging.Visible;
import dev.blast.rules.verdict.Reason;
import dev.blast.solver.Restraint;
import dev.blast.solver.RootRequirement;
import java.util.List;

/** What keeps versions out, in words. */
public final class RestraintText {
    private RestraintText() {}

    /**
     * A sentence.
     *
     * @param versions those that are kept out: {@code 3.0}, {@code 3.0 … 3.2}
     */
    public static String of(Restraint restraint, String versions) {
        return switch (restraint) {
            case Restraint.Asked(RootRequirement root) ->
                    (root.constraint() ? "you allow only " : "you ask for ")
                            + conditional(root.requirement());
            case Restraint.Needed(var by, var requirement) ->
                    "%s needs %s".formatted(by, conditional(requirement));
            case Restraint.Ruled(boolean held, Reason reason) ->
                    reason == null
                            ? "no rule allows " + versions
                            : (held ? "a rule holds %s back: %s" : "a rule forbids %s: %s")
                                    .formatted(versions, words(reason));
            case Restraint.Apart(var beside, Reason reason, String failure) ->
                    reason == null
                            ? "the rules on %s beside %s failed: %s"
                                    .formatted(
                                            versions,
                                            beside,
                                            Visible.of(failure == null ? "" : failure))
                            : "a rule does not let %s stand beside %s: %s"
                                    .formatted(versions, beside, words(reason));
            case Restraint.Barred(var obstacle) ->
                    versions + " " + ObstacleText.together(List.of(obstacle), isSeveral(versions));
            case Restraint.Clashing(var requirement, var there) ->
                    "%s %s %s, and %s is %s"
                            .formatted(
                                    versions,
                                    isSeveral(versions) ? "need" : "needs",
                                    RequirementText.of(requirement),
                                    there.name(),
                                    there.version());
        };
    }

    /** Where it is written; empty where the sentence says it. */
    public static String source(Restraint restraint) {
        return switch (restraint) {
            case Restraint.Asked(RootRequirement root) ->
                    root.origin() + (root.group() == null ? "" : ", group " + root.group());
            case Restraint.Ruled(_, Reason reason) ->
                    reason == null ? "" : reason.origin().toString();
            case Restraint.Apart(_, Reason reason, _) ->
                    reason == null ? "" : reason.origin().toString();
            case Restraint.Needed _, Restraint.Barred _, Restraint.Clashing _ -> "";
        };
    }

    private static boolean isSeveral(String versions) {
        return versions.contains(", ") || versions.contains(" … ");
    }

    private static String words(Reason reason) {
        return Visible.of(reason.text().isEmpty() ? reason.rule() : reason.text());
    }

    private static String conditional(Requirement requirement) {
        return RequirementText.of(requirement)
                + (requirement.marker() == null ? "" : " where " + requirement.marker());
    }
}
