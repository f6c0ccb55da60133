package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.syntax.Nearest;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Environments;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.Dossier;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Grounds;
import dev.blast.environment.session.Habitat;
import dev.blast.environment.session.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which environment a command means: the one of this name, or the one of this folder. */
record EnvironmentChoice(String name, Environment environment) {

    static EnvironmentChoice of(Invocation invocation, Workspace workspace)
            throws EnvironmentException, Failure {
        return of(invocation, workspace, false);
    }

    /**
     * The same for one in which something may run, or that is being changed: also where its folder
     * is gone meanwhile, or what lies in it cannot be understood.
     */
    static EnvironmentChoice ofWhatRuns(Invocation invocation, Workspace workspace)
            throws EnvironmentException, Failure {
        return of(invocation, workspace, true);
    }

    private static EnvironmentChoice of(Invocation invocation, Workspace workspace, boolean mayRun)
            throws EnvironmentException, Failure {
        Optional<String> name = invocation.arguments().operands().stream().findFirst();
        return name.isPresent()
                ? named(name.get(), workspace)
                : here(invocation, workspace, mayRun);
    }

    /** The one of this folder, whatever is named besides. */
    static EnvironmentChoice atHand(Invocation invocation, Workspace workspace)
            throws EnvironmentException, Failure {
        return here(invocation, workspace, false);
    }

    /** The same, also where it has been taken away and its history is kept. */
    static EnvironmentChoice remembered(Invocation invocation, Workspace workspace)
            throws EnvironmentException, Failure {
        Optional<String> name = invocation.arguments().operands().stream().findFirst();
        return name.isPresent()
                ? named(name.get(), workspace)
                : rememberedHere(invocation, workspace);
    }

    /** The one of this folder, also where it has been taken away and its history is kept. */
    static EnvironmentChoice rememberedHere(Invocation invocation, Workspace workspace)
            throws EnvironmentException, Failure {
        Path folder = Grounds.real(Project.directoryOf(invocation.directory(), workspace.home()));
        Environment environment = Whereabouts.of(invocation, workspace, folder);
        return Files.exists(workspace.dossier(environment).history())
                ? called(environment, folder, true)
                : here(invocation, workspace, false);
    }

    private static EnvironmentChoice named(String name, Workspace workspace)
            throws EnvironmentException, Failure {
        List<Environments.Entry> entries = workspace.environments().named(name);
        if (entries.size() == 1) {
            return new EnvironmentChoice(name, entries.getFirst().environment());
        }
        if (entries.isEmpty()) {
            List<String> names =
                    workspace.environments().list().stream()
                            .map(Environments.Entry::name)
                            .distinct()
                            .toList();
            var help = new ArrayList<>(Nearest.hint(name, names));
            help.add(
                    names.isEmpty()
                            ? "there are none yet; blast start makes one"
                            : "there are: " + String.join(", ", names));
            throw new Failure(Exit.FINDINGS, "no environment is called '" + name + "'", help);
        }
        List<String> places =
                entries.stream()
                        .map(Environments.Entry::environment)
                        .map(it ->
                                "blast -C %s …%s"
                                        .formatted(
                                                workspace.shown(it.project()),
                                                it.isUsual()
                                                        ? ""
                                                        : " --environment "
                                                                + workspace.shown(it.root())))
                        .toList();
        throw new Failure(
                Exit.FINDINGS,
                entries.size() + " environments are called '" + name + "'; name the folder instead",
                places);
    }

    private static EnvironmentChoice here(
            Invocation invocation, Workspace workspace, boolean mayRun)
            throws EnvironmentException, Failure {
        Path folder = Grounds.real(Project.directoryOf(invocation.directory(), workspace.home()));
        Environment environment = Whereabouts.of(invocation, workspace, folder);
        if (!environment.exists() && !(mayRun && isBusy(environment, workspace))) {
            throw new Failure(
                    Exit.FINDINGS,
                    environment.isUsual()
                            ? "there is no environment in " + workspace.shown(folder)
                            : "there is no environment at " + workspace.shown(environment.root()),
                    "blast start makes one; blast list shows those there are");
        }
        return called(environment, folder, mayRun);
    }

    private static EnvironmentChoice called(Environment environment, Path folder, boolean mayRun)
            throws EnvironmentException {
        return new EnvironmentChoice(
                name(environment, mayRun).orElse(String.valueOf(folder.getFileName())),
                environment);
    }

    private static boolean isBusy(Environment environment, Workspace workspace)
            throws EnvironmentException {
        Dossier dossier = workspace.dossier(environment);
        return dossier.isChanging()
                || dossier.isUntidy()
                || dossier.writer().isPresent()
                || !workspace.sessions(environment).list().isEmpty();
    }

    private static Optional<String> name(Environment environment, boolean mayRun)
            throws EnvironmentException {
        try {
            return Habitat.applied(environment).map(Applied::name);
        } catch (EnvironmentException e) {
            if (mayRun) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
