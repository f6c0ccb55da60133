package dev.blast.rules;

import dev.blast.rules.TestReport.Failure;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Requirement;
import dev.blast.rules.fact.Strategy;
import dev.blast.rules.fact.Sync;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * Runs the cases that stand beside policy files. Everything is trusted here: a test says what a
 * rule means.
 */
public final class PolicyTests {
    private final Policy policy;
    private final Coverage coverage;
    private final List<Failure> failures = new ArrayList<>();
    private int cases;

    private PolicyTests(Policy policy, Set<String> tested) {
        this.policy = policy;
        coverage = new Coverage(policy, tested);
    }

    /**
     * Runs all cases of all files.
     *
     * @param policies the files that the cases are about, together with whatever else is in force
     * @return with the diagnostics as failures, where the policies do not load
     */
    public static TestReport run(List<PolicyFile> policies, List<TestFile> files) {
        List<PolicyFile> trusted =
                policies.stream()
                        .map(it -> new PolicyFile(it.layer(), it.displayPath(), it.text(), true))
                        .toList();
        return switch (Policy.load(trusted)) {
            case Loading.Loaded(Policy policy, List<Diagnostic> _) -> {
                Set<String> tested = new HashSet<>();
                files.forEach(file -> tested.add(file.policy()));
                var tests = new PolicyTests(policy, tested);
                files.forEach(tests::run);
                yield new TestReport(
                        tests.coverage.rules(), tests.cases, tests.failures, tests.coverage.gaps());
            }
            case Loading.Refused(List<Diagnostic> errors) ->
                    new TestReport(
                            0,
                            0,
                            errors.stream()
                                    .map(it ->
                                            new Failure(
                                                    it.file(),
                                                    it.line(),
                                                    "",
                                                    it.message(),
                                                    List.of(),
                                                    it.render()))
                                    .toList(),
                            List.of());
        };
    }

    private void run(TestFile file) {
        TomlParseResult toml = Toml.parse(file.text());
        for (TomlParseError error : toml.errors()) {
            failures.add(
                    new Failure(
                            file.displayPath(),
                            error.position().line(),
                            "",
                            String.valueOf(error.getMessage()),
                            List.of(),
                            ""));
        }
        TomlArray all = toml.getArrayOrEmpty("case");
        for (int i = 0; i < all.size() && !toml.hasErrors(); i++) {
            TomlTable table = all.getTable(i);
            TomlPosition position = all.inputPositionOf(i);
            int line = position == null ? 1 : position.line();
            cases++;
            try {
                TestCase it = TestCase.of(table, line);
                check(file, it);
            } catch (IllegalArgumentException e) {
                failures.add(
                        new Failure(
                                file.displayPath(),
                                line,
                                String.valueOf(table.getString("name")),
                                String.valueOf(e.getMessage()),
                                List.of(),
                                ""));
            }
        }
    }

    /** What came out: the value, the rules behind it, and the explanation where there is one. */
    private record Result(List<String> value, List<Reason> deciding, String explanation) {
        Result(String value, List<Reason> deciding, String explanation) {
            this(List.of(value), deciding, explanation);
        }
    }

    private void check(TestFile file, TestCase it) {
        Result result;
        try {
            result = ask(it);
        } catch (PolicyException e) {
            result = new Result("error", List.of(), String.valueOf(e.getMessage()));
        }
        boolean expected = result.value().equals(it.expect());
        boolean reasoned =
                it.because() == null
                        || result.deciding().stream()
                                .anyMatch(reason -> reason.rule().equals(it.because()));
        if (!expected || !reasoned) {
            String message =
                    expected
                            ? "expected because of \"%s\", decided by %s"
                                    .formatted(it.because(), rules(result))
                            : "expected %s, came out %s"
                                    .formatted(shown(it.expect()), shown(result.value()));
            Set<Origin> origins = new HashSet<>();
            result.deciding().forEach(reason -> origins.add(reason.origin()));
            policy.rules().stream()
                    .filter(rule -> rule.name().equals(it.because()))
                    .forEach(rule -> origins.add(rule.origin()));
            failures.add(
                    new Failure(
                            file.displayPath(),
                            it.line(),
                            it.name(),
                            message,
                            origins.stream().sorted().toList(),
                            result.explanation()));
        }
    }

    private static String shown(List<String> values) {
        return values.size() == 1 ? values.getFirst() : values.toString();
    }

    private static String rules(Result result) {
        return result.deciding().isEmpty()
                ? "the default"
                : String.join(
                        ", ",
                        result.deciding().stream()
                                .map(reason -> '"' + reason.rule() + '"')
                                .toList());
    }

