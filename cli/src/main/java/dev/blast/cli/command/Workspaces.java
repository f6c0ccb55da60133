package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.terminal.Console;
import dev.blast.environment.Directories;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.copy.ProjectCopy;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Grounds;
import dev.blast.environment.session.Policies;
import dev.blast.environment.session.Workspace;
import dev.blast.packaging.Message;
import dev.blast.packaging.Visible;
import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.PolicyFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The places that a command line works with, as it and its variables name them. */
final class Workspaces {
    private Workspaces() {}

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
    static Path projectFolder(Workspace workspace, Invocation invocation) {
        Path folder = Project.directoryOf(invocation.directory(), workspace.home());
        String command = invocation.arguments().command();
        boolean changes = command.equals("start") || command.equals("sync");
        if (!folder.equals(invocation.directory())
                && (changes || invocation.console().isVerbose())) {
            invocation.console().say("blast: project found in " + workspace.shown(folder));
        }
        return folder;
    }

    /**
     * The project itself, with the lock of the environment that is meant. What a killed Blast was
     * about to keep of a throwaway copy is in it before anybody reads it.
     */
    static Project project(Workspace workspace, Invocation invocation)
            throws EnvironmentException, Failure {
        ProjectCopy.settle(workspace.directories())
                .forEach(it -> invocation.console().say("blast: " + it));
        Project project = Project.at(projectFolder(workspace, invocation), workspace.documents());
        return project.lockedIn(Whereabouts.of(invocation, workspace, project.directory()));
    }

    /** The rules of all layers for a project, or every error of every file. */
    static Policies policies(Workspace workspace, Project project)
            throws EnvironmentException, Failure {
        List<PolicyFile> files = workspace.sources().read(project, workspace.trust());
        return switch (Policy.load(files, workspace.memory())) {
            case Loading.Loaded(Policy policy) -> new Policies(files, policy);
            case Loading.Refused(List<Diagnostic> errors) -> throw refused(errors);
        };
    }

    /** The same, and a line on each place where a rule may not narrow what it seems to narrow. */
    static Policies policies(Workspace workspace, Project project, Console console)
            throws EnvironmentException, Failure {
        Policies policies = policies(workspace, project);
        exposed(workspace, policies.files()).forEach(it -> console.say("blast: " + it));
        for (Diagnostic it : policies.policy().withoutEffect()) {
            console.say(
                    "blast: %s:%d:%d: %s"
                            .formatted(
                                    Visible.of(it.file()),
                                    it.line(),
                                    it.column(),
                                    Visible.of(it.message())));
        }
        return policies;
    }

    /** Whose policies others may change, a sentence each. */
    static List<String> exposed(Workspace workspace, List<PolicyFile> files)
            throws EnvironmentException {
        var sentences = new ArrayList<String>();
        if (files.stream().anyMatch(PolicyFile::isExposed)) {
            workspace
                    .sources()
                    .exposed()
                    .forEach((file, why) ->
                            sentences.add(
                                    "%s %s; what it opens or chooses counts as a stranger's (chmod go-w, or chown)"
                                            .formatted(Visible.of(file), Visible.of(why))));
        }
        return sentences;
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
                List.of("nothing was done: without all its rules a policy decides nothing"),
                errors);
    }

    /**
     * @param project the folder, without links
     * @throws Failure where nothing may be a project
     */
    static void requireGround(Path project, Workspace workspace) throws Failure {
        Optional<String> why = Grounds.refusal(project, workspace);
        if (why.isPresent()) {
            throw noGround(project, why.get());
        }
    }

    static Failure noGround(Path project, String why) {
        return new Failure(
                Exit.FINDINGS,
                project + " cannot be a project: " + why,
                "a session may write its project; work in a folder of its own: mkdir NAME && cd NAME");
    }
}
