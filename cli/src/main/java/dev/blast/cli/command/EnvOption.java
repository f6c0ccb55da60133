package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.syntax.Arguments;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code --env KEY=VALUE}. */
final class EnvOption {
    private EnvOption() {}

    static Map<String, String> read(Arguments arguments) throws Failure {
        var variables = new LinkedHashMap<String, String>();
        for (String assignment : arguments.values("--env")) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw new Failure(Exit.USAGE, "--env takes KEY=VALUE, not '" + assignment + "'");
            }
            variables.put(assignment.substring(0, equals), assignment.substring(equals + 1));
        }
        return variables;
    }
}
