package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.RenameReport;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.policies.PolicyWriter;
import dev.blast.environment.policies.RuleRenaming;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Workspace;
import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code blast policy rename}: a rule's name, in its file and in the cases that name it. */
final class PolicyRename {
    private PolicyRename() {}

    static int run(
            Invocation invocation, Workspace workspace, Project project, String from, String to)
            throws EnvironmentException, Failure {
        List<PolicyFile> now = workspace.sources().read(project, workspace.trust());
        List<RuleRenaming.Rewritten> changes = RuleRenaming.of(project, from, to);
        RuleRenaming.Rewritten rule = changes.getFirst();
        var then = new ArrayList<PolicyFile>();
        for (PolicyFile file : now) {
            boolean isIt = file.layer() == Layer.PROJECT && file.displayPath().equals(rule.file());
            then.add(
                    isIt
                            ? new PolicyFile(
                                    file.layer(), file.displayPath(), rule.after(), file.trusted())
                            : file);
        }
        if (Policy.load(then) instanceof Loading.Refused(var faults)) {
            throw new Failure(
                    Exit.FINDINGS,
                    "with that name the policy cannot be read, so nothing was changed",
                    faults.stream().map(it -> it.render().stripTrailing()).toList());
        }
        PolicyWriter writer = PolicyWriter.below(project.directory());
        for (RuleRenaming.Rewritten change : changes) {
            writer.replace(Path.of(change.file()), change.before(), change.after());
        }
        boolean losesTrust =
                now.stream().anyMatch(it -> it.layer() == Layer.PROJECT && it.trusted());
        var touched =
                changes.stream()
                        .map(it -> new RenameReport.Touched(it.file(), it.places()))
                        .toList();
        invocation.answer("policy-rename", new RenameReport(from, to, touched, losesTrust));
        return Exit.DONE.code();
    }
}
