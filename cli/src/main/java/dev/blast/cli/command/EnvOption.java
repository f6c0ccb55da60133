package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Inherited;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.syntax.Arguments;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code --env KEY=VALUE}, {@code --env NAME} and {@code --env-file FILE}. */
final class EnvOption {
    private EnvOption() {}

    /** What is kept: each with its value. */
    static Map<String, String> read(Arguments arguments) throws Failure {
        return read(arguments, Map.of(), "--env takes KEY=VALUE, not '%s'");
    }

    /**
     * What holds for one start: the files in their order, and what stands on the command line over
     * them. A name alone has the value that it has for the caller.
     *
     * @param caller the person's variables
     */
    static Map<String, String> read(Invocation invocation, Map<String, String> caller)
            throws Failure {
        var variables = new LinkedHashMap<String, String>();
        for (String file : invocation.arguments().values("--env-file")) {
            variables.putAll(EnvFile.read(invocation.directory(), file));
        }
        variables.putAll(
                read(
                        invocation.arguments(),
                        Inherited.variables(caller),
                        "--env takes KEY=VALUE, or the name of a variable that is set; '%s' is neither"));
        return variables;
    }

    private static Map<String, String> read(
            Arguments arguments, Map<String, String> caller, String otherwise) throws Failure {
        var variables = new LinkedHashMap<String, String>();
        for (String assignment : arguments.values("--env")) {
            int equals = assignment.indexOf('=');
            @Nullable String inherited = equals < 0 ? caller.get(assignment) : null;
            if (inherited != null) {
                variables.put(assignment, inherited);
            } else if (equals > 0) {
                variables.put(assignment.substring(0, equals), assignment.substring(equals + 1));
            } else {
                throw new Failure(Exit.USAGE, otherwise.formatted(assignment));
            }
        }
        return variables;
    }
}
