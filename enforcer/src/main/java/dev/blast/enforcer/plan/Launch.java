package dev.blast.enforcer.plan;

import dev.blast.rules.fact.SandboxLayer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to run.
 *
 * @param command the program and its arguments; a name without a slash is looked for on the {@code
 *     PATH} that the program will see, among what it may see
 * @param workingDirectory absolute
 * @param environment the caller's variables; of these only the ones that the policy passes reach
 *     the program, and what the policy sets comes on top
 * @param acceptedMissing layers that a person or a rule accepted to run without
 * @param privateFolder an empty folder that only this user can enter, for what is temporary where
 *     nothing can be mounted; the caller removes it. Null for none
 * @param gate where somebody outside is to connect for it; null where nothing connects
 * @param copy of a folder, which is all that the program changes there; null where it changes the
 *     folder itself
 */
public record Launch(
        List<String> command,
        Path workingDirectory,
        Map<String, String> environment,
        Stdio stdio,
        Set<SandboxLayer> acceptedMissing,
        @Nullable Path privateFolder,
        @Nullable GateWanted gate,
        @Nullable ThrowawayCopy copy) {
    public Launch(
            List<String> command,
            Path workingDirectory,
            Map<String, String> environment,
            Stdio stdio,
            Set<SandboxLayer> acceptedMissing,
            @Nullable Path privateFolder,
            @Nullable GateWanted gate) {
        this(
                command,
                workingDirectory,
                environment,
                stdio,
                acceptedMissing,
                privateFolder,
                gate,
                null);
    }

    public Launch(
            List<String> command,
            Path workingDirectory,
            Map<String, String> environment,
            Stdio stdio,
            Set<SandboxLayer> acceptedMissing) {
        this(command, workingDirectory, environment, stdio, acceptedMissing, null, null);
    }

    public Launch {
        if (command.isEmpty()) {
            throw new IllegalArgumentException("no command to run");
        }
        if (!workingDirectory.isAbsolute()) {
            throw new IllegalArgumentException(
                    "the working directory is not absolute: " + workingDirectory);
        }
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        acceptedMissing = Set.copyOf(acceptedMissing);
    }
}
