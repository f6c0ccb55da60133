package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Inherited;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.invocation.LayerNames;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.environment.session.Habitat;
import dev.blast.environment.session.Wish;
import dev.blast.environment.session.Workspace;
import dev.blast.rules.fact.Purpose;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code blast shell}: the person's own kind of shell in the sandbox. Without its start files: they
 * are the home's, which is not there, and would put other folders before the environment's on PATH.
 */
public final class ShellCommand implements Command {
    private static final String FISH_PROMPT =
            """
            functions -c fish_prompt _blast_prompt
            function fish_prompt; printf '(%s) ' $VIRTUAL_ENV_PROMPT; _blast_prompt; end\
            """;

    @Override
    public int run(Invocation invocation) throws Exception {
        Workspace workspace = Workspaces.of(invocation);
        String shell = workspace.variables().getOrDefault("SHELL", "/bin/sh");
        String name = String.valueOf(Path.of(shell).getFileName());
        Habitat habitat = Habitats.of(invocation, workspace, Purpose.SHELL, name);
        String environment = habitat.context().session().environment();
        var set = new HashMap<String, String>(EnvOption.read(invocation, workspace.variables()));
        Optional<String> script = invocation.arguments().value("-c");
        if (script.isEmpty()) {
            set.putAll(prompt(name, environment));
            invocation
                    .console()
                    .say(
                            "blast: %s in the sandbox of %s; exit leaves it"
                                    .formatted(name, environment));
        }
        return ThrowawayRun.run(
                habitat,
                invocation,
                PictureFiles.of(invocation),
                new Wish(
                        script.map(it -> command(shell, name, it))
                                .orElseGet(
                                        () -> command(shell, name, invocation.terminal().input())),
                        invocation.directory(),
                        Stdio.inherit(),
                        Inherited.variables(workspace.variables()),
                        set,
                        LayerNames.accepted(invocation.arguments()),
                        true));
    }

    /** Interactive where a person types; fed from a pipe it is a script. */
    private static List<String> command(String shell, String name, boolean interactive) {
        var command = withoutStartFiles(shell, name);
        if (name.equals("fish")) {
            command.addAll(List.of("-C", FISH_PROMPT));
        }
        if (interactive) {
            command.add("-i");
        }
        return command;
    }

    /** One script, as each of them takes it. */
    private static List<String> command(String shell, String name, String script) {
        var command = withoutStartFiles(shell, name);
        command.addAll(List.of("-c", script));
        return command;
    }

    private static List<String> withoutStartFiles(String shell, String name) {
        var command = new ArrayList<String>(List.of(shell));
        command.addAll(
                switch (name) {
                    case "bash" -> List.of("--noprofile", "--norc");
                    case "zsh" -> List.of("--no-rcs");
                    case "fish" -> List.of("--no-config");
                    default -> List.of();
                });
        return command;
    }

    /** fish makes its prompt with a function; the others read a variable. */
    private static Map<String, String> prompt(String name, String environment) {
        return switch (name) {
            case "bash" -> Map.of("PS1", "($VIRTUAL_ENV_PROMPT) \\w\\$ ");
            case "zsh" -> Map.of("PS1", "(" + environment.replace("%", "%%") + ") %~%# ");
            case "fish" -> Map.of();
            default -> Map.of("PS1", "($VIRTUAL_ENV_PROMPT) $ ");
        };
    }
}
