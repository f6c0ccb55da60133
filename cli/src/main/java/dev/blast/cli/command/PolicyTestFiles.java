package dev.blast.cli.command;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.policies.PolicySources;
import dev.blast.environment.policies.PolicyText;
import dev.blast.environment.project.Project;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.trial.PolicyTests;
import dev.blast.rules.trial.TestFile;
import dev.blast.rules.trial.TestReport;
import dev.blast.rules.trial.UntestedRules;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the {@code NAME.test.toml} beside each {@code NAME.drl}. The tests of a layer run with the
 * rules of this layer and of those outside it: what a project adds cannot break the tests that came
 * with the program. A policy that nothing tries, and tests of no policy, are failures too.
 */
final class PolicyTestFiles {
    private static final String POLICY = ".drl";
    private static final String TEST = ".test.toml";

    private final PolicySources sources;
    private final Project project;
    private final List<PolicyFile> policies;

    PolicyTestFiles(PolicySources sources, Project project, List<PolicyFile> policies) {
        this.sources = sources;
        this.project = project;
        this.policies = policies;
    }

    TestReport run() throws EnvironmentException {
        TestReport all = PolicyTests.run(policies, List.of());
        if (!all.passed()) { // a policy that does not load decides nothing that could be tried
            return all;
        }
        var failures = new ArrayList<TestReport.Failure>();
        sources.passedOver(project)
                .forEach((file, why) -> {
                    if (file.endsWith(TEST)) {
                        failures.add(failure(file, why));
                    }
                });
        int rules = 0;
        int cases = 0;
        var gaps = new ArrayList<TestReport.Gap>();
        for (Layer layer : Layer.values()) {
            List<TestFile> files = files(layer, failures);
            if (!files.isEmpty()) {
                List<PolicyFile> inForce =
                        policies.stream()
                                .filter(file -> file.layer().compareTo(layer) <= 0)
                                .toList();
                TestReport report = PolicyTests.run(inForce, files);
                rules += report.rules();
                cases += report.cases();
                failures.addAll(report.failures());
                gaps.addAll(report.gaps());
            }
        }
        return new TestReport(rules, cases, failures, gaps);
    }

    /** The rules that came not with the program, and that no case fires. */
    List<Diagnostic> untested() {
        var found = new ArrayList<Diagnostic>();
        for (Layer layer : List.of(Layer.SYSTEM, Layer.USER, Layer.PROJECT)) {
            List<PolicyFile> inForce =
                    policies.stream().filter(file -> file.layer().compareTo(layer) <= 0).toList();
            found.addAll(UntestedRules.of(layer, inForce, files(layer, new ArrayList<>())));
        }
        return found;
    }

    /** What has no tests, and tests that cannot be read, are failures of their own. */
    private List<TestFile> files(Layer layer, List<TestReport.Failure> failures) {
        var files = new ArrayList<TestFile>();
        var room = new PolicyText();
        for (PolicyFile policy : policies) {
            if (policy.layer() == layer) {
                Path test = test(PolicyPlaces.of(sources, project, policy));
                String shown = String.valueOf(test(Path.of(policy.displayPath())));
                try {
                    if (Files.exists(test, LinkOption.NOFOLLOW_LINKS)) {
                        files.add(new TestFile(shown, room.read(test)));
                    } else {
                        failures.add(
                                failure(policy.displayPath(), "no case tries it; write " + shown));
                    }
                } catch (EnvironmentException e) {
                    failures.add(failure(shown, String.valueOf(e.getMessage())));
                }
            }
        }
        return files;
    }

    private static TestReport.Failure failure(String file, String message) {
        return new TestReport.Failure(file, 1, "", message, List.of(), "");
    }

    private static Path test(Path policy) {
        String name = String.valueOf(policy.getFileName());
        int end = name.endsWith(POLICY) ? name.length() - POLICY.length() : name.length();
        return policy.resolveSibling(name.substring(0, end) + TEST);
    }
}
