package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.syntax.Arguments;
import dev.blast.cli.syntax.CommandName;
import dev.blast.environment.AtomicFile;
import dev.blast.environment.Directories;
import dev.blast.environment.change.Generation;
import dev.blast.environment.install.InstalledDistribution;
import dev.blast.environment.install.Trees;
import dev.blast.environment.project.Project;
import dev.blast.environment.saves.Save;
import dev.blast.environment.session.Policies;
import dev.blast.environment.session.Workspace;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * {@code blast load --resolve}: what was saved for another Python or platform is chosen anew, as a
 * sync chooses. What fits keeps its version where that goes together; of a save itself nothing is
 * installed. What is asked for says the project, or where there is none what was asked for by name.
 */
final class LoadAnew {
    private static final Set<String> LOADS_OWN = Set.of("--path", "--resolve");

    private final Invocation invocation;
    private final Workspace workspace;
    private final Path folder;
    private final Save save;

    /**
     * @param folder of the project
     */
    LoadAnew(Invocation invocation, Workspace workspace, Path folder, Save save) {
        this.invocation = invocation;
        this.workspace = workspace;
        this.folder = folder;
        this.save = save;
    }

    /**
     * Does it, and tells it as a sync does.
     *
     * @param others packages that cannot stay, as {@code NAME VERSION}
     */
    void run(List<String> others) throws Exception {
        Path texts =
                Directories.createPrivate(workspace.directories().cache().resolve("loading"))
                        .resolve(UUID.randomUUID().toString());
        try {
            Path asked = texts.resolve(save.name() + ".txt");
            AtomicFile.write(asked, lines(Generation.Installed::requested, ""));
            Path pinned = texts.resolve(save.name() + " (versions).txt");
            AtomicFile.write(
                    pinned, lines(it -> !others.contains(it.name() + " " + it.version()), "=="));
            say(others);
            try {
                sync(asked, List.of(pinned.toString()));
            } catch (Failure no) {
                if (no.exit() != Exit.NO_SOLUTION) {
                    throw no;
                }
                invocation
                        .console()
                        .say(
                                "blast: not all of the other versions go together here; they are chosen anew too");
                sync(asked, List.of());
            }
        } finally {
            Trees.delete(texts);
        }
    }

    private void say(List<String> others) {
        invocation
                .console()
                .say(
                        "blast: '%s' was saved with %s %s for %s; %s"
                                .formatted(
                                        save.name(),
                                        save.python().implementation(),
                                        save.python().version(),
                                        save.python().platform(),
                                        others.isEmpty()
                                                ? "its versions are sought for the one here"
                                                : "chosen anew: " + String.join(", ", others)));
    }

    private String lines(Predicate<Generation.Installed> which, String pin) {
        return save.packages().stream()
                .filter(it -> !it.name().equals(InstalledDistribution.PIP.normalized()))
                .filter(which)
                .map(it -> it.name() + (pin.isEmpty() ? "" : pin + it.version()) + "\n")
                .collect(Collectors.joining());
    }

    private void sync(Path asked, List<String> pinned) throws Exception {
        var options = new HashMap<>(invocation.arguments().options());
        options.keySet().removeAll(LOADS_OWN);
        options.put("--constraint", pinned);
        boolean isDeclared = Project.at(folder).declared();
        if (!isDeclared) {
            options.put("--requirement", List.of(asked.toString()));
        }
        var as =
                new Invocation(
                        new Arguments(CommandName.SYNC.word(), options, List.of()),
                        invocation.console(),
                        invocation.terminal(),
                        invocation.environment(),
                        folder,
                        invocation.startedNanos(),
                        invocation.line());
        var sync = new SyncReporting(as, workspace, folder);
        Project project = sync.project();
        Policies policies = Workspaces.policies(workspace, project, as.console());
        SyncReporting.Finished finished = sync.run(project, policies);
        as.console().close();
        SyncCommand.tell(as, workspace, project, policies, sync.environment(), finished, List.of());
    }
}
