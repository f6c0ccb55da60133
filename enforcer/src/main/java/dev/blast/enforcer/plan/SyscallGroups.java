package dev.blast.enforcer.plan;

import dev.blast.enforcer.kernel.Syscall;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The groups of system calls that a policy can name instead of single calls. */
public final class SyscallGroups {
    private SyscallGroups() {}

    /**
     * The groups that hold a call, as policies write them ({@code @files}, {@code @default}); none
     * where only its own name stands for it. Empty for a name that is no system call of Linux.
     */
    public static Optional<Set<String>> holding(String syscall) {
        if (!names().contains(syscall)) {
            return Optional.empty();
        }
        Set<String> groups = new TreeSet<>();
        for (SyscallGroup group : SyscallGroup.values()) {
            if (group.syscalls().contains(Syscall.valueOf(syscall))) {
                groups.add(group.policyName());
                if (SyscallGroup.DEFAULT.contains(group)) {
                    groups.add(SyscallGroup.DEFAULT_NAME);
                }
            }
        }
        return Optional.of(groups);
    }

    /** Everything that a policy may write for system calls: their names, and the groups. */
    public static Set<String> policyNames() {
        Set<String> names = new TreeSet<>(SyscallGroup.names());
        names.addAll(names());
        return names;
    }

    /** All system calls by name, in the order of their numbers. */
    public static List<String> names() {
        return Arrays.stream(Syscall.values()).map(Enum::name).toList();
    }
}
