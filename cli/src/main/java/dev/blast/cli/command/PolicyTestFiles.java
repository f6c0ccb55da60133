package dev.blast.cli.command;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.policies.PolicySources;
import dev.blast.environment.policies.PolicyText;
import dev.blast.environment.policies.UnsavedTexts;
import dev.blast.environment.project.Project;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.trial.MutationReport;
import dev.blast.rules.trial.MutationRun;
import dev.blast.rules.trial.PolicyTests;
import dev.blast.rules.trial.TestFile;
import dev.blast.rules.trial.TestReport;
import dev.blast.rules.trial.UntestedRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs the {@code NAME.test.toml} beside each {@code NAME.drl}. The tests of a layer run with the
 * rules of this layer and of those outside it: what a project adds cannot break the tests that came
 * with the program. A policy that nothing tries, and tests of no policy, are failures too.
 */
final class PolicyTestFiles {
    private static final String TEST = ".test.toml";

    private final PolicySources sources;
    private final Project project;
    private final List<PolicyFile> policies;
    private final Set<Path> named;
    private final UnsavedTexts unsaved;

    /**
     * @param named the policies, or the tests beside them, that are to be tried; none for all
     */
    PolicyTestFiles(
            PolicySources sources, Project project, List<PolicyFile> policies, Set<Path> named) {
        this(sources, project, policies, named, UnsavedTexts.NONE);
    }

    /** The same, with texts in place of files. */
    PolicyTestFiles(
            PolicySources sources,
            Project project,
            List<PolicyFile> policies,
            Set<Path> named,
            UnsavedTexts unsaved) {
        this.sources = sources;
        this.project = project;
        this.policies = policies;
        this.named = named;
        this.unsaved = unsaved;
    }

    TestReport run() throws EnvironmentException {
        var failures = new ArrayList<TestReport.Failure>(passedOver());
        failures.addAll(unknown());
        int rules = 0;
        int cases = 0;
        var gaps = new ArrayList<TestReport.Gap>();
        for (Layer layer : Layer.values()) {
            List<TestFile> files = files(layer, failures);
            if (!files.isEmpty()) {
                TestReport report = PolicyTests.run(inForce(layer), files);
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
            found.addAll(UntestedRules.of(layer, inForce(layer), files(layer, new ArrayList<>())));
        }
        return found;
    }

    /**
     * What the tests notice of changes in the rules that they are about: where nothing is named and
     * there are others, of those that did not come with the program. The tests pass as they are.
     */
    MutationReport mutate() throws EnvironmentException {
        boolean others = policies.stream().anyMatch(file -> file.layer() != Layer.SHIPPED);
        int mutants = 0;
        int noticed = 0;
        int refused = 0;
        var unnoticed = new ArrayList<MutationReport.Unnoticed>();
        for (Layer layer : Layer.values()) {
            boolean wanted = !named.isEmpty() || !others || layer != Layer.SHIPPED;
            List<TestFile> files = wanted ? files(layer, new ArrayList<>()) : List.of();
            if (!files.isEmpty()) {
                MutationReport report = MutationRun.run(inForce(layer), files);
                mutants += report.mutants();
                noticed += report.noticed();
                refused += report.refused();
                unnoticed.addAll(report.unnoticed());
            }
        }
        return new MutationReport(mutants, noticed, refused, unnoticed);
    }

    private List<PolicyFile> inForce(Layer layer) {
        return policies.stream().filter(file -> file.layer().compareTo(layer) <= 0).toList();
    }

    private List<TestReport.Failure> passedOver() throws EnvironmentException {
        var failures = new ArrayList<TestReport.Failure>();
        if (named.isEmpty()) {
            sources.passedOver(project)
                    .forEach((file, why) -> {
                        if (file.endsWith(TEST)) {
                            failures.add(failure(file, why));
                        }
                    });
        }
        return failures;
    }

    /** What was named and is not tried. */
    private List<TestReport.Failure> unknown() {
        var failures = new ArrayList<TestReport.Failure>();
        for (Path file : named) {
            if (policies.stream().noneMatch(policy -> isNamed(policy, file))) {
                failures.add(
                        failure(
                                file.toString(),
                                Files.exists(file)
                                        ? "is no policy that is read here, and no tests of one"
                                        : "is not there"));
            }
        }
        return failures;
    }

    private boolean isNamed(PolicyFile policy, Path file) {
        Path place = sources.path(project, policy);
        return place.equals(file)
                || (test(place).equals(file)
                        && (unsaved.of(file).isPresent() || Files.exists(file)));
    }

    /** What has no tests, and tests that cannot be read, are failures of their own. */
    private List<TestFile> files(Layer layer, List<TestReport.Failure> failures) {
        var files = new ArrayList<TestFile>();
        var room = new PolicyText();
        for (PolicyFile policy : policies) {
            boolean wanted =
                    named.isEmpty() || named.stream().anyMatch(file -> isNamed(policy, file));
            if (policy.layer() == layer && wanted) {
                Path test = test(sources.path(project, policy));
                String shown = TestFile.beside(policy.displayPath());
                try {
                    Optional<String> written = unsaved.of(test);
                    if (written.isPresent()) {
                        files.add(new TestFile(shown, written.get(), beside(layer, test)));
                    } else if (Files.exists(test, LinkOption.NOFOLLOW_LINKS)) {
                        if (layer == Layer.PROJECT) {
                            PolicySources.requireInside(project, test);
                        }
                        files.add(new TestFile(shown, room.read(test), beside(layer, test)));
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

    /** Of a project only what is in it: its tests are a stranger's, and say what they have read. */
    private TestFile.Beside beside(Layer layer, Path test) {
        Path folder = test.toAbsolutePath().normalize().resolveSibling("");
        Path bound = layer == Layer.PROJECT ? project.directory() : folder;
        return name -> {
            Path file = folder.resolve(name).normalize();
            try {
                if (!Files.exists(file)) {
                    throw new IllegalArgumentException(name + " is not there");
                }
                Path real = file.toRealPath();
                if (!real.startsWith(bound.toRealPath())) {
                    throw new IllegalArgumentException("%s leads out of %s".formatted(name, bound));
                }
                return new PolicyText().read(real);
            } catch (IOException | EnvironmentException e) {
                throw new IllegalArgumentException(
                        "cannot read %s: %s".formatted(name, e.getMessage()), e);
            }
        };
    }

    private static TestReport.Failure failure(String file, String message) {
        return new TestReport.Failure(file, 1, 1, "", message, List.of(), "");
    }

    private static Path test(Path policy) {
        return policy.resolveSibling(TestFile.beside(String.valueOf(policy.getFileName())));
    }
}
