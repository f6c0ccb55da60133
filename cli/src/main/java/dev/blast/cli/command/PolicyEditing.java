package dev.blast.cli.command;

import dev.blast.cli.editor.EditorSession;
import dev.blast.cli.editor.Trials;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.policies.PolicySources;
import dev.blast.environment.policies.UnsavedTexts;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Workspace;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.trial.TestReport;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** {@code blast policy lsp}: the language server, on the standard streams. */
final class PolicyEditing {
    private PolicyEditing() {}

    static int run(Workspace workspace) throws InterruptedException {
        System.setOut(System.err); // whatever a library prints is no message of the protocol
        return EditorSession.serve(
                workspace,
                new Tests(workspace.sources()),
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out));
    }

    private record Tests(PolicySources sources) implements Trials {
        @Override
        public List<Diagnostic> untested(
                Project project, List<PolicyFile> policies, UnsavedTexts unsaved) {
            return new PolicyTestFiles(sources, project, policies, Set.of(), unsaved).untested();
        }

        @Override
        public TestReport run(
                Project project, List<PolicyFile> policies, UnsavedTexts unsaved, Set<Path> tests)
                throws EnvironmentException {
            return new PolicyTestFiles(sources, project, policies, tests, unsaved).run();
        }
    }
}
