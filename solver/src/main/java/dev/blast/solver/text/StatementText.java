package dev.blast.solver.text;

import dev.blast.packaging.Visible;
import dev.blast.rules.verdict.Reason;
import dev.blast.solver.KnownVersions;
import dev.blast.solver.Lack;
import dev.blast.solver.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Statements of a proof in words. */
public final class StatementText {
    private StatementText() {}

    /** The sentence, without its number and what it follows from. */
    public static String of(Statement statement) {
        return switch (statement) {
            case Statement.Asked(_, var about, var root, Lack lack) ->
                    (root.constraint() ? "you allow only " : "you ask for ")
                            + Phrases.requirement(about, root.requirement())
                            + of(lack);
            case Statement.Needs(
                            _,
                            var from,
                            var restOf,
                            var requirements,
                            var accepted,
                            var known,
                            var missing,
                            Lack lack) ->
                    "%s needs %s%s"
                            .formatted(
                                    restOf == null
                                            ? Phrases.versions(from)
                                            : "every other " + Phrases.versions(restOf),
                                    Phrases.common(requirements, accepted, known, missing),
                                    of(lack));
            case Statement.Unusable(_, var versions, var obstacles) ->
                    Phrases.versions(versions) + " " + ObstacleText.together(obstacles);
            case Statement.Ruled ruled ->
                    "%s is %s".formatted(Phrases.versions(ruled.versions()), verdict(ruled));
            case Statement.Follows follows -> conclusion(follows.present(), follows.needed());
        };
    }

    /**
     * Who says so: file and line, the command line, a rule, or the versions whose metadata do;
     * empty where the sentence says it.
     */
    public static String source(Statement statement) {
        return switch (statement) {
            case Statement.Asked asked -> asked.root().origin();
            case Statement.Needs needs ->
                    needs.restOf() == null
                            ? Phrases.detail(needs.from())
                            : Phrases.some(needs.from());
            case Statement.Unusable unusable -> Phrases.detail(unusable.versions());
            case Statement.Ruled(_, _, _, Reason reason, _) ->
                    reason == null ? "" : reason.origin().toString();
            case Statement.Follows _ -> "";
        };
    }

    private static String of(@Nullable Lack lack) {
        return switch (lack) {
            case null -> "";
            case Lack.NoVersions(String why) -> ", which " + why;
            case Lack.Others(var lowest, var highest, String passedOver) ->
                    ", of which there is no version (there are %s to %s%s)"
                            .formatted(
                                    lowest, highest, passedOver.isEmpty() ? "" : "; " + passedOver);
        };
    }

    private static String verdict(Statement.Ruled ruled) {
        Reason reason = ruled.reason();
        if (reason != null) {
            return (ruled.held() ? "held back: " : "forbidden: ")
                    + Visible.of(reason.text().isEmpty() ? reason.rule() : reason.text());
        }
        return ruled.failure() == null
                ? "allowed by no rule"
                : "denied because the rules failed: " + ruled.failure();
    }

    private static String conclusion(List<KnownVersions> present, List<KnownVersions> needed) {
        String what = joined(needed, " or ");
        if (present.isEmpty()) {
            return what + " is needed";
        }
        if (needed.isEmpty()) {
            return present.size() == 1
                    ? joined(present, "") + " is impossible"
                    : joined(present, " and ") + " exclude each other";
        }
        return "%s %s %s"
                .formatted(joined(present, " with "), present.size() == 1 ? "needs" : "need", what);
    }

    private static String joined(List<KnownVersions> versions, String between) {
        return versions.stream().map(Phrases::versions).collect(Collectors.joining(between));
    }
}
