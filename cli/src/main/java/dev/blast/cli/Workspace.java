package dev.blast.cli;

import dev.blast.environment.Caller;
import dev.blast.environment.Directories;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Environments;
import dev.blast.environment.Reach;
import dev.blast.environment.change.Dossier;
import dev.blast.environment.interpreter.Interpreters;
import dev.blast.environment.policies.PolicySources;
import dev.blast.environment.policies.Trust;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Sessions;
import dev.blast.packaging.Message;
import dev.blast.rules.Diagnostic;
import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.PolicyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The places that one command works with, wired by hand. Nothing is opened before it is asked for.
 */
record Workspace(Map<String, String> variables, Path home, Directories directories) {
    /**
     * The folder of the distribution, with {@code policies/} and {@code lib/}; the launcher sets
     * it.
     */
    private static final String DISTRIBUTION = "blast.home";

    /**
     * @throws Failure where this user has no home: nothing could be kept anywhere
     */
    static Workspace of(Invocation invocation) throws Failure {
        Map<String, String> variables = invocation.environment();
        String named = variables.getOrDefault("HOME", "");
        String home = named.startsWith("/") ? named : System.getProperty("user.home", "");
        if (!home.startsWith("/")) {
            throw new Failure(
                    Exit.USAGE,
                    named.isEmpty()
                            ? "there is no home folder: HOME is not set, and this user has no entry in the list of users"
                            : "there is no home folder: HOME is '%s', which is no absolute path, and this user has no entry in the list of users"
                                    .formatted(named),
                    "HOME=/some/folder blast … names one; environments, packages and trust are kept below it");
        }
        Path folder = Path.of(home).normalize();
        return new Workspace(variables, folder, Directories.of(variables, folder));
    }

    /**
     * The folder of the project that a command works on. Where it is not the current one, commands
     * that change its environment say so; others do when asked to say more.
     */
    Path projectFolder(Invocation invocation) {
        Path folder = Project.directoryOf(invocation.directory(), home);
        String command = invocation.arguments().command();
        boolean changes = command.equals("start") || command.equals("sync");
        if (!folder.equals(invocation.directory())
                && (changes || invocation.console().isVerbose())) {
            invocation.console().say("blast: project found in " + shown(folder));
        }
        return folder;
    }

    /** The project itself. */
    Project project(Invocation invocation) throws EnvironmentException {
        return Project.at(projectFolder(invocation));
    }

    Environments environments() {
        return new Environments(directories);
    }

    Dossier dossier(Environment environment) {
        return Dossier.of(directories, environment);
    }

    Trust trust() {
        return new Trust(directories);
    }

    Sessions sessions(Environment environment) {
        return new Sessions(directories, environment);
    }

    Interpreters interpreters() {
        return new Interpreters(
                variables, home, directories.data().resolve("interpreters"), this::writable);
    }

    /** What runs in a sandbox may write its project, and what rules name. */
    private List<Path> writable() throws IOException {
        try {
            List<Path> projects = new ArrayList<>(new Reach(directories).places());
            for (Environments.Entry entry : environments().list()) {
                projects.add(entry.environment().root().resolveSibling(".").normalize());
            }
            return projects;
        } catch (EnvironmentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Who runs Blast. {@code CI=false} means what it says. */
    Caller caller(boolean interactive) {
        String ci = variables.getOrDefault("CI", "");
        boolean inCi = !ci.isEmpty() && !ci.equals("false") && !ci.equals("0");
        return new Caller(System.getProperty("user.name", ""), inCi, interactive, home);
    }

    /** The rules of all layers for a project, or every error of every file. */
    Policies policies(Project project) throws EnvironmentException, Failure {
        List<PolicyFile> files = sources().read(project, trust());
        return switch (Policy.load(files)) {
            case Loading.Loaded(Policy policy) -> new Policies(files, policy);
            case Loading.Refused(List<Diagnostic> errors) -> throw refused(errors);
        };
    }

    private static Failure refused(List<Diagnostic> errors) {
        var lines = new ArrayList<Message>();
        lines.add(
                Message.line(
                        errors.size() == 1
                                ? "a policy has an error"
                                : "policies have " + errors.size() + " errors"));
        errors.forEach(error -> lines.add(new Message(error.render().stripTrailing())));
        return new Failure(
                Exit.FINDINGS,
                Message.joined(lines, "\n"),
                List.of("nothing was done: without all its rules a policy decides nothing"));
    }

    Path distribution() {
        String distribution = System.getProperty(DISTRIBUTION);
        if (distribution == null) {
            throw new IllegalStateException(
                    "started without -D" + DISTRIBUTION + ", the folder that holds policies/");
        }
        return Path.of(distribution);
    }

    PolicySources sources() {
        return PolicySources.of(distribution().resolve("policies"), directories, home);
    }

    /** As people write it: {@code ~/src/shop}. */
    String shown(Path path) {
        return path.equals(home)
                ? "~"
                : path.startsWith(home) ? "~/" + home.relativize(path) : path.toString();
    }
}
