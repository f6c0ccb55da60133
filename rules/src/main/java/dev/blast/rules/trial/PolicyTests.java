package dev.blast.rules.trial;

import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Origin;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.trial.TestReport.Failure;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs the cases that stand beside policy files. Everything is trusted here: a test says what a
 * rule means.
 */
public final class PolicyTests {
    private final Policy policy;
    private final Coverage coverage;
    private final CaseRun run;
    private final List<Failure> failures = new ArrayList<>();
    private int cases;

    private PolicyTests(Policy policy, Set<String> tested) {
        this.policy = policy;
        coverage = new Coverage(policy, tested);
        run = new CaseRun(policy);
    }

    /**
     * Runs all cases of all files.
     *
     * @param policies the files that the cases are about, together with whatever else is in force
     * @return with the diagnostics as failures, where the policies do not load
     */
    public static TestReport run(List<PolicyFile> policies, List<TestFile> files) {
        return switch (load(policies)) {
            case Loading.Loaded(Policy policy) -> {
                var tests = new PolicyTests(policy, tested(files));
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
                                                    it.column(),
                                                    "",
                                                    it.message(),
                                                    List.of(),
                                                    it.render()))
                                    .toList(),
                            List.of());
        };
    }

    /** What is wrong with how the cases of a file are written; none of them is asked. */
    public static List<Failure> faults(TestFile file) {
        return CaseFile.read(file).failures();
    }

    /** The rules that no case fires, by origin; whether cases come out is not looked at. */
    static List<TestReport.Gap> unfired(List<PolicyFile> policies, List<TestFile> files) {
        if (!(load(policies) instanceof Loading.Loaded(Policy policy))) {
            return List.of();
        }
        var coverage = new Coverage(policy, tested(files));
        for (TestFile file : files) {
            for (TestCase it : CaseFile.read(file).cases()) {
                try {
                    coverage.fired(
                            CaseRun.question(it.draft()), it.context(), CaseRun.subjects(it));
                } catch (IllegalArgumentException _) {
                    // A case that asks no question fires nothing; running it says why.
                }
            }
        }
        return coverage.gaps();
    }

    static Loading load(List<PolicyFile> policies) {
        return Policy.load(policies.stream().map(PolicyFile::asTrusted).toList());
    }

    /** The display paths of the policy files that have cases. */
    static Set<String> tested(List<TestFile> files) {
        var tested = new HashSet<String>();
        files.forEach(file -> tested.add(file.policy()));
        return tested;
    }

    private void run(TestFile file) {
        CaseFile read = CaseFile.read(file);
        cases += read.count();
        failures.addAll(read.failures());
        for (TestCase it : read.cases()) {
            try {
                check(file, it);
            } catch (CaseFlaw e) {
                failures.add(
                        new Failure(
                                file.displayPath(),
                                e.line(),
                                e.column(),
                                it.name(),
                                e.said(),
                                List.of(),
                                ""));
            }
        }
    }

    private void check(TestFile file, TestCase it) throws CaseFlaw {
        CaseResult result;
        try {
            coverage.saw(CaseRun.question(it.draft()), it.context(), CaseRun.subjects(it));
            result = run.ask(it);
        } catch (IllegalArgumentException e) {
            throw it.table().flaw("ask", String.valueOf(e.getMessage()));
        }
        difference(it, result)
                .ifPresent(message -> {
                    var origins = new TreeSet<Origin>();
                    result.deciding().forEach(reason -> origins.add(reason.origin()));
                    policy.rules().stream()
                            .filter(rule -> rule.name().equals(it.because()))
                            .forEach(rule -> origins.add(rule.origin()));
                    failures.add(
                            new Failure(
                                    file.displayPath(),
                                    it.table().line(),
                                    it.table().column(),
                                    it.name(),
                                    message,
                                    List.copyOf(origins),
                                    result.explanation().get()));
                });
    }

    /** How what came out differs from what a case expects; empty where it does not. */
    static Optional<String> difference(TestCase it, CaseResult result) throws CaseFlaw {
        var expected = new ArrayList<String>();
        if (result.value().equals(List.of("error"))) {
            expected.addAll(it.expect());
        } else {
            for (String word : it.expect()) {
                try {
                    expected.add(result.known().cameOut(word));
                } catch (IllegalArgumentException e) {
                    throw it.table().flaw("expect", String.valueOf(e.getMessage()));
                }
            }
        }
        if (!result.value().equals(expected)) {
            return Optional.of(
                    "expected %s, came out %s%s"
                            .formatted(
                                    shown(it.expect()),
                                    shown(result.value()),
                                    exactly(expected, result.value())));
        }
        if (it.points() != null && it.points() != result.points()) {
            return Optional.of(
                    "expected %d points, came out %d".formatted(it.points(), result.points()));
        }
        return it.because() == null || result.reasons().contains(it.because())
                ? Optional.empty()
                : Optional.of(
                        "expected because of \"%s\", decided by %s"
                                .formatted(it.because(), rules(result)));
    }

    private static String shown(List<String> values) {
        return values.size() == 1 ? values.getFirst() : values.toString();
    }

    /** Of two amounts by how much, of two lists where they part. */
    private static String exactly(List<String> expected, List<String> value) {
        String one = expected.isEmpty() ? "" : expected.getFirst();
        String other = value.isEmpty() ? "" : value.getFirst();
        if (expected.size() == 1 && value.size() == 1) {
            if (!one.matches("-?[0-9]+") || !other.matches("-?[0-9]+")) {
                return "";
            }
            BigInteger more = new BigInteger(other).subtract(new BigInteger(one));
            return ", which is %d %s".formatted(more.abs(), more.signum() < 0 ? "less" : "more");
        }
        for (int i = 0; i < Math.max(expected.size(), value.size()); i++) {
            String wanted = i < expected.size() ? expected.get(i) : "nothing";
            String came = i < value.size() ? value.get(i) : "nothing";
            if (!wanted.equals(came)) {
                return ": in place %d %s instead of %s".formatted(i + 1, came, wanted);
            }
        }
        return "";
    }

    private static String rules(CaseResult result) {
        return result.deciding().isEmpty()
                ? "the default"
                : String.join(
                        ", ",
                        result.deciding().stream()
                                .map(reason -> '"' + reason.rule() + '"')
                                .toList());
    }
}
