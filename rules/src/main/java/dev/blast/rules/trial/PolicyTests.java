package dev.blast.rules.trial;

import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Origin;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.trial.TestReport.Failure;
import dev.blast.rules.verdict.PolicyException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    /** Characters. */
    private static final int MAX_FILE = 512 * 1024;

    /** Of brackets; those in texts count too. */
    private static final int MAX_DEPTH = 64;

    private final Policy policy;
    private final Coverage coverage;
    private final CaseRun run;
    private final List<Failure> failures = new ArrayList<>();
    private int cases;

    /** Whether it is asked for no more than which rules fire. */
    private final boolean firing;

    private PolicyTests(Policy policy, Set<String> tested, boolean firing) {
        this.policy = policy;
        this.firing = firing;
        coverage = new Coverage(policy, tested);
        run = new CaseRun(policy, coverage);
    }

    /**
     * Runs all cases of all files.
     *
     * @param policies the files that the cases are about, together with whatever else is in force
     * @return with the diagnostics as failures, where the policies do not load
     */
    public static TestReport run(List<PolicyFile> policies, List<TestFile> files) {
        return run(policies, files, false);
    }

    /** The rules that no case fires, by origin; whether cases come out is not looked at. */
    static List<TestReport.Gap> unfired(List<PolicyFile> policies, List<TestFile> files) {
        return run(policies, files, true).gaps();
    }

    private static TestReport run(List<PolicyFile> policies, List<TestFile> files, boolean firing) {
        List<PolicyFile> trusted =
                policies.stream()
                        .map(it -> new PolicyFile(it.layer(), it.displayPath(), it.text(), true))
                        .toList();
        return switch (Policy.load(trusted)) {
            case Loading.Loaded(Policy policy) -> {
                Set<String> tested = new HashSet<>();
                files.forEach(file -> tested.add(file.policy()));
                var tests = new PolicyTests(policy, tested, firing);
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
        String heavy = heavy(file.text());
        if (!heavy.isEmpty()) {
            fail(file, 1, heavy);
            return;
        }
        TomlParseResult toml = Toml.parse(file.text());
        for (TomlParseError error : toml.errors()) {
            fail(file, error.position().line(), String.valueOf(error.getMessage()));
        }
        if (toml.hasErrors()) {
            return;
        }
        List<TomlTable> tables;
        try {
            tables = cases(toml);
        } catch (IllegalArgumentException e) {
            fail(file, 1, String.valueOf(e.getMessage()));
            return;
        }
        TomlArray all = toml.getArrayOrEmpty("case");
        for (int i = 0; i < tables.size(); i++) {
            TomlPosition position = all.inputPositionOf(i);
            run(file, tables.get(i), position == null ? 1 : position.line());
        }
    }

    private static List<TomlTable> cases(TomlTable toml) {
        for (String key : toml.keySet()) {
            if (!key.equals("case")) {
                throw new IllegalArgumentException(
                        "unknown key '%s'; a case begins with [[case]]".formatted(key));
            }
        }
        List<TomlTable> tables = new CaseTable(toml).inners("case");
        if (tables.isEmpty()) {
            throw new IllegalArgumentException("no case in this file; one begins with [[case]]");
        }
        return tables;
    }

    private void run(TestFile file, TomlTable table, int line) {
        cases++;
        Object name = table.get(List.of("name"));
        try {
            check(file, TestCase.of(table, line));
        } catch (IllegalArgumentException e) {
            failures.add(
                    new Failure(
                            file.displayPath(),
                            line,
                            name instanceof String text ? text : "",
                            String.valueOf(e.getMessage()),
                            List.of(),
                            ""));
        }
    }

    private void fail(TestFile file, int line, String message) {
        failures.add(new Failure(file.displayPath(), line, "", message, List.of(), ""));
    }

    /** What the parser of TOML, which recurses, is not given; empty where it is. */
    private static String heavy(String text) {
        if (text.length() > MAX_FILE) {
            return "longer than %,d characters".formatted(MAX_FILE);
        }
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
            if (depth > MAX_DEPTH) {
                return "brackets nested more than %d deep".formatted(MAX_DEPTH);
            }
        }
        return "";
    }

    private void check(TestFile file, TestCase it) {
        if (firing) {
            run.fire(it);
            return;
        }
        CaseRun.Result result;
        try {
            result = run.ask(it);
        } catch (PolicyException e) {
            result =
                    new CaseRun.Result(
                            "error", List.of(), String.valueOf(e.getMessage()), List.of());
        }
        boolean expected = result.value().equals(result.expected(it.expect()));
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

    private static String rules(CaseRun.Result result) {
        return result.deciding().isEmpty()
                ? "the default"
                : String.join(
                        ", ",
                        result.deciding().stream()
                                .map(reason -> '"' + reason.rule() + '"')
                                .toList());
    }
}
