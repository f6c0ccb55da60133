package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.TrustReport;
import dev.blast.environment.policies.PolicySources;
import dev.blast.environment.policies.Trust;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Policies;
import dev.blast.environment.session.Workspace;
import java.util.List;

/** {@code blast trust}: this content of the project's policy files may open doors from now on. */
public final class TrustCommand implements Command {

    @Override
    public int run(Invocation invocation) throws Exception {
        Workspace workspace = Workspaces.of(invocation);
        Project project = Workspaces.project(workspace, invocation);
        Trust trust = workspace.trust();
        List<Trust.Content> files = PolicySources.project(project);
        if (invocation.arguments().has("--revoke")) {
            trust.revoke(project.directory());
            invocation.answer(
                    report(project, files, Workspaces.policies(workspace, project), false));
            return Exit.DONE.code();
        }
        Workspaces.policies(workspace, project); // a file with an error is not trusted unread
        trust.grant(project.directory(), files);
        invocation.answer(report(project, files, Workspaces.policies(workspace, project), true));
        return Exit.DONE.code();
    }

    private static TrustReport report(
            Project project, List<Trust.Content> files, Policies policies, boolean trusted) {
        return new TrustReport(
                project.name(),
                trusted,
                policies.policy().revision(),
                files.stream().map(Trust.Content::path).toList(),
                policies.openedByProject());
    }
}
