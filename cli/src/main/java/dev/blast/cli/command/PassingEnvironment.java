package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.environment.AtomicFile;
import dev.blast.environment.Cause;
import dev.blast.environment.Directories;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.project.InlineScript;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Habitat;
import dev.blast.environment.session.Policies;
import dev.blast.environment.session.Workspace;
import dev.blast.index.IndexException;
import dev.blast.packaging.Digest;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Requirement;
import dev.blast.rules.fact.Purpose;
import dev.blast.rules.verdict.PolicyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An environment for what is to be run: that of a script which says what it needs, or of a project
 * with more ({@code --with}). Kept in the user's data, beside Blast's own, under a name made from
 * what is asked for; the project's environment stays as it is.
 */
final class PassingEnvironment {
    private static final String FOLDER = "blast-environments";
    private static final String LOCK = "pylock.toml";
    private static final String FOLLOWED_LOCK = "followed.toml";

    private final Invocation invocation;
    private final Workspace workspace;
    private final List<Requirement> more;

    PassingEnvironment(Invocation invocation, Workspace workspace) throws Failure {
        this.invocation = invocation;
        this.workspace = workspace;
        this.more = more(invocation);
    }

    boolean isAsked() {
        return !more.isEmpty();
    }

    private static List<Requirement> more(Invocation invocation) throws Failure {
        var more = new ArrayList<Requirement>();
        for (String text : invocation.arguments().values("--with")) {
            try {
                more.add(Requirement.parse(text));
            } catch (InvalidSyntaxException e) {
                throw new Failure(
                        Exit.USAGE,
                        "--with %s: %s".formatted(text, e.getMessage()),
                        "blast run --with 'httpx>=0.27' …");
            }
        }
        return more;
    }

    /** The environment of a script, as it is wanted now. */
    Habitat of(InlineScript script, Path file)
            throws EnvironmentException, IndexException, PolicyException, Failure {
        Path ground = file.resolveSibling("").normalize();
        Workspaces.requireGround(ground, workspace);
        Path folder = folder(script.name(), script.key());
        var environment = new Environment(folder.resolve(".venv"), folder, folder.resolve(LOCK));
        Path kept = folder.resolve(script.name());
        Project project = script.project(ground, environment, kept).asking(more, environment);
        keep(kept, script.text());
        return made(project, environment, script.name(), script.name());
    }

    /** A project's with more. */
    Habitat of(Project project, String command)
            throws EnvironmentException, IndexException, PolicyException, Failure {
        Workspaces.requireGround(project.directory(), workspace);
        Path folder = folder(project.name(), Digest.of(project.directory().toString()));
        var environment =
                new Environment(folder.resolve(".venv"), project.directory(), folder.resolve(LOCK));
        followLock(project.lockFile(), folder);
        String name = project.name() + " with " + words().replace("\n", " ");
        return made(project.asking(more, environment), environment, name, command);
    }

    private Habitat made(Project project, Environment environment, String name, String command)
            throws EnvironmentException, IndexException, PolicyException, Failure {
        Policies policies = Workspaces.policies(workspace, project, invocation.console());
        var sync = new SyncReporting(invocation, workspace, environment, name);
        if (sync.upToDate().isEmpty()) {
            sync.run(project, policies);
        }
        invocation.console().progress().close();
        return Habitats.of(
                invocation, workspace, project, environment, policies, Purpose.RUN, command);
    }

    private String words() {
        return more.stream().map(Requirement::toString).sorted().collect(Collectors.joining("\n"));
    }

    private Path folder(String name, String key) throws EnvironmentException {
        Path all = workspace.directories().data().resolveSibling(FOLDER);
        Directories.createPrivate(all);
        String python = invocation.arguments().value("--python").orElse("");
        String asked = new Digest().add(key).add(words()).add(python).hex().substring(0, 16);
        return Directories.createPrivate(
                all.resolve(name.replaceAll("[^A-Za-z0-9._-]", "_") + "-" + asked));
    }

    /** What the project has locked is where the environment begins, and again when that changes. */
    private static void followLock(Path lock, Path folder) throws EnvironmentException {
        try {
            byte[] now = Files.readAllBytes(lock);
            if (!Arrays.equals(now, contents(folder.resolve(FOLLOWED_LOCK)))) {
                Files.deleteIfExists(folder.resolve(LOCK));
                AtomicFile.write(folder.resolve(FOLLOWED_LOCK), Files.readString(lock));
            }
        } catch (NoSuchFileException _) {
            // the project has none: versions are chosen anew
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot follow %s in %s: %s".formatted(lock, folder, Cause.of(e, lock)), e);
        }
    }

    private static byte[] contents(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    }

    private static void keep(Path kept, String text) throws EnvironmentException {
        try {
            if (!Files.exists(kept)) {
                AtomicFile.write(kept, text);
            }
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot write %s: %s".formatted(kept, Cause.of(e, kept)), e);
        }
    }
}
