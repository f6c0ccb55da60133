package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.syntax.CommandName;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Environments;
import dev.blast.environment.change.Applied;
import dev.blast.environment.project.OwnEnvironment;
import dev.blast.environment.session.Grounds;
import dev.blast.environment.session.Workspace;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which environment of a project a command means. What the person says goes before what the project
 * says: {@code --environment}, {@code --name} of one that is to be made, {@code
 * UV_PROJECT_ENVIRONMENT}, the one that is active, {@code [tool.blast] environment}, {@code .venv}.
 */
final class Whereabouts {
    static final String OPTION = "--environment";
    private static final String VARIABLE = "UV_PROJECT_ENVIRONMENT";
    private static final String ACTIVE = "VIRTUAL_ENV";

    /** One name of a folder, and of {@code pylock.NAME.toml}. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*)");

    private final Invocation invocation;
    private final Workspace workspace;
    private final Path project;

    private Whereabouts(Invocation invocation, Workspace workspace, Path project) {
        this.invocation = invocation;
        this.workspace = workspace;
        this.project = project;
    }

    /**
     * The environment meant; it need not be there.
     *
     * @param project the folder, without links
     */
    static Environment of(Invocation invocation, Workspace workspace, Path project)
            throws EnvironmentException, Failure {
        return new Whereabouts(invocation, workspace, project).environment();
    }

    private Environment environment() throws EnvironmentException, Failure {
        Optional<String> asked = invocation.arguments().value(OPTION);
        if (asked.isPresent()) {
            Optional<Environment> known = named(asked.get());
            return known.isPresent()
                    ? known.get()
                    : placed(OPTION, asked.get(), invocation.directory());
        }
        Environment usual = usual();
        Optional<String> name =
                invocation.arguments().command().equals(CommandName.START.word())
                        ? invocation.arguments().value("--name")
                        : Optional.empty();
        return name.isPresent() ? named(name.get(), usual) : usual;
    }

    private Environment usual() throws EnvironmentException, Failure {
        String variable = invocation.environment().getOrDefault(VARIABLE, "").strip();
        if (!variable.isEmpty()) {
            return placed(VARIABLE, variable, project);
        }
        Optional<Environment> active = active();
        return active.isPresent() ? active.get() : OwnEnvironment.of(project);
    }

    /** The one whose activation script was run, if this user's Blast made it for this project. */
    private Optional<Environment> active() throws EnvironmentException {
        String variable = invocation.environment().getOrDefault(ACTIVE, "");
        if (!variable.startsWith("/")) {
            return Optional.empty();
        }
        Path active = Grounds.real(Path.of(variable).normalize());
        return workspace.environments().of(project).stream()
                .map(Environments.Entry::environment)
                .filter(it -> it.exists() && Grounds.real(it.root()).equals(active))
                .findFirst();
    }

    private Optional<Environment> named(String name) throws EnvironmentException {
        return workspace.environments().of(project).stream()
                .filter(it -> it.name().equals(name))
                .map(Environments.Entry::environment)
                .findFirst()
                .or(() ->
                        NAME.matcher(name).matches()
                                ? Optional.of(Environment.beside(project, name))
                                        .filter(Environment::exists)
                                : Optional.empty());
    }

    /** One of this name that there is; else the usual place, or where that is taken another. */
    private Environment named(String name, Environment usual) throws EnvironmentException, Failure {
        Optional<Environment> known = named(name);
        if (known.isPresent()) {
            return known.get();
        }
        boolean isTaken =
                usual.exists()
                        && !Applied.of(usual).map(Applied::name).map(name::equals).orElse(true);
        if (!isTaken) {
            return usual;
        }
        if (!NAME.matcher(name).matches()) {
            throw new Failure(
                    Exit.USAGE,
                    "--name %s: the project has an environment, and the folder of a second one takes its name: letters, digits, '.', '_' and '-'"
                            .formatted(name),
                    "--environment DIR puts it elsewhere, under any name");
        }
        return Environment.beside(project, name);
    }

    /**
     * A place that a person names. One in the project may be a stranger's link: it stays as it is.
     */
    private Environment placed(String by, String text, Path from) throws Failure {
        Path place;
        try {
            String path = text.startsWith("~/") ? workspace.home() + text.substring(1) : text;
            Path written = from.resolve(path).normalize();
            place = written.startsWith(project) ? written : Grounds.real(written);
        } catch (InvalidPathException e) {
            throw new Failure(Exit.USAGE, "%s %s: %s".formatted(by, text, e.getReason()));
        }
        @Nullable String why =
                project.startsWith(place)
                        ? "the project lies in it"
                        : Grounds.refusal(place, workspace).orElse(null);
        if (why != null) {
            throw new Failure(
                    Exit.USAGE,
                    "%s %s: there can be no environment, %s".formatted(by, text, why),
                    "an environment is a folder of its own: " + by + " .venv-dev");
        }
        return new Environment(place, project);
    }

    /**
     * What a new environment is called beside others of its project; empty where the project's name
     * is free.
     */
    static Optional<String> nameBeside(Workspace workspace, Environment fresh, String project)
            throws EnvironmentException {
        List<Environments.Entry> others =
                workspace.environments().of(fresh.project()).stream()
                        .filter(it -> !it.isGone() && !it.environment().equals(fresh))
                        .toList();
        if (others.stream().noneMatch(it -> it.name().equals(project))) {
            return Optional.empty();
        }
        String folder = String.valueOf(fresh.root().getFileName());
        return Optional.of(project + "-" + folder.replaceFirst("^\\.?(venv[-_.]?)?", ""));
    }
}
