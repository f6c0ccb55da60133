package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.StarterReport;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.policies.PolicyText;
import dev.blast.environment.policies.PolicyWriter;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Workspace;
import dev.blast.rules.trial.TestFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * {@code blast policy new}: a file of the project's own about one question, with rules to be edited
 * and the cases that try them. Nothing is written over.
 */
final class PolicyStarter {
    static final String USUAL = "connect";

    private PolicyStarter() {}

    static int run(Invocation invocation, Workspace workspace, Project project, String topic)
            throws EnvironmentException, Failure {
        Path from = workspace.sources().shipped().resolve("starters");
        Path folder = project.directory().relativize(folder(project));
        var room = new PolicyText();
        var texts = new LinkedHashMap<Path, String>();
        for (String name : List.of(topic + ".drl", TestFile.beside(topic + ".drl"))) {
            texts.put(folder.resolve(name), room.read(from.resolve(name)));
        }
        PolicyWriter.below(project.directory()).create(texts);
        List<String> made = texts.keySet().stream().map(Path::toString).toList();
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
}
