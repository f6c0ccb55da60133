package dev.blast.enforcer;

import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.enforcer.spawn.Overseer;
import dev.blast.rules.vocabulary.Access;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What {@code blast run} does, for tests that need a process of their own: FOLDER COMMAND ARGUMENT…
 */
final class RunInSandbox {
    private RunInSandbox() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        PolicyBuilder policy =
                PolicyBuilder.system()
                        .grant(Access.WRITABLE, arguments[0])
                        .set("TERM", "dumb")
                        .set("PS1", "prompt> ");
        Plan plan =
                Confined.plan(
                        policy.build(),
                        folder,
                        Stdio.inherit(),
                        Arrays.copyOfRange(arguments, 1, arguments.length));
        int exitCode;
        try (Running running = Sandbox.startInForeground(plan, null, Overseer.NOBODY, _ -> {})) {
            exitCode = running.waitFor();
        }
        System.exit(exitCode);
    }
}
