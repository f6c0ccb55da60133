package dev.blast.cli.editor;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.policies.PolicySources;
import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.trial.PolicyTests;
import dev.blast.rules.trial.TestFile;
import dev.blast.rules.trial.TestReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is found in the files of a project.
 *
 * @param findings in policy files, by place
 * @param failures in test files, by place
 */
record Inspection(
        EditedProject project,
        Map<Path, List<Diagnostic>> findings,
        Map<Path, List<TestReport.Failure>> failures) {

    /**
     * What is wrong with how policies and tests are written: quick.
     *
     * @param documents that are open
     */
    static Inspection quick(EditedProject project, List<Path> documents) {
        var failures = new HashMap<Path, List<TestReport.Failure>>();
        for (Path document : documents) {
            project.tested(document)
                    .ifPresent(it ->
                            failures.put(
                                    document,
                                    PolicyTests.faults(
                                            new TestFile(
                                                    TestFile.beside(it.getValue().displayPath()),
                                                    project.unsaved().of(document).orElse("")))));
        }
        return new Inspection(project, placed(project, Policy.mistakes(project.all())), failures);
    }

    /**
     * Where that is right: what a second reading and lint find, and how the cases come out that are
     * open.
     */
    Inspection thorough(PolicySources sources, Trials trials) throws EnvironmentException {
        if (!findings.isEmpty()) {
            return this;
        }
        List<PolicyFile> files = project.all();
        return switch (Policy.load(files)) {
            case Loading.Refused(List<Diagnostic> errors) ->
                    new Inspection(project, placed(project, errors), failures);
            case Loading.Loaded(Policy policy) -> {
                var found = new ArrayList<Diagnostic>(policy.warnings());
                found.addAll(trials.untested(project.project(), files, project.unsaved()));
                found.addAll(passedOver(sources));
                yield new Inspection(project, placed(project, found), cases(trials));
            }
        };
    }

    private List<Diagnostic> passedOver(PolicySources sources) throws EnvironmentException {
        var found = new ArrayList<Diagnostic>();
        sources.passedOver(project.project())
                .forEach((file, why) ->
                        found.add(
                                Diagnostic.of(
                                        Code.FILE_PASSED_OVER, file, 1, 1, "is not read: " + why)));
        return found;
    }

    private Map<Path, List<TestReport.Failure>> cases(Trials trials) throws EnvironmentException {
        var cases = new HashMap<Path, List<TestReport.Failure>>(failures);
        var sound = new LinkedHashSet<Path>();
        failures.forEach((file, faults) -> {
            if (faults.isEmpty()) {
                sound.add(file);
            }
        });
        if (!sound.isEmpty()) {
            TestReport report =
                    trials.run(project.project(), project.all(), project.unsaved(), sound);
            for (Path file : sound) {
                cases.put(file, report.failures().stream().filter(it -> isIn(file, it)).toList());
            }
        }
        return cases;
    }

    private boolean isIn(Path file, TestReport.Failure failure) {
        return project.tested(file)
                .filter(it -> TestFile.beside(it.getValue().displayPath()).equals(failure.file()))
                .isPresent();
    }

    private static Map<Path, List<Diagnostic>> placed(
            EditedProject project, List<Diagnostic> found) {
        var placed = new HashMap<Path, List<Diagnostic>>();
        for (Diagnostic each : found) {
            Optional<Path> file = project.place(each.file());
            Path place = file.orElseGet(() -> project.project().directory().resolve(each.file()));
            placed.computeIfAbsent(place, _ -> new ArrayList<>()).add(each);
        }
        return placed;
    }
}
