package dev.blast.solver.text;

import dev.blast.packaging.Visible;
import dev.blast.rules.verdict.Reason;
import dev.blast.solver.Hindrance;
import dev.blast.solver.KnownVersions;
import dev.blast.solver.Lack;
import dev.blast.solver.PackagePart;
import dev.blast.solver.RootRequirement;
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
                    asked(root) + Phrases.requirement(about, root.requirement()) + of(lack);
            case Statement.Needs(
                            _,
                            var from,
                            var usableOf,
                            var requirements,
                            var accepted,
                            var known,
                            var missing,
                            Lack lack) ->
                    "%s %s %s%s"
                            .formatted(
                                    usableOf == null
                                            ? Phrases.versions(from)
                                            : "what can be used of " + Phrases.versions(usableOf),
                                    usableOf == null && Phrases.isPlural(from) ? "need" : "needs",
                                    Phrases.common(requirements, accepted, known, missing),
                                    of(lack));
            case Statement.Unusable(_, var hindrances, boolean ofOthers) ->
                    ofOthers || hindrances.size() > 1
                            ? listed(statement.about(), hindrances, ofOthers)
                            : of(hindrances.getFirst(), Phrases.versions(first(hindrances)));
            case Statement.Ruled ruled ->
                    "%s %s %s"
                            .formatted(
                                    Phrases.versions(ruled.versions()),
                                    Phrases.isPlural(ruled.versions()) ? "are" : "is",
                                    verdict(ruled));
            case Statement.Apart apart ->
                    "%s and %s may not stand together: %s"
                            .formatted(
                                    Phrases.versions(apart.one()),
                                    Phrases.versions(apart.other()),
                                    why(apart));
            case Statement.Follows follows -> conclusion(follows.present(), follows.needed());
        };
    }

    /**
     * Who says so: file and line, the command line, a rule, or the versions whose metadata do;
     * empty where the sentence says it.
     */
    public static String source(Statement statement) {
        return switch (statement) {
            case Statement.Asked asked -> asked.root().isQuestion() ? "" : asked.root().origin();
            case Statement.Needs needs ->
                    needs.usableOf() == null
                            ? Phrases.detail(needs.from())
                            : Phrases.some(needs.from());
            case Statement.Unusable(_, var hindrances, boolean ofOthers) ->
                    ofOthers || hindrances.size() > 1 ? "" : Phrases.detail(first(hindrances));
            case Statement.Ruled(_, _, _, Reason reason, _) ->
                    reason == null ? "" : reason.origin().toString();
            case Statement.Apart(_, _, _, Reason reason, _) ->
                    reason == null ? "" : reason.origin().toString();
            case Statement.Follows _ -> "";
        };
    }

    private static String asked(RootRequirement root) {
        return switch (root.force()) {
            case ASKED -> root.isQuestion() ? "the question supposes " : "you ask for ";
            case CONSTRAINT -> "you allow only ";
            case OVERRIDE -> "overriding all others, you allow only ";
        };
    }

    private static KnownVersions first(List<Hindrance> hindrances) {
        return hindrances.getFirst().versions();
    }

    /** What is in the way of which versions, after the name of their package. */
    private static String listed(PackagePart about, List<Hindrance> hindrances, boolean ofOthers) {
        return hindrances.stream()
                .map(hindrance -> of(hindrance, Phrases.these(hindrance.versions())))
                .collect(
                        Collectors.joining(
                                "; ", ofOthers ? "the rest of " + about + ": " : about + ": ", ""));
    }

    private static String of(Hindrance hindrance, String versions) {
        return versions
                + " "
                + ObstacleText.together(
                        hindrance.obstacles(), Phrases.isPlural(hindrance.versions()));
    }

    private static String of(@Nullable Lack lack) {
        return switch (lack) {
            case null -> "";
            case Lack.Contradiction() -> ", which no version can be";
            case Lack.NoVersions(String why) -> ", which " + why;
            case Lack.Others(var lowest, var highest, String passedOver) ->
                    ", of which there is no version (there are %s to %s%s)"
                            .formatted(
                                    lowest, highest, passedOver.isEmpty() ? "" : "; " + passedOver);
        };
    }

    /** With the name of the rule. */
    private static String why(Statement.Apart apart) {
        Reason reason = apart.reason();
        if (reason == null) {
            return "the rules failed: " + apart.failure();
        }
        return Visible.of(
                reason.text().isEmpty()
                        ? reason.rule()
                        : "%s (\"%s\")".formatted(reason.text(), reason.rule()));
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
