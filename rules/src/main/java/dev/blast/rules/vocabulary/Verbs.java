package dev.blast.rules.vocabulary;

import static dev.blast.rules.vocabulary.Verb.Count.ONE;
import static dev.blast.rules.vocabulary.Verb.Count.OPTIONAL;
import static dev.blast.rules.vocabulary.Verb.Count.SEVERAL;

import dev.blast.rules.vocabulary.Answer.Resource;
import dev.blast.rules.vocabulary.Verb.Parameter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The table of verbs: everything that a rule may say. The reference in docs/policies.md is made
 * from it.
 */
public final class Verbs {
    private static final Set<Question> SESSION = EnumSet.of(Question.SESSION);
    private static final Set<Question> CANDIDATE = EnumSet.of(Question.CANDIDATE);

    /** The objectives that {@code rank} knows. */
    public static final List<String> OBJECTIVES =
            List.of(
                    "fewest-advisories",
                    "fewest-builds",
                    "fewest-changes",
                    "fewest-holds-lifted",
                    "fewest-packages",
                    "lowest",
                    "lowest-direct",
                    "newest",
                    "preferred",
                    "settled",
                    "smallest-download");

    public static final List<Verb> ALL =
            List.of(
                    verb(
                            "allow",
                            Effect.OPENS,
                            Aspect.VERDICT,
                            List.of(),
                            EnumSet.of(
                                    Question.CONNECTION,
                                    Question.CANDIDATE,
                                    Question.ARTIFACT,
                                    Question.STARTUP_HOOK),
                            "yes, unless a rule denies",
                            _ -> new Answer.Allow("")),
                    verb(
                            "deny",
                            Effect.NARROWS,
                            Aspect.VERDICT,
                            List.of(new Parameter("why", Type.TEXT, OPTIONAL, Accepts.ANYTHING)),
                            EnumSet.of(
                                    Question.CONNECTION,
                                    Question.CANDIDATE,
                                    Question.COMPANIONS,
                                    Question.ARTIFACT,
                                    Question.STARTUP_HOOK),
                            "no, whatever other rules say",
                            arguments -> new Answer.Deny(why(arguments))),
                    verb(
                            "hold",
                            Effect.NARROWS,
                            Aspect.VERDICT,
                            List.of(new Parameter("why", Type.TEXT, OPTIONAL, Accepts.ANYTHING)),
                            CANDIDATE,
                            "not now; a person may lift it by name",
                            arguments -> new Answer.Hold(why(arguments))),
                    verb(
                            "accept",
                            Effect.OPENS,
                            Aspect.VERDICT,
                            List.of(new Parameter("why", Type.TEXT, OPTIONAL, Accepts.ANYTHING)),
                            EnumSet.of(Question.MISSING_LAYER),
                            "go on without it",
                            arguments -> new Answer.Allow(why(arguments))),
                    verb(
                            "warn",
                            Effect.NARROWS,
                            Aspect.VERDICT,
                            List.of(new Parameter("why", Type.TEXT, OPTIONAL, Accepts.ANYTHING)),
                            EnumSet.of(Question.CONNECTION, Question.CANDIDATE, Question.ARTIFACT),
                            "say so, and change nothing",
                            arguments -> new Answer.Warn(why(arguments))),
                    verb(
                            "prefer",
                            Effect.STEERS,
                            Aspect.POINTS,
                            List.of(new Parameter("points", Type.NUMBER, ONE, Accepts.POINTS)),
                            CANDIDATE,
                            "points for it",
                            arguments -> new Answer.Points(number(arguments.getFirst()))),
                    verb(
                            "avoid",
                            Effect.STEERS,
                            Aspect.POINTS,
                            List.of(new Parameter("points", Type.NUMBER, ONE, Accepts.POINTS)),
                            CANDIDATE,
                            "points against it",
                            arguments -> new Answer.Points(-number(arguments.getFirst()))),
                    verb(
                            "limitBandwidth",
                            Effect.NARROWS,
                            Aspect.BANDWIDTH,
                            List.of(new Parameter("rate", Type.RATE, ONE, Accepts.AMOUNT)),
                            EnumSet.of(Question.CONNECTION),
                            "no faster than that",
                            arguments -> new Answer.Bandwidth(whole(arguments.getFirst()))),
                    paths("readable", Effect.OPENS, Access.READABLE, "there, and may be read"),
                    paths(
                            "writable",
                            Effect.OPENS,
                            Access.WRITABLE,
                            "there, and may be read and written"),
                    paths(
                            "hidden",
                            Effect.NARROWS,
                            Access.HIDDEN,
                            "not there, nor anything below it"),
                    verb(
                            "temporary",
                            Effect.OPENS,
                            Aspect.PATHS,
                            List.of(
                                    new Parameter("path", Type.PATH, ONE, Accepts.ANYTHING),
                                    new Parameter("size", Type.SIZE, ONE, Accepts.AMOUNT)),
                            SESSION,
                            "an empty folder of that size, gone afterwards",
                            arguments ->
                                    new Answer.Grant(
                                            Access.TEMPORARY,
                                            (Path) arguments.getFirst(),
                                            whole(arguments.get(1)))),
                    limit(
                            "limitMemory",
                            "size",
                            Type.SIZE,
                            Resource.MEMORY,
                            "no more memory than that, all processes together"),
                    limit(
                            "limitCpu",
                            "cpus",
                            Type.SHARE,
                            Resource.CPU,
                            "no more of the processors than that"),
                    limit(
                            "limitProcesses",
                            "n",
                            Type.NUMBER,
                            Resource.PROCESSES,
                            "no more processes and threads at once"),
                    limit(
                            "limitOpenFiles",
                            "n",
                            Type.NUMBER,
                            Resource.OPEN_FILES,
                            "no more open files in one process"),
                    limit(
                            "limitFileSize",
                            "size",
                            Type.SIZE,
                            Resource.FILE_SIZE,
                            "no larger file than that"),
                    limit(
                            "limitDisk",
                            "size",
                            Type.SIZE,
                            Resource.DISK,
                            "no more on disk than that"),
                    limit(
                            "limitIo",
                            "rate",
                            Type.RATE,
                            Resource.IO,
                            "no faster reading and writing than that"),
                    limit(
                            "limitTime",
                            "duration",
                            Type.DURATION,
                            Resource.TIME,
                            "no longer than that from start to end"),
                    words(
                            "allowSyscalls",
                            Effect.OPENS,
                            Aspect.SYSCALLS,
                            "name",
                            Accepts.SYSCALL,
                            "system calls or @groups that are open",
                            name -> new Answer.Syscall(name, true)),
                    words(
                            "denySyscalls",
                            Effect.NARROWS,
                            Aspect.SYSCALLS,
                            "name",
                            Accepts.SYSCALL,
                            "system calls or @groups that stay closed",
                            name -> new Answer.Syscall(name, false)),
                    words(
                            "passVariable",
                            Effect.OPENS,
                            Aspect.VARIABLES,
                            "name",
                            Accepts.VARIABLES,
                            "environment variables to pass on; * for any characters",
                            Answer.Pass::new),
                    verb(
                            "setVariable",
                            Effect.OPENS,
                            Aspect.VARIABLES,
                            List.of(
                                    new Parameter("name", Type.TEXT, ONE, Accepts.VARIABLE),
                                    new Parameter("value", Type.TEXT, ONE, Accepts.VARIABLE_VALUE)),
                            SESSION,
                            "sets an environment variable",
                            arguments ->
                                    new Answer.Set(
                                            (String) arguments.getFirst(),
                                            (String) arguments.get(1))),
                    verb(
                            "use",
                            Effect.STEERS,
                            Aspect.STRATEGY,
                            List.of(new Parameter("strategy", Type.TEXT, ONE, Accepts.NAME)),
                            EnumSet.of(Question.SYNC, Question.REQUIREMENT),
                            "the strategy to follow",
                            arguments -> new Answer.Use((String) arguments.getFirst())),
                    verb(
                            "rank",
                            Effect.STEERS,
                            Aspect.STRATEGY,
                            List.of(
                                    new Parameter("place", Type.NUMBER, ONE, Accepts.PLACE),
                                    new Parameter(
                                            "objective",
                                            Type.CHOICE,
                                            ONE,
                                            OBJECTIVES,
                                            Accepts.ANYTHING),
                                    new Parameter("weight", Type.NUMBER, OPTIONAL, Accepts.WEIGHT)),
                            EnumSet.of(Question.STRATEGY),
                            "an objective of the strategy, 1 comes first",
                            arguments ->
                                    new Answer.Rank(
                                            number(arguments.getFirst()),
                                            (String) arguments.get(1),
                                            arguments.size() > 2
                                                    ? ((BigDecimal) arguments.get(2)).doubleValue()
                                                    : 1)));

