package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.OutdatedReport;
import dev.blast.cli.report.PackagesReport;
import dev.blast.cli.report.TreeReport;
import dev.blast.environment.Environment;
import dev.blast.environment.change.Applied;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Installed;
import dev.blast.environment.session.Policies;
import dev.blast.environment.session.Workspace;
import dev.blast.environment.sync.Survey;
import dev.blast.environment.sync.Surveyed;
import dev.blast.packaging.ExtraName;
import dev.blast.solver.DependencyGraph;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code blast list packages}: what is installed in the environment of a project. */
final class PackageListing {
    private PackageListing() {}

    static int run(Invocation invocation) throws Exception {
        PictureFiles pictures = PictureFiles.of(invocation);
        Workspace workspace = Workspaces.of(invocation);
        Project project = Workspaces.project(workspace, invocation);
        Environment environment = Whereabouts.of(invocation, workspace, project.directory());
        Applied applied = Habitats.applied(environment, workspace);
        Interpreter interpreter = Habitats.interpreter(workspace, project, applied);
        DependencyGraph graph =
                Installed.graph(project, environment, applied, interpreter.markers());
        PackageRemarks remarks =
                pictures.asked()
                        ? PackageRemarks.of(
                                invocation, workspace, project, applied, interpreter, graph)
                        : null;
        if (invocation.arguments().has("--outdated")) {
            return outdated(invocation, workspace, project, applied, graph, pictures, remarks);
        }
        if (remarks != null) {
            pictures.write(Pictures.of(graph, applied, remarks));
        }
        if (invocation.arguments().has("--tree")) {
            invocation.answer(
                    "list-tree",
                    new TreeReport(
                            applied.name(),
                            graph.members().size(),
                            new PackageTree(graph).roots()));
        } else {
            invocation.answer(
                    "list-packages",
                    new PackagesReport(
                            applied.name(),
                            graph.members().stream().map(it -> row(it, graph)).toList()));
        }
        return Exit.DONE.code();
    }

    private static int outdated(
            Invocation invocation,
            Workspace workspace,
            Project project,
            Applied applied,
            DependencyGraph graph,
            PictureFiles pictures,
            @Nullable PackageRemarks remarks)
            throws Exception {
        if (invocation.arguments().has("--tree")) {
            throw new Failure(
                    Exit.USAGE,
                    "--tree and --outdated are two views of the packages",
                    "blast list packages --outdated, or blast list packages --tree");
        }
        var sync = new SyncReporting(invocation, workspace, project.directory());
        Policies policies = Workspaces.policies(workspace, project, invocation.console());
        Surveyed surveyed =
                sync.ask(project, policies, (tools, job) -> new Survey(tools).all(job, graph));
        invocation.console().close();
        return switch (surveyed) {
            case Surveyed.NoAnswer(var why) -> throw sync.failure(why);
            case Surveyed.Packages(var packages) -> {
                if (remarks != null) {
                    pictures.write(Pictures.of(graph, applied, remarks.with(packages)));
                }
                invocation.answer(
                        "list-outdated",
                        new OutdatedReport(
                                applied.name(),
                                packages.size(),
                                packages.stream().filter(Surveyed.Upgrade::isOutdated).toList()));
                yield Exit.DONE.code();
            }
        };
    }

    private static PackagesReport.Row row(DependencyGraph.Member member, DependencyGraph graph) {
        List<DependencyGraph.Edge> requirers = graph.requirers(member.name());
        return new PackagesReport.Row(
                member.name().toString(),
                member.version().toString(),
                words(member.extras()),
                requirers.stream()
                        .flatMap(edge -> edge.asked().stream())
                        .map(WhyPaths::place)
                        .toList(),
                requirers.stream()
                        .filter(edge -> edge.from() != null)
                        .flatMap(edge -> graph.member(edge.from()).stream())
                        .map(Object::toString)
                        .toList());
    }

    static List<String> words(Collection<ExtraName> extras) {
        return extras.stream().map(ExtraName::toString).toList();
    }
}
