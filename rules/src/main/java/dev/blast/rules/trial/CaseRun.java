package dev.blast.rules.trial;

import dev.blast.rules.Policy;
import dev.blast.rules.explain.Explanation;
import dev.blast.rules.explain.ExplanationText;
import dev.blast.rules.explain.Explanations;
import dev.blast.rules.fact.Strategy;
import dev.blast.rules.question.Questions;
import dev.blast.rules.question.RelaxationQuestion;
import dev.blast.rules.question.StrategyQuestion;
import dev.blast.rules.question.VerdictQuestion;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Limit;
import dev.blast.rules.verdict.Limits;
import dev.blast.rules.verdict.PathGrant;
import dev.blast.rules.verdict.PolicyException;
import dev.blast.rules.verdict.Price;
import dev.blast.rules.verdict.RankedObjective;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.verdict.StrategyChoice;
import dev.blast.rules.verdict.StrategyDefinition;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Question;
import dev.blast.rules.vocabulary.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks what one case asks. */
final class CaseRun {
    private static final List<String> VERDICTS = List.of("allow", "deny", "hold", "warn", "error");
    private static final List<String> ACCESSES =
            List.of("hidden", "temporary", "writable", "readable", "absent", "error");
    private static final String THINGS =
            "a fact, or read, write, access, syscall, variable, limit, Strategy";

    private final Policy policy;
    private final Coverage coverage;

    CaseRun(Policy policy, Coverage coverage) {
        this.policy = policy;
        this.coverage = coverage;
    }

    /**
     * What came out: the value, the rules behind it, and the explanation where there is one.
     *
     * @param known the values that might have come out; empty where that is anything
     * @param unit what an expected amount is written in
     */
    record Result(
            List<String> value,
            List<Reason> deciding,
            String explanation,
            List<String> known,
            Type unit) {
        Result(String value, List<Reason> deciding, String explanation, List<String> known) {
            this(List.of(value), deciding, explanation, known, Type.TEXT);
        }

        /**
         * The same as {@link #value} where a case expects it.
         *
         * @throws IllegalArgumentException where it could never come out
         */
        List<String> expected(List<String> words) {
            for (String word : words) {
                if (!known.isEmpty() && !known.contains(word)) {
                    throw new IllegalArgumentException(
                            "'%s' never comes out; it is one of %s"
                                    .formatted(word, String.join(", ", known)));
                }
            }
            return words.stream().map(this::amount).toList();
        }

        private String amount(String word) {
            boolean written = unit.isAmount() && !word.equals("none") && !word.matches("[0-9]+");
            return written ? Type.show(unit.parse(word)) : word;
        }
    }

    /**
     * @throws IllegalArgumentException where it is no question
     */
    Result ask(TestCase it) throws PolicyException {
        Optional<String> thing = thing(it);
        return thing.isPresent()
                ? provision(it, thing.get(), (String) it.ask().get(thing.get()))
                : facts(it);
    }

    /**
     * Finds out which rules fire, and nothing else.
     *
     * @throws IllegalArgumentException where it is no question
     */
    void fire(TestCase it) {
        Optional<String> thing = thing(it);
        if (thing.isEmpty()) {
            Question question = question(it);
            coverage.fired(question, it.context(), subjects(it, question));
        } else if (thing.get().equals(Facts.STRATEGY.name())) {
            String name = String.valueOf(it.ask().get(thing.get()));
            coverage.fired(Questions.STRATEGY, it.context(), List.of(new Strategy(name)));
        } else {
            coverage.fired(Questions.SESSION, it.context(), List.of());
        }
    }

    /** What is asked for, where that is no fact. */
    private static Optional<String> thing(TestCase it) {
        Optional<String> thing =
                it.ask().keySet().stream()
                        .filter(key ->
                                Facts.named(key).isEmpty() || it.ask().get(key) instanceof String)
                        .findFirst();
        if (thing.isPresent() && it.ask().size() > 1) {
            throw new IllegalArgumentException("asks several things at once: " + it.ask().keySet());
        }
        return thing;
    }

    private Result provision(TestCase it, String thing, @Nullable String value)
            throws PolicyException {
        if (value == null) {
            throw new IllegalArgumentException("asks for no " + thing);
        }
        if (thing.equals("Strategy")) {
            coverage.saw(Questions.STRATEGY, it.context(), List.of(new Strategy(value)));
            StrategyDefinition definition = policy.define(value, it.context());
            return new Result(
                    definition.objectives().stream()
                            .map(ranked -> ranked.objective().word())
                            .toList(),
                    definition.objectives().stream()
                            .map(RankedObjective::reason)
                            .distinct()
                            .toList(),
                    "",
                    List.of(),
                    Type.TEXT);
        }
        coverage.saw(Questions.SESSION, it.context(), List.of());
        SandboxPolicy sandbox = policy.sandbox(it.context());
        return switch (thing) {
            case "read" -> explained(why(it).ofReading(it.path(value)));
            case "write" -> explained(why(it).ofWriting(it.path(value)));
            case "syscall" -> explained(why(it).ofSyscall(value));
            case "access" -> access(sandbox, it.path(value));
            case "variable" -> variable(sandbox, value);
            case "limit" -> limit(sandbox.limits(), value);
            default ->
                    throw new IllegalArgumentException(
                            "cannot ask for '" + thing + "'; ask for " + THINGS);
        };
    }

