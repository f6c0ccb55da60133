package dev.blast.cli;

import dev.blast.cli.terminal.Console;
import dev.blast.environment.Environment;
import dev.blast.environment.Project;
import dev.blast.environment.PythonVersionFile;
import dev.blast.environment.SyncResult;
import dev.blast.environment.interpreter.Interpreter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What files and variables of other tools ask for: followed, or said not to be. */
final class Wishes {
    private static final String OTHER_ENVIRONMENT = "UV_PROJECT_ENVIRONMENT";

    private Wishes() {}

    /** The interpreter that a person names: by hand, or for all their commands. */
    static Optional<String> python(Optional<String> option, Map<String, String> variables) {
        return option.or(() ->
                Optional.ofNullable(variables.get("UV_PYTHON")).filter(text -> !text.isBlank()));
    }

    /** A line for each that was not followed. */
    static void say(
            Project project, SyncResult result, Map<String, String> variables, Console console) {
        Environment environment = project.environment();
        String other = variables.getOrDefault(OTHER_ENVIRONMENT, "");
        if (!other.isBlank()
                && !project.directory()
                        .resolve(Path.of(other))
                        .normalize()
                        .equals(environment.root())) {
            console.complain(
                    "blast: %s=%s is not followed: the environment is %s\n"
                            .formatted(OTHER_ENVIRONMENT, other, environment.root()));
        }
        Optional<Interpreter> used =
                switch (result) {
                    case SyncResult.Done done -> Optional.of(done.answer().interpreter());
                    case SyncResult.Planned(SyncResult.Answer answer) ->
                            Optional.of(answer.interpreter());
                    default -> Optional.empty();
                };
        PythonVersionFile.of(project)
                .filter(file -> used.isPresent() && !file.isFollowedBy(used.get()))
                .ifPresent(file ->
                        console.complain(
                                "blast: .python-version asks for %s; the environment has %s %s\n"
                                        .formatted(
                                                file.wish(),
                                                used.get().implementation(),
                                                used.get().version())));
    }
}
