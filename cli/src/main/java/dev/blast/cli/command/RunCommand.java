package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Inherited;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.invocation.LayerNames;
import dev.blast.enforcer.kernel.NativeText;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.environment.project.InlineScript;
import dev.blast.environment.session.Habitat;
import dev.blast.environment.session.Wish;
import dev.blast.environment.session.Workspace;
import dev.blast.rules.fact.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code blast run}: a command in the environment, confined as the rules say. Its exit code is
 * ours.
 */
public final class RunCommand implements Command {

    @Override
    public int run(Invocation invocation) throws Exception {
        if (invocation.arguments().has("--json")) {
            throw new Failure(
                    Exit.USAGE,
                    "run has no document of its own: what the command writes is the output, its exit code the answer",
                    "an option of the command stands after it: blast run COMMAND --json");
        }
        PictureFiles pages = PictureFiles.of(invocation);
        Workspace workspace = Workspaces.of(invocation);
        List<String> command = invocation.arguments().operands();
        Optional<Path> script = script(command.getFirst(), invocation.directory());
        Optional<InlineScript> inline =
                script.isPresent() ? InlineScript.of(script.get()) : Optional.empty();
        var passing = new PassingEnvironment(invocation, workspace);
        if (inline.isEmpty() && !passing.isAsked()) {
            requireNoChoice(invocation);
        }
        Habitat habitat =
                inline.isPresent()
                        ? passing.of(inline.get(), script.get())
                        : passing.isAsked()
                                ? passing.of(
                                        Workspaces.project(workspace, invocation),
                                        nameOf(command.getFirst()))
                                : Habitats.of(
                                        invocation,
                                        workspace,
                                        Purpose.RUN,
                                        script.isPresent() ? "python" : nameOf(command.getFirst()));
        return ThrowawayRun.run(
                habitat,
                invocation,
                pages,
                new Wish(
                        script.isPresent() ? byPython(command, script.get()) : command,
                        place(habitat, inline.isPresent(), invocation),
                        Stdio.inherit(),
                        Inherited.variables(workspace.variables()),
                        EnvOption.read(invocation, workspace.variables()),
                        LayerNames.accepted(invocation.arguments()),
                        true));
    }

    /** A file of Python that need not be executable; empty where a program is named. */
    static Optional<Path> script(String word, Path directory) throws IOException, Failure {
        if (!word.endsWith(".py")) {
            return Optional.empty();
        }
        if (!NativeText.isText(word)) {
            throw new Failure(
                    Exit.USAGE,
                    "the script's name is not text in UTF-8: " + word,
                    "Python takes it as it is: blast run python FILE.py");
        }
        Path file = directory.resolve(word);
        return Files.isRegularFile(file) ? Optional.of(file.toRealPath()) : Optional.empty();
    }

    static List<String> byPython(List<String> command, Path script) {
        var all = new ArrayList<String>(List.of("python", script.toString()));
        all.addAll(command.subList(1, command.size()));
        return all;
    }

    /** A script works in its folder, unless it was called from within that. */
    private static Path place(Habitat habitat, boolean isScript, Invocation invocation)
            throws IOException, Failure {
        Path here;
        try {
            here = invocation.directory().toRealPath();
        } catch (NoSuchFileException e) {
            throw new Failure(
                    Exit.FINDINGS,
                    "the folder that this runs in is not there any more: " + invocation.directory(),
                    "cd to another one; -C DIR works as if started there");
        }
        Path folder = habitat.project().directory();
        if (!isScript || here.startsWith(folder)) {
            return invocation.directory();
        }
        invocation
                .console()
                .say(
                        "blast: the script works in its own folder, %s; it cannot see this one"
                                .formatted(folder));
        return folder;
    }

    /** What chooses for an environment that is made now says nothing of one that is there. */
    private static void requireNoChoice(Invocation invocation) throws Failure {
        for (String option : List.of("--python", "--offline", "--index-url")) {
            if (invocation.arguments().has(option)) {
                throw new Failure(
                        Exit.USAGE,
                        option + " goes with --with NAME, or with a script that says what it needs",
                        "for the project's own environment: blast sync " + option);
            }
        }
    }

    static String nameOf(String program) {
        return program.substring(program.lastIndexOf('/') + 1);
    }
}
