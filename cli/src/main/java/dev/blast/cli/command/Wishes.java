package dev.blast.cli.command;

import dev.blast.cli.terminal.Console;
import dev.blast.environment.Environment;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.project.Project;
import dev.blast.environment.project.PythonVersionFile;
import dev.blast.environment.session.Grounds;
import dev.blast.environment.sync.SyncResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What files and variables of other tools ask for: followed, or said not to be. */
final class Wishes {
    /** Each names an environment: one that is activated, or one for every project. */
    private static final List<String> ENVIRONMENTS =
            List.of("VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT");

    private static final String CONDA = "CONDA_PREFIX";

    /** What chooses interpreter, place or files for other tools, and for Blast does not. */
    private static final List<String> NOT_FOLLOWED =
            List.of(
                    "PIPENV_CUSTOM_VENV_NAME",
                    "PIPENV_DEFAULT_PYTHON_VERSION",
                    "PIPENV_PIPFILE",
                    "PIPENV_PYTHON",
                    "POETRY_VIRTUALENVS_PATH",
                    "UV_MANAGED_PYTHON",
                    "UV_NO_MANAGED_PYTHON",
                    "UV_PYTHON_PREFERENCE",
                    "VIRTUALENV_PYTHON");

    private Wishes() {}

    /**
     * The interpreter that a person names: by hand, or for all their commands. A quoted {@code ~}
     * no shell has replaced.
     */
    static Optional<String> python(
            @Nullable String option, Map<String, String> variables, Path home) {
        return Optional.ofNullable(option)
                .or(() ->
                        Optional.ofNullable(variables.get("UV_PYTHON"))
                                .filter(text -> !text.isBlank()))
                .map(text -> text.startsWith("~/") ? home + text.substring(1) : text);
    }

    /** A line for each other environment that a variable names than the one that is used. */
    static List<String> elsewhere(Environment used, Map<String, String> variables) {
        var lines = new ArrayList<String>();
        for (String variable : ENVIRONMENTS) {
            String named = variables.get(variable);
            if (named != null && !named.isBlank()) {
                Path own = used.root();
                Path other = used.project().resolve(Path.of(named)).normalize();
                if (!other.equals(own) && !Grounds.real(other).equals(Grounds.real(own))) {
                    lines.add(
                            "%s=%s is not followed: the environment is %s"
                                    .formatted(variable, named, own));
                }
            }
        }
        return lines;
    }

    /** The names of variables that are set and change nothing here. */
    static List<String> notFollowed(Map<String, String> variables) {
        var names = new ArrayList<String>();
        for (String name : NOT_FOLLOWED) {
            if (!variables.getOrDefault(name, "").isBlank()) {
                names.add(name);
            }
        }
        return names;
    }

    /** A line for each that was not followed, where an interpreter was chosen. */
    static void say(
            Project project,
            SyncResult.Reached result,
            Map<String, String> variables,
            Console console) {
        Optional<Interpreter> used =
                switch (result) {
                    case SyncResult.Done done -> Optional.of(done.answer().interpreter());
                    case SyncResult.Planned(SyncResult.Answer answer) ->
                            Optional.of(answer.interpreter());
                    case SyncResult.UpToDate _ -> Optional.empty();
                };
        if (used.isEmpty()) {
            return;
        }
        Interpreter interpreter = used.get();
        String conda = variables.getOrDefault(CONDA, "");
        if (conda.startsWith("/")
                && !interpreter.basePrefix().startsWith(Grounds.real(Path.of(conda)))) {
            console.complain(
                    "%s=%s is active and not followed: the environment rests on %s"
                            .formatted(CONDA, conda, interpreter.executable()));
        }
        PythonVersionFile.of(project)
                .filter(file -> !file.isFollowedBy(interpreter))
                .ifPresent(file ->
                        console.complain(
                                ".python-version asks for %s; the environment has %s %s"
                                        .formatted(
                                                file.wish(),
                                                interpreter.implementation(),
                                                interpreter.version())));
    }
}
