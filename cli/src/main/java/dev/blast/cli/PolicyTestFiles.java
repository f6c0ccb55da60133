package dev.blast.cli;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.PolicySources;
import dev.blast.environment.Project;
import dev.blast.rules.Layer;
import dev.blast.rules.PolicyFile;
import dev.blast.rules.PolicyTests;
import dev.blast.rules.TestFile;
import dev.blast.rules.TestReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs the {@code NAME.test.toml} beside each {@code NAME.drl}. The tests of a layer run with the
 * rules of this layer and of those outside it: what a project adds cannot break the tests that came
 * with the program.
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
        int rules = 0;
        int cases = 0;
        var failures = new ArrayList<TestReport.Failure>();
        var gaps = new ArrayList<TestReport.Gap>();
        for (Layer layer : Layer.values()) {
            List<TestFile> files = files(layer);
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

    private List<TestFile> files(Layer layer) throws EnvironmentException {
        var files = new ArrayList<TestFile>();
        for (PolicyFile policy : policies) {
            if (policy.layer() == layer) {
                beside(policy).ifPresent(files::add);
            }
        }
        return files;
    }

    private Optional<TestFile> beside(PolicyFile policy) throws EnvironmentException {
        Path place = place(policy);
        Path test = place.resolveSibling(String.valueOf(place.getFileName()).replace(POLICY, TEST));
        if (!Files.exists(test)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new TestFile(
                            policy.displayPath().replace(POLICY, TEST), Files.readString(test)));
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot read the policy tests " + test + ": " + e.getMessage(), e);
        }
    }

    private Path place(PolicyFile policy) {
        String name = String.valueOf(Path.of(policy.displayPath()).getFileName());
        return switch (policy.layer()) {
            case SHIPPED -> sources.shipped().resolve(name);
            case SYSTEM -> sources.system().resolve(name);
            case USER -> sources.user().resolve(name);
            case PROJECT -> project.directory().resolve(policy.displayPath());
        };
    }
}
