package dev.blast.environment.session;

import dev.blast.enforcer.plan.Stdio;
import dev.blast.enforcer.plan.ThrowawayCopy;
import dev.blast.rules.fact.SandboxLayer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to run.
 *
 * @param command the program and its arguments
 * @param directory where it is to work
 * @param caller the variables of who asks; of these rules pass some
 * @param set variables that this person sets, beside those of the environment; no rule needs to
 *     pass them
 * @param accepted layers of the sandbox that this person can do without
 * @param connects whether rules are asked what it may reach; else it reaches nothing
 * @param copy of the project's folder, which it changes instead; null for the folder itself
 * @param witnessed whether paths that it names and calls that it is refused are told of
 */
public record Wish(
        List<String> command,
        Path directory,
        Stdio stdio,
        Map<String, String> caller,
        Map<String, String> set,
        Set<SandboxLayer> accepted,
        boolean connects,
        @Nullable ThrowawayCopy copy,
        boolean witnessed) {
    public Wish(
            List<String> command,
            Path directory,
            Stdio stdio,
            Map<String, String> caller,
            Map<String, String> set,
            Set<SandboxLayer> accepted,
            boolean connects) {
        this(command, directory, stdio, caller, set, accepted, connects, null, false);
    }

    public Wish {
        command = List.copyOf(command);
        caller = Map.copyOf(caller);
        set = Map.copyOf(set);
        accepted = Set.copyOf(accepted);
    }

    /** The same in a copy of the project. */
    public Wish in(ThrowawayCopy other) {
        return new Wish(
                command, directory, stdio, caller, set, accepted, connects, other, witnessed);
    }

    /** The same in a session that tells of paths and refusals, with these streams. */
    public Wish witnessed(Stdio streams) {
        return new Wish(command, directory, streams, caller, set, accepted, connects, copy, true);
    }
}
