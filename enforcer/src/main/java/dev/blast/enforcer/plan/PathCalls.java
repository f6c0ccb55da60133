package dev.blast.enforcer.plan;

import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.SyscallAnswer.ByArguments;
import dev.blast.enforcer.plan.SyscallAnswer.Clause;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * System calls that name a path, where in their arguments, and what a witnessed session does with
 * them: the gate is told, and they go on as they were made. Whoever changes the path in between has
 * changed what is told, and nothing else: what may be opened, mounts and Landlock say.
 */
public final class PathCalls {
    /** A descriptor is looked at, by an empty path. */
    private static final int AT_EMPTY_PATH = 0x1000;

    /**
     * Where the arguments of a call stand.
     *
     * @param folder the descriptor from which the path leads, -1 for the folder that the program
     *     works in
     * @param path its address
     * @param flags those of open(2); -1 where it opens nothing
     */
    public record Place(int folder, int path, int flags) {}

    public static final Map<Syscall, Place> PLACES =
            new EnumMap<>(
                    Map.ofEntries(
                            Map.entry(Syscall.open, new Place(-1, 0, 1)),
                            Map.entry(Syscall.openat, new Place(0, 1, 2)),
                            Map.entry(Syscall.stat, new Place(-1, 0, -1)),
                            Map.entry(Syscall.lstat, new Place(-1, 0, -1)),
                            Map.entry(Syscall.newfstatat, new Place(0, 1, -1)),
                            Map.entry(Syscall.statx, new Place(0, 1, -1)),
                            Map.entry(Syscall.access, new Place(-1, 0, -1)),
                            Map.entry(Syscall.faccessat, new Place(0, 1, -1)),
                            Map.entry(Syscall.faccessat2, new Place(0, 1, -1)),
                            Map.entry(Syscall.execve, new Place(-1, 0, -1))));

    private PathCalls() {}

    /** What a call gets in a witnessed session, where it would get this in another. */
    static SyscallAnswer witnessed(Syscall syscall, SyscallAnswer answer) {
        if (!PLACES.containsKey(syscall)) {
            return answer;
        }
        SyscallAnswer told = told(answer);
        int flags =
                switch (syscall) {
                    case newfstatat -> 3;
                    case statx -> 2;
                    default -> -1;
                };
        return flags < 0
                ? told
                : new ByArguments(
                        List.of(
                                Clause.of(
                                        flags,
                                        SyscallAnswer.Match.ANY_BIT,
                                        AT_EMPTY_PATH,
                                        new SyscallAnswer.Allowed())),
                        told);
    }

    private static SyscallAnswer told(SyscallAnswer answer) {
        return switch (answer) {
            case SyscallAnswer.Allowed _ -> new SyscallAnswer.AtTheGate();
            case SyscallAnswer.Refused _, SyscallAnswer.AtTheGate _ -> answer;
            case ByArguments(List<Clause> clauses, SyscallAnswer otherwise) -> {
                List<Clause> all = new ArrayList<>();
                for (Clause it : clauses) {
                    all.add(
                            new Clause(
                                    it.argument(),
                                    it.match(),
                                    it.first(),
                                    it.last(),
                                    told(it.then())));
                }
                yield new ByArguments(all, told(otherwise));
            }
        };
    }
}
