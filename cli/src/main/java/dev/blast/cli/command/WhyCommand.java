package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.WhyReport;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.FollowedStrategy;
import dev.blast.environment.install.InstalledDistribution;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.project.Itself;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Installed;
import dev.blast.environment.session.Policies;
import dev.blast.environment.session.Workspace;
import dev.blast.environment.sync.Survey;
import dev.blast.environment.sync.Sync;
import dev.blast.index.IndexException;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.solver.DependencyGraph;
import dev.blast.solver.Restraint;
import dev.blast.solver.RootRequirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code blast why}: the paths from what the project asks for to a package, read from what is
 * installed, and what binds its version. An index is asked for the versions of this one package.
 */
public final class WhyCommand implements Command {
    private static final int SHOWN = 5;

    /** There may be very many: further ones are not counted. */
    private static final int COUNTED = 100;

    @Override
    public int run(Invocation invocation) throws Exception {
        PackageName name = Requests.name(invocation.arguments().operands().getFirst());
        PictureFiles pictures = PictureFiles.of(invocation);
        Workspace workspace = Workspaces.of(invocation);
        Project project = Workspaces.project(workspace, invocation);
        Environment environment = Whereabouts.of(invocation, workspace, project.directory());
        Applied applied = Habitats.applied(environment, workspace);
        Interpreter interpreter = Habitats.interpreter(workspace, project, applied);
        DependencyGraph graph =
                Installed.graph(project, environment, applied, interpreter.markers());
        Optional<DependencyGraph.Member> member = graph.member(name);
        if (member.isEmpty()) {
            pictures.leave(name + " is not part of this environment");
        }
        List<List<WhyReport.Step>> paths = new WhyPaths(graph).to(name, COUNTED);
        WhyReport.Outlook outlook = null;
        if (member.isPresent() && !name.equals(InstalledDistribution.PIP)) {
            var sync = new SyncReporting(invocation, workspace, project.directory());
            Policies policies = Workspaces.policies(workspace, project, invocation.console());
            outlook =
                    sync.ask(
                            project,
                            policies,
                            (tools, job) ->
                                    outlook(
                                            tools,
                                            job,
                                            graph,
                                            member.get(),
                                            interpreter.markers(),
                                            strategy(applied, name)));
        }
        if (member.isPresent() && pictures.asked()) {
            PackageRemarks remarks =
                    PackageRemarks.of(invocation, workspace, project, applied, interpreter, graph);
            if (outlook != null && outlook.standing() != null && outlook.standing().isBehind()) {
                remarks.newer(outlook.standing());
            }
            pictures.write(Pictures.to(name, graph, applied, remarks));
        }
        invocation.console().close();
        invocation.answer(
                new WhyReport(
                        name.toString(),
                        member.map(DependencyGraph.Member::version)
                                .map(Version::toString)
                                .orElse(null),
                        paths.subList(0, Math.min(SHOWN, paths.size())),
                        Math.max(0, paths.size() - SHOWN),
                        paths.size() == COUNTED,
                        unasked(name, project),
                        outlook));
        return member.isPresent() ? Exit.DONE.code() : Exit.FINDINGS.code();
    }

    /** Said where no path leads to it. */
    private static String unasked(PackageName name, Project project) {
        if (name.equals(InstalledDistribution.PIP)) {
            return "every environment keeps the pip that came with its interpreter";
        }
        return project.itself().map(Itself::known).orElse(true)
                ? "nothing in this project asks for it; blast sync takes it away"
                : "nothing that is known here asks for it; blast sync asks the build backend of this project, and takes it away if that does not need it either";
    }

    /** What an index cannot tell now is left open. */
    private static WhyReport.Outlook outlook(
            Sync.Tools tools,
            Sync.Job job,
            DependencyGraph graph,
            DependencyGraph.Member member,
            MarkerEnvironment markers,
            @Nullable FollowedStrategy strategy)
            throws EnvironmentException {
        List<Restraint> demands =
                demands(graph, member.name(), job.project().constraints(), markers);
        try {
            return new WhyReport.Outlook(
                    demands, new Survey(tools).one(job, graph, member).orElse(null), "", strategy);
        } catch (IndexException e) {
            return new WhyReport.Outlook(demands, null, String.valueOf(e.getMessage()), strategy);
        }
    }

    /** Whatever is asked of the version, whether or not it keeps any out. */
    private static List<Restraint> demands(
            DependencyGraph graph,
            PackageName name,
            List<RootRequirement> constraints,
            MarkerEnvironment markers) {
        var demands = new ArrayList<Restraint>();
        for (DependencyGraph.Edge edge : graph.requirers(name)) {
            edge.asked().forEach(root -> demands.add(new Restraint.Asked(root)));
            if (edge.from() != null) {
                DependencyGraph.Member by = graph.member(edge.from()).orElseThrow();
                edge.requirements().forEach(it -> demands.add(new Restraint.Needed(by, it)));
            }
        }
        constraints.stream()
                .filter(root -> root.requirement().name().equals(name))
                .filter(root -> root.requirement().appliesTo(markers, Set.of()))
                .forEach(root -> demands.add(new Restraint.Asked(root)));
        return demands;
    }

    /** The package's own where it follows one, else that of the last sync as a whole. */
    private static @Nullable FollowedStrategy strategy(Applied applied, PackageName name) {
        return applied.strategies().stream()
                .filter(it -> it.packages().contains(name))
                .findFirst()
                .or(() -> applied.strategies().stream().findFirst())
                .orElse(null);
    }
}
