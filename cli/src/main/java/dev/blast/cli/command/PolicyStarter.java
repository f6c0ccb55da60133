package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.StarterReport;
import dev.blast.environment.Cause;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Workspace;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code blast policy new}: a file of the project's own about one question, with rules to be edited
 * and the cases that try them. Nothing is written over.
 */
final class PolicyStarter {
    static final String USUAL = "connect";

    private static final List<String> ENDINGS = List.of(".drl", ".test.toml");

    private PolicyStarter() {}

    static int run(Invocation invocation, Workspace workspace, Project project, String topic)
            throws Failure {
        Path from = workspace.sources().shipped().resolve("starters");
        Path folder = folder(project);
        var made = new ArrayList<String>();
        for (String ending : ENDINGS) {
            Path file = folder.resolve(topic + ending);
            if (Files.exists(file)) {
                throw new Failure(
                        Exit.USAGE,
                        Message.of("%s is there already, and stays as it is", file),
                        List.of("edit it, or move it away first"));
            }
        }
        for (String ending : ENDINGS) {
            Path file = folder.resolve(topic + ending);
            write(file, from.resolve(topic + ending));
            made.add(project.directory().relativize(file).toString());
        }
        invocation.answer("policy-new", new StarterReport(topic, made));
        return Exit.DONE.code();
    }

    /** The folder that is read: {@code policies}, or the first that the project names instead. */
    private static Path folder(Project project) throws Failure {
        List<String> named = project.settings().policies().orElse(List.of("policies"));
        for (String name : named) {
            Path folder = project.directory().resolve(name).normalize();
            boolean isFolder = Files.isDirectory(folder) || !Files.exists(folder);
            if (isFolder && folder.startsWith(project.directory()) && !name.endsWith(".drl")) {
                return folder;
            }
        }
        throw new Failure(
                Exit.USAGE,
                "[tool.blast] policies names files alone: a new one would not be read",
                List.of("name a folder there: policies = [\"policies\"]"));
    }

    private static void write(Path file, Path starter) throws Failure {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file,
                    Files.readString(starter, StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new Failure(
                    Exit.FINDINGS,
                    Message.of("cannot write %s: %s", file, Cause.of(e, file)),
                    List.of());
        }
    }
}
