package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.ChangeLine;
import dev.blast.cli.syntax.Nearest;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.Applied;
import dev.blast.environment.project.Project;
import dev.blast.environment.project.ProjectPart;
import dev.blast.environment.project.Removing;
import dev.blast.environment.session.Installed;
import dev.blast.environment.sync.Change;
import dev.blast.environment.sync.SyncResult;
import dev.blast.packaging.PackageName;
import dev.blast.solver.DependencyGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code blast remove}: the project asks for less, and the environment has no more. */
public final class RemoveCommand implements Command {
    @Override
    public int run(Invocation invocation) throws Exception {
        var names = new ArrayList<PackageName>();
        for (String typed : invocation.arguments().operands()) {
            names.add(Requests.name(typed));
        }
        ProjectPart part = ProjectEditing.part(invocation.arguments());
        var editing = new ProjectEditing(invocation);
        return editing.run(
                declared -> planned(Removing.from(declared, names, part), part, declared),
                (project, finished) ->
                        staying(names, project, editing.sync().environment(), finished));
    }

    private static ProjectEditing.Planned planned(
            Removing.Removed removed, @Nullable ProjectPart part, Project declared) throws Failure {
        return switch (removed) {
            case Removing.Removed.Planned(var project, var edit, var left) ->
                    new ProjectEditing.Planned(project, edit, left);
            case Removing.Removed.Several(var name, var parts) ->
                    throw new Failure(
                            Exit.USAGE,
                            "%s stands in %s; nothing was changed"
                                    .formatted(
                                            name,
                                            parts.stream()
                                                    .map(ProjectPart::words)
                                                    .collect(Collectors.joining(" and in "))),
                            parts.stream()
                                    .map(it -> "blast remove %s%s".formatted(option(it), name))
                                    .toList());
            case Removing.Removed.NotAsked(var name, var hints, var known) -> {
                var help = new ArrayList<>(hints);
                if (hints.isEmpty()) {
                    help.addAll(
                            Nearest.hint(
                                    name.normalized(),
                                    known.stream().map(PackageName::normalized).toList()));
                }
                throw new Failure(
                        Exit.USAGE,
                        "%s is not asked for by %s%s; nothing was changed"
                                .formatted(
                                        name,
                                        part == null ? "" : part.words() + " of ",
                                        declared.name()),
                        help);
            }
        };
    }

    private static String option(ProjectPart part) {
        return switch (part) {
            case ProjectPart.Dependencies() -> "";
            case ProjectPart.Group(var name) when name.equals(Project.DEV) -> "--dev ";
            case ProjectPart.Group(var name) -> "--group %s ".formatted(name);
            case ProjectPart.Extra(var name) -> "--optional %s ".formatted(name);
        };
    }

    /** What was taken out and stays, since something else needs it. */
    private static List<ChangeLine> staying(
            List<PackageName> names,
            Project project,
            Environment environment,
            SyncReporting.Finished finished)
            throws EnvironmentException {
        Optional<SyncResult.Answer> answer =
                switch (finished.result()) {
                    case SyncResult.Done done -> Optional.of(done.answer());
                    case SyncResult.Planned(SyncResult.Answer planned) -> Optional.of(planned);
                    case SyncResult.UpToDate _ -> Optional.empty();
                };
        Optional<Applied> applied = Applied.of(environment);
        if (answer.isEmpty() || applied.isEmpty()) {
            return List.of();
        }
        List<Change> changes = answer.get().plan().changes();
        List<PackageName> staying =
                changes.stream()
                        .filter(change -> !(change instanceof Change.Remove))
                        .map(Change::name)
                        .toList();
        DependencyGraph graph =
                Installed.graph(
                        project, environment, applied.get(), answer.get().interpreter().markers());
        var lines = new ArrayList<ChangeLine>();
        for (PackageName name : names) {
            List<String> needing =
                    !staying.contains(name)
                            ? List.of()
                            : graph.requirers(name).stream()
                                    .map(DependencyGraph.Edge::from)
                                    .flatMap(Stream::ofNullable)
                                    .filter(staying::contains)
                                    .map(PackageName::toString)
                                    .distinct()
                                    .toList();
            if (!needing.isEmpty()) {
                String version = graph.member(name).map(it -> it.version().toString()).orElse("");
                lines.add(
                        new ChangeLine(
                                ChangeLine.Kind.NOTED,
                                name.toString(),
                                null,
                                version,
                                "stays installed: %s need%s it"
                                        .formatted(
                                                String.join(" and ", needing),
                                                needing.size() == 1 ? "s" : "")));
            }
        }
        return lines;
    }
}
