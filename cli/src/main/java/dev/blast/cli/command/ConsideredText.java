package dev.blast.cli.command;

import static java.util.stream.Collectors.joining;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.syntax.Nearest;
import dev.blast.environment.build.SeenSource;
import dev.blast.environment.sync.Considered;
import dev.blast.packaging.Redaction;
import dev.blast.packaging.Version;
import dev.blast.packaging.Visible;
import dev.blast.rules.explain.Explanation;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.solver.Obstacle;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What came of asking about versions, in words. */
final class ConsideredText {
    /** Versions that are named where there is not the one asked for. */
    private static final int NEWEST_NAMED = 5;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

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
            case Considered.Buildable buildable -> buildable.explanation();
            case Considered.NoSource(var name, var version, Obstacle obstacle) ->
                    throw new Failure(
                            Exit.FINDINGS,
                            obstacle instanceof Obstacle.OtherPython(var python, var here)
                                    ? "the source of %s %s is for Python %s, this is %s"
                                            .formatted(name, version, python, here)
                                    : "there is no source of %s %s, only wheels"
                                            .formatted(name, version));
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
            case Considered.Buildable buildable -> notes(buildable);
            case Considered.NoPackage _,
                    Considered.NoSource _,
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

    private static List<String> notes(Considered.Buildable buildable) {
        var notes = new ArrayList<String>();
        SeenSource seen = buildable.seen();
        if (isLeftOut(buildable)) {
            notes.add("it is not built, whatever rules say: " + buildable.format().by());
        } else if (buildable.hasWheel()) {
            notes.add("there is a wheel for here, which is installed: nothing is built for that");
        }
        notes.add("from " + Visible.of(Redaction.inText(buildable.source().uri().toString())));
        String requires = seen.requires().stream().map(Object::toString).collect(joining(", "));
        notes.add(
                Visible.of(
                        requires.isEmpty()
                                ? "built by %s, with what it asks for".formatted(backend(seen))
                                : "built by %s with %s, and with what it asks for beyond that"
                                        .formatted(backend(seen), requires)));
        SeenSource.Failed failed = seen.failed();
        if (seen.kept()) {
            notes.add("it was built before, and its wheel is kept: it is not built again");
        } else if (failed != null) {
            String cause = failed.cause();
            notes.add(
                    "a build of it failed on %s UTC%s (all that it said: %s)"
                            .formatted(
                                    TIME.format(failed.when().atOffset(ZoneOffset.UTC)),
                                    cause.isEmpty() ? "" : ": " + cause,
                                    failed.log()));
        }
        notes.add("how it is confined: blast check --explain run python --purpose build");
        return notes;
    }

    private static String backend(SeenSource seen) {
        return seen.fact().backend();
    }

    /** Whether a person lets it not be built. */
    static boolean isLeftOut(Considered considered) {
        return considered instanceof Considered.Buildable buildable
                && !buildable.format().sources();
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