    private Explanations why(TestCase it) {
        return new Explanations(policy, it.context());
    }

    private static Result access(SandboxPolicy sandbox, Path path) {
        Optional<PathGrant> grant = sandbox.deciding(path);
        return new Result(
                grant.map(it -> it.access().name().toLowerCase(Locale.ROOT)).orElse("absent"),
                grant.map(PathGrant::reason).stream().toList(),
                "",
                ACCESSES);
    }

    private static Result variable(SandboxPolicy sandbox, String name) {
        String value = sandbox.setVariables().get(name);
        return new Result(
                value != null ? "set " + value : sandbox.passes(name) ? "pass" : "absent",
                List.of(),
                "",
                List.of());
    }

    private static Result limit(Limits limits, String name) {
        Limit limit =
                switch (name) {
                    case "memory" -> limits.memoryBytes();
                    case "processes" -> limits.processes();
                    case "open files" -> limits.openFiles();
                    case "file size" -> limits.fileSizeBytes();
                    case "disk" -> limits.diskBytes();
                    case "cpu" -> limits.cpuMillis();
                    case "time" -> limits.timeSeconds();
                    case "io" -> limits.ioBytesPerSecond();
                    default ->
                            throw new IllegalArgumentException(
                                    "no limit '"
                                            + name
                                            + "'; limits: memory, processes, open files, file size, disk, cpu, time, io");
                };
        Type unit =
                switch (name) {
                    case "memory", "file size", "disk" -> Type.SIZE;
                    case "cpu" -> Type.SHARE;
                    case "time" -> Type.DURATION;
                    case "io" -> Type.RATE;
                    default -> Type.TEXT;
                };
        String value = limit == null ? "none" : Long.toString(limit.amount());
        List<Reason> reasons = limit == null ? List.of() : List.of(limit.reason());
        return new Result(List.of(value), reasons, "", List.of(), unit);
    }

    private static Question question(TestCase it) {
        Set<FactType> types = new HashSet<>();
        it.ask().keySet().forEach(name -> Facts.named(name).ifPresent(types::add));
        return Question.mentioning(types, Questions.ALL)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "asks different questions at once: " + it.ask().keySet()));
    }

    private static List<Object> subjects(TestCase it, Question question) {
        List<Object> subjects = new ArrayList<>();
        for (FactType type : question.facts()) {
            Object subject = it.ask().get(type.name());
            if (subject != null) {
                subjects.add(subject);
            }
        }
        return subjects;
    }

    private Result facts(TestCase it) throws PolicyException {
        Question question = question(it);
        List<Object> subjects = subjects(it, question);
        coverage.saw(question, it.context(), subjects);
        return switch (question) {
            case VerdictQuestion<?> about ->
                    explained(why(it).of(all(about.subject(subjects), question)));
            case StrategyQuestion about -> {
                all(
                        subjects.size() < about.single().size() - 1
                                ? Optional.empty()
                                : Optional.of(subjects),
                        question);
                yield chosen(about.weigh(policy.answers(about, it.context(), subjects)));
            }
            case RelaxationQuestion about ->
                    priced(about.weigh(policy.answers(about, it.context(), subjects)));
            default ->
                    throw new IllegalArgumentException(
                            "ask for read, write, access, syscall, variable, limit or Strategy");
        };
    }

    private static <T> T all(Optional<T> subjects, Question question) {
        return subjects.orElseThrow(() ->
                new IllegalArgumentException(
                        "'%s' is asked about %s together"
                                .formatted(
                                        question.words(),
                                        Stream.concat(
                                                        question.subjects().stream(),
                                                        question.beside().stream())
                                                .map(FactType::name)
                                                .collect(Collectors.joining(" and ")))));
    }

    private static Result chosen(Optional<StrategyChoice> choice) {
        return switch (choice.orElse(null)) {
            case StrategyChoice.Chosen(String name, Optional<Reason> reason, _) ->
                    new Result(name, reason.stream().toList(), "", List.of());
            case StrategyChoice.Conflict(var rules) ->
                    new Result(
                            "conflict",
                            rules.stream().map(StrategyChoice.Named::reason).toList(),
                            "",
                            List.of());
            case null -> new Result("none", List.of(), "", List.of());
        };
    }

    private static Result priced(Price price) {
        return switch (price) {
            case Price.Named(int points, List<Price.Part> parts) ->
                    new Result(
                            Integer.toString(points),
                            parts.stream().map(Price.Part::reason).toList(),
                            "",
                            List.of());
            case Price.Forbidden(List<Reason> by, String _) ->
                    new Result("deny", by, "", List.of());
            case Price.Unsaid _ -> new Result("none", List.of(), "", List.of());
        };
    }

    private static Result explained(Explanation explanation) {
        Judgement judgement = explanation.judgement();
        return new Result(
                verdict(judgement),
                judgement.deciding(),
                ExplanationText.render(explanation),
                VERDICTS);
    }

    /** A rule that is broken off denies, which is not what a case means by it. */
    private static String verdict(Judgement judgement) {
        if (judgement.failure() != null) {
            return "error";
        }
        if (judgement.allowed() && !judgement.warnings().isEmpty()) {
            return "warn";
        }
        return switch (judgement.outcome()) {
            case ALLOWED -> "allow";
            case HELD -> "hold";
            case DENIED -> "deny";
        };
    }
}