    private Result ask(TestCase it) throws PolicyException {
        Optional<String> thing =
                it.ask().keySet().stream()
                        .filter(key ->
                                Facts.named(key).isEmpty() || it.ask().get(key) instanceof String)
                        .findFirst();
        return thing.isPresent()
                ? provision(it, thing.get(), (String) it.ask().get(thing.get()))
                : facts(it);
    }

    private Result provision(TestCase it, String thing, @Nullable String value)
            throws PolicyException {
        if (value == null) {
            throw new IllegalArgumentException("asks for no " + thing);
        }
        if (thing.equals("Strategy")) {
            coverage.saw(Question.STRATEGY, it.context(), List.of(new Strategy(value)));
            StrategyDefinition definition = policy.define(value, it.context());
            return new Result(
                    definition.objectives().stream().map(RankedObjective::objective).toList(),
                    definition.objectives().stream()
                            .map(RankedObjective::reason)
                            .distinct()
                            .toList(),
                    "");
        }
        coverage.saw(Question.SESSION, it.context(), List.of());
        SandboxPolicy sandbox = policy.sandbox(it.context());
        return switch (thing) {
            case "read" -> explained(policy.explainRead(it.path(value), it.context()));
            case "write" -> explained(policy.explainWrite(it.path(value), it.context()));
            case "syscall" -> explained(policy.explainSyscall(value, Set.of(), it.context()));
            case "access" -> access(sandbox, it.path(value));
            case "variable" -> variable(sandbox, value);
            case "limit" -> limit(sandbox.limits(), value);
            default ->
                    throw new IllegalArgumentException(
                            "cannot ask for '"
                                    + thing
                                    + "'; ask for a fact, or read, write, access, syscall, variable, limit, Strategy");
        };
    }

    private static Result access(SandboxPolicy sandbox, Path path) {
        Optional<PathGrant> grant = sandbox.deciding(path);
        return new Result(
                grant.map(it -> it.access().name().toLowerCase(Locale.ROOT)).orElse("absent"),
                grant.map(PathGrant::reason).stream().toList(),
                "");
    }

    private static Result variable(SandboxPolicy sandbox, String name) {
        String value = sandbox.setVariables().get(name);
        return new Result(
                value != null ? "set " + value : sandbox.passes(name) ? "pass" : "absent",
                List.of(),
                "");
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
        return limit == null
                ? new Result("none", List.of(), "")
                : new Result(
                        Type.show(BigDecimal.valueOf(limit.amount())), List.of(limit.reason()), "");
    }

    private Result facts(TestCase it) throws PolicyException {
        Set<FactType> types = new HashSet<>();
        it.ask().keySet().forEach(name -> Facts.named(name).ifPresent(types::add));
        Question question =
                Question.mentioning(types)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "asks different questions at once: " + it.ask().keySet()));
        List<Object> subjects = new ArrayList<>();
        for (FactType type : question.facts()) {
            Object subject = it.ask().get(type.name());
            if (subject != null) {
                subjects.add(subject);
            }
        }
        coverage.saw(question, it.context(), subjects);
        return switch (question) {
            case CONNECTION ->
                    explained(policy.explain((Connection) subjects.getFirst(), it.context()));
            case CANDIDATE ->
                    explained(policy.explain((Candidate) subjects.getFirst(), it.context()));
            case COMPANIONS, ARTIFACT, STARTUP_HOOK, MISSING_LAYER -> {
                Judgement judgement = policy.judge(question, it.context(), subjects.toArray());
                yield new Result(verdict(judgement), judgement.deciding(), "");
            }
            case SYNC ->
                    chosen(Optional.of(policy.strategy((Sync) subjects.getFirst(), it.context())));
            case REQUIREMENT -> {
                if (subjects.size() < 2) {
                    throw new IllegalArgumentException(
                            "a Requirement is asked about together with a Sync");
                }
                yield chosen(
                        policy.strategy(
                                (Requirement) subjects.getFirst(),
                                (Sync) subjects.get(1),
                                it.context()));
            }
            case SESSION, STRATEGY ->
                    throw new IllegalArgumentException(
                            "ask for read, write, access, syscall, variable, limit or Strategy");
        };
    }

    private static Result chosen(Optional<StrategyChoice> choice) {
        return switch (choice.orElse(null)) {
            case StrategyChoice.Chosen(String name, Optional<Reason> reason) ->
                    new Result(name, reason.stream().toList(), "");
            case StrategyChoice.Conflict(List<Reason> rules) -> new Result("conflict", rules, "");
            case null -> new Result("none", List.of(), "");
        };
    }

    private static Result explained(Explanation explanation) {
        return new Result(
                verdict(explanation.judgement()),
                explanation.judgement().deciding(),
                ExplanationText.render(explanation));
    }

    private static String verdict(Judgement judgement) {
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
