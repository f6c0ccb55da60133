package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.WhyReport;
import dev.blast.environment.change.Applied;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Installed;
import dev.blast.environment.session.Workspace;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.solver.DependencyGraph;
import java.util.List;
import java.util.Optional;

/**
 * {@code blast why}: the paths from what the project asks for to a package. Read from what is
 * installed: no index is asked.
 */
public final class WhyCommand implements Command {
    private static final int SHOWN = 5;

    /** There may be very many: further ones are not counted. */
    private static final int COUNTED = 100;

    private static final PackageName PIP = new PackageName("pip");

    @Override
    public int run(Invocation invocation) throws Exception {
        PackageName name = Requests.name(invocation.arguments().operands().getFirst());
        Workspace workspace = Workspaces.of(invocation);
        Project project = Workspaces.project(workspace, invocation);
        Applied applied = Habitats.applied(project, workspace);
        Interpreter interpreter = Habitats.interpreter(workspace, project, applied);
        DependencyGraph graph =
                Installed.graph(project, project.environment(), applied, interpreter.markers());
        Optional<Version> version = graph.member(name).map(DependencyGraph.Member::version);
        List<List<WhyReport.Step>> paths = new WhyPaths(graph).to(name, COUNTED);
        invocation.answer(
                new WhyReport(
                        name.toString(),
                        version.map(Version::toString).orElse(null),
                        paths.subList(0, Math.min(SHOWN, paths.size())),
                        Math.max(0, paths.size() - SHOWN),
                        paths.size() == COUNTED,
                        name.equals(PIP)
                                ? "every environment keeps the pip that came with its interpreter"
                                : "nothing in this project asks for it; blast sync takes it away"));
        return version.isPresent() ? Exit.DONE.code() : Exit.FINDINGS.code();
    }
}
