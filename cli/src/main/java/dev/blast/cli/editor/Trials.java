package dev.blast.cli.editor;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.policies.UnsavedTexts;
import dev.blast.environment.project.Project;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.trial.TestReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What the tests beside policies say, with texts in place of files. */
public interface Trials {
    /** Rules that no case fires. */
    List<Diagnostic> untested(Project project, List<PolicyFile> policies, UnsavedTexts unsaved);

    /**
     * How cases come out.
     *
     * @param tests the files that they stand in
     */
    TestReport run(
            Project project, List<PolicyFile> policies, UnsavedTexts unsaved, Set<Path> tests)
            throws EnvironmentException;
}
