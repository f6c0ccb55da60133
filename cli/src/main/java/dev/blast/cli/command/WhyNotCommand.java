package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.WhyNotReport;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Policies;
import dev.blast.environment.session.Workspace;
import dev.blast.environment.sync.Supposed;
import dev.blast.environment.sync.Supposition;
import dev.blast.packaging.Requirement;
import java.nio.file.Path;
import java.util.List;

/** {@code blast why-not}: what would come of it if some versions of a package were asked for. */
public final class WhyNotCommand implements Command {

    @Override
    public int run(Invocation invocation) throws Exception {
        Requirement question =
                Requests.versions(invocation.arguments().operands().getFirst(), "why-not");
        Workspace workspace = Workspaces.of(invocation);
        Path folder = Workspaces.projectFolder(workspace, invocation).toRealPath();
        var sync = new SyncReporting(invocation, workspace, folder);
        Project project = sync.project();
        Policies policies = Workspaces.policies(workspace, project, invocation.console());
        Supposed supposed =
                sync.ask(
                        project,
                        policies,
                        (tools, job) -> new Supposition(tools).of(job, question));
        invocation.console().close();
        return switch (supposed) {
            case Supposed.NoAnswer(var why) -> throw sync.failure(why);
            case Supposed.Answered answered -> {
                invocation.answer(
                        new WhyNotReport(question, answered, command(answered, question, sync)));
                yield exit(answered).code();
            }
        };
    }

    private static String command(
            Supposed.Answered answered, Requirement question, SyncReporting sync) {
        return switch (answered) {
            case Supposed.Possible possible ->
                    possible.byUpgrade()
                            ? sync.again(List.of("--upgrade", question.toString()))
                            : "write \"%s\" into the project's dependencies, then %s"
                                    .formatted(question, sync.again(List.of()));
            case Supposed.Refused(_, Supposed.Lifted lifted) when lifted != null -> {
                String version = "%s==%s".formatted(question.name(), lifted.version());
                yield sync.again(
                        lifted.byUpgrade()
                                ? List.of("--lift", version, "--upgrade", version)
                                : List.of("--lift", version));
            }
            case Supposed.Chosen _, Supposed.Impossible _, Supposed.Refused _ -> "";
        };
    }

    private static Exit exit(Supposed.Answered answered) {
        return switch (answered) {
            case Supposed.Chosen _ -> Exit.DONE;
            case Supposed.Impossible _ -> Exit.NO_SOLUTION;
            case Supposed.Refused _ -> Exit.FINDINGS;
            case Supposed.Possible possible -> possible.isBehind() ? Exit.FINDINGS : Exit.DONE;
        };
    }
}
