package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.PolicyDiffReport;
import dev.blast.cli.report.TrustListReport;
import dev.blast.cli.report.TrustReport;
import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Prompt;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.policies.PolicySources;
import dev.blast.environment.policies.Trust;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Policies;
import dev.blast.environment.session.Workspace;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code blast trust}: this content of the project's policy files may open doors from now on. */
public final class TrustCommand implements Command {

    @Override
    public int run(Invocation invocation) throws Exception {
        if (invocation.arguments().has("--list") && invocation.arguments().has("--revoke")) {
            throw new Failure(Exit.USAGE, "--list and --revoke are two wishes: give one of them");
        }
        Workspace workspace = Workspaces.of(invocation);
        if (invocation.arguments().has("--list")) {
            invocation.answer("trust-list", list(workspace));
            return Exit.DONE.code();
        }
        Project project = Workspaces.project(workspace, invocation);
        Trust trust = workspace.trust();
        List<Trust.Content> files = PolicySources.project(project);
        if (invocation.arguments().has("--revoke")) {
            trust.revoke(project.directory());
            invocation.answer(
                    report(project, files, Workspaces.policies(workspace, project), false, null));
            return Exit.DONE.code();
        }
        Workspaces.policies(workspace, project); // a file with an error is not trusted unread
        @Nullable PolicyDiffReport change = null;
        if (!trust.isTrusted(project.directory(), files)) {
            change = change(invocation, workspace, project, files);
            requireConsent(invocation, files, change);
        }
        trust.grant(project.directory(), files);
        invocation.answer(
                report(project, files, Workspaces.policies(workspace, project), true, change));
        return Exit.DONE.code();
    }

    /** What these files open: beyond what was trusted last, or beyond what they may untrusted. */
    private static PolicyDiffReport change(
            Invocation invocation, Workspace workspace, Project project, List<Trust.Content> files)
            throws EnvironmentException, Failure {
        Optional<Trust.Agreed> agreed = workspace.trust().agreed(project.directory());
        PolicyDiff.Other other =
                agreed.isPresent()
                        ? PolicyDiff.trusted(agreed.get())
                        : new PolicyDiff.Other("the same files untrusted", files, false);
        return new PolicyDiff(invocation, workspace, project).with(other, files);
    }

    /** A person at a terminal is asked; elsewhere the command itself is the answer. */
    private static void requireConsent(
            Invocation invocation, List<Trust.Content> files, PolicyDiffReport change)
            throws Failure {
        boolean asks = invocation.interactive() && !invocation.arguments().has("--yes");
        String opens = change.opening(invocation.console().resultPalette());
        if (!invocation.arguments().has("--json")) {
            invocation.console().answer(opens);
        } else if (asks) {
            invocation.console().explain(opens);
        }
        if (asks
                && !Prompt.agrees(
                        invocation.console(),
                        System.in,
                        "trust " + Figures.count(files.size(), "policy file") + "?")) {
            throw new Failure(
                    Exit.FINDINGS, "nothing is trusted: the answer was not yes", List.of());
        }
    }

    private static TrustListReport list(Workspace workspace) throws EnvironmentException {
        var projects = new ArrayList<TrustListReport.Trusted>();
        for (Trust.Agreed it : workspace.trust().all()) {
            projects.add(
                    new TrustListReport.Trusted(
                            workspace.shown(it.project()),
                            it.time(),
                            it.files().stream().map(Trust.Content::path).toList(),
                            state(it)));
        }
        return new TrustListReport(projects, workspace.trust().unnamed());
    }

    private static TrustListReport.State state(Trust.Agreed it) {
        if (!Files.isDirectory(it.project())) {
            return TrustListReport.State.GONE;
        }
        try {
            return PolicySources.project(Project.at(it.project())).equals(it.files())
                    ? TrustListReport.State.IN_FORCE
                    : TrustListReport.State.CHANGED;
        } catch (EnvironmentException _) {
            return TrustListReport.State.CHANGED; // unreadable is not what was agreed to
        }
    }

    private static TrustReport report(
            Project project,
            List<Trust.Content> files,
            Policies policies,
            boolean trusted,
            @Nullable PolicyDiffReport change) {
        return new TrustReport(
                project.name(),
                trusted,
                policies.policy().revision(),
                files.stream().map(Trust.Content::path).toList(),
                policies.openedByProject(),
                change);
    }
}
