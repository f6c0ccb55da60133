package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.syntax.Nearest;
import dev.blast.environment.sync.Considered;
import dev.blast.packaging.Version;
import dev.blast.rules.explain.Explanation;
import dev.blast.rules.vocabulary.Outcome;
import java.util.ArrayList;
import java.util.List;

/** What came of asking about versions, in words. */
final class ConsideredText {
    /** Versions that are named where there is not the one asked for. */
    private static final int NEWEST_NAMED = 5;

    private ConsideredText() {}

    /**
     * The rules' word.
     *
     * @throws Failure where there is nothing to have a word on
     */
    static Explanation explanation(Considered considered) throws Failure {
        return switch (considered) {
            case Considered.Explained explained -> explained.explanation();
            case Considered.Paired paired -> paired.explanation();
            case Considered.NoPackage(var name) ->
                    throw new Failure(Exit.FINDINGS, "no index has a package called " + name);
            case Considered.NoVersions(var name, String why) ->
                    throw new Failure(
                            Exit.FINDINGS, "no version of %s, which %s".formatted(name, why));
            case Considered.NoSuchVersion missing -> throw missing(missing);
            case Considered.NoInterpreter(var search) ->
                    throw new Failure(Exit.FINDINGS, search.message(), List.of());
        };
    }

    /** What else a person has to know who relies on it. */
    static List<String> notes(Considered considered) {
        return switch (considered) {
            case Considered.Explained explained -> notes(explained);
            case Considered.Paired(Explanation explanation) ->
                    List.of(
                            explanation.judgement().allowed()
                                    ? "asked either way round; what rules say of each alone is another question"
                                    : "no sync brings these two versions together");
            case Considered.NoPackage _,
                    Considered.NoVersions _,
                    Considered.NoSuchVersion _,
                    Considered.NoInterpreter _ ->
                    List.of();
        };
    }

    private static List<String> notes(Considered.Explained explained) {
        Explanation explanation = explained.explanation();
        if (explanation.judgement().outcome() != Outcome.HELD) {
            return List.of();
        }
        return List.of(
                explained.lifted()
                        ? "a person has lifted the hold on this version: it may be chosen"
                        : "blast sync --lift %s==%s lets it be chosen"
                                .formatted(explained.name(), explained.version()));
    }

    private static Failure missing(Considered.NoSuchVersion missing) {
        List<String> newest =
                missing.versions().reversed().stream()
                        .filter(version -> !version.isPrerelease())
                        .limit(NEWEST_NAMED)
                        .map(Version::toString)
                        .toList();
        var help =
                new ArrayList<>(
                        Nearest.hint(
                                missing.wanted().toString(),
                                missing.versions().stream().map(Version::toString).toList()));
        if (!newest.isEmpty()) {
            help.add("the newest are: " + String.join(", ", newest));
        }
        if (!missing.passedOver().isEmpty()) {
            help.add(missing.passedOver());
        }
        return new Failure(
                Exit.FINDINGS,
                "there is no %s %s".formatted(missing.name(), missing.wanted()),
                help);
    }
}