    private Verbs() {}

    public static Optional<Verb> named(String name) {
        return ALL.stream().filter(verb -> verb.name().equals(name)).findFirst();
    }

    public static List<Verb> of(Question question) {
        return ALL.stream().filter(verb -> verb.questions().contains(question)).toList();
    }

    private static Verb verb(
            String name,
            Effect effect,
            Aspect aspect,
            List<Parameter> parameters,
            Set<Question> questions,
            String meaning,
            Function<List<Object>, Answer> answer) {
        return new Verb(
                name,
                effect,
                aspect,
                parameters,
                questions,
                arguments -> List.of(answer.apply(arguments)),
                meaning);
    }

    private static Verb paths(String name, Effect effect, Access access, String meaning) {
        return new Verb(
                name,
                effect,
                Aspect.PATHS,
                List.of(new Parameter("path", Type.PATH, SEVERAL, Accepts.ANYTHING)),
                SESSION,
                arguments ->
                        arguments.stream()
                                .<Answer>map(path -> new Answer.Grant(access, (Path) path, null))
                                .toList(),
                meaning);
    }

    private static Verb words(
            String name,
            Effect effect,
            Aspect aspect,
            String word,
            Accepts accepts,
            String meaning,
            Function<String, Answer> answer) {
        return new Verb(
                name,
                effect,
                aspect,
                List.of(new Parameter(word, Type.TEXT, SEVERAL, accepts)),
                SESSION,
                arguments -> arguments.stream().map(it -> answer.apply((String) it)).toList(),
                meaning);
    }

    private static Verb limit(
            String name, String parameter, Type type, Resource resource, String meaning) {
        return verb(
                name,
                Effect.NARROWS,
                Aspect.LIMITS,
                List.of(
                        new Parameter(
                                parameter,
                                type,
                                ONE,
                                type == Type.NUMBER ? Accepts.COUNT : Accepts.AMOUNT)),
                SESSION,
                meaning,
                arguments -> new Answer.Restrict(resource, whole(arguments.getFirst())));
    }

    private static String why(List<Object> arguments) {
        return arguments.isEmpty() ? "" : (String) arguments.getFirst();
    }

    /** A limit is never rounded up; {@link Accepts} has bounded it. */
    private static long whole(Object amount) {
        return ((BigDecimal) amount).setScale(0, RoundingMode.DOWN).longValueExact();
    }

    private static int number(Object amount) {
        return ((BigDecimal) amount).intValueExact();
    }
}
