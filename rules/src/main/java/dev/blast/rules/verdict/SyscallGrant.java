package dev.blast.rules.verdict;

import dev.blast.rules.vocabulary.SyscallGroup;
import dev.blast.rules.vocabulary.SyscallNames;
import java.util.Set;

/**
 * What one rule says of a system call, or of a group of them.
 *
 * @param name as the rule writes it: {@code ptrace}, {@code @files}
 * @param open whether it opens it; else it closes it
 */
public record SyscallGrant(String name, boolean open, Reason reason) {
    public SyscallGrant {
        if (!SyscallNames.ALL.contains(name)) {
            throw new IllegalArgumentException("no system call and no group: " + name);
        }
    }

    /** The groups that it names; none where it names one call. */
    Set<SyscallGroup> groups() {
        return SyscallGroup.named(name).orElse(Set.of());
    }
}
