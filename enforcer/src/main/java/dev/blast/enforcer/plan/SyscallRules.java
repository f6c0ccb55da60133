package dev.blast.enforcer.plan;

import dev.blast.enforcer.kernel.Syscall;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which system calls, and which socket families, a program may use.
 *
 * @param named calls that a policy names one by one; for these no argument is looked at
 */
public record SyscallRules(Set<Syscall> allowed, Set<Syscall> named, Set<AddressFamily> families) {

    /**
     * From the names in a policy; an empty set of allowed names stands for the default. What {@link
     * SyscallGroup#CORE} holds cannot be denied: the sandbox's own first process needs it.
     *
     * @param problems gets a sentence for each name that means nothing
     */
    public static SyscallRules of(
            Set<String> allowedNames, Set<String> deniedNames, List<String> problems) {
        Names allowed =
                Names.of(
                        allowedNames.isEmpty() ? Set.of(SyscallGroup.DEFAULT_NAME) : allowedNames,
                        problems);
        Names denied = Names.of(deniedNames, problems);
        Set<AddressFamily> families = EnumSet.noneOf(AddressFamily.class);
        families.addAll(allowed.families);
        families.removeAll(denied.families);
        Set<Syscall> syscalls = EnumSet.copyOf(allowed.syscalls);
        denied.groups.stream()
                .filter(group -> group.families().isEmpty() || group == SyscallGroup.SOCKETS)
                .forEach(group -> syscalls.removeAll(group.syscalls()));
        syscalls.removeAll(denied.single);
        syscalls.addAll(SyscallGroup.CORE.syscalls());
        Set<Syscall> named = EnumSet.noneOf(Syscall.class);
        named.addAll(allowed.single);
        named.removeAll(denied.single);
        return new SyscallRules(syscalls, named, families);
    }

    /**
     * The same without a socket that could be connected to anything: where there are no namespaces,
     * the sockets of the machine, by which a program would have others act for it, can be named.
     * Pairs of connected sockets stay.
     */
    public SyscallRules withoutNetwork() {
        Set<Syscall> looked = EnumSet.noneOf(Syscall.class);
        looked.addAll(named);
        looked.removeAll(Set.of(Syscall.socket, Syscall.socketpair));
        return new SyscallRules(allowed, looked, Set.of());
    }

    /** What a set of names stands for. */
    private record Names(
            Set<SyscallGroup> groups,
            Set<Syscall> single,
            Set<Syscall> syscalls,
            Set<AddressFamily> families) {

        static Names of(Set<String> names, List<String> problems) {
            Names found =
                    new Names(
                            EnumSet.noneOf(SyscallGroup.class),
                            EnumSet.noneOf(Syscall.class),
                            EnumSet.noneOf(Syscall.class),
                            EnumSet.noneOf(AddressFamily.class));
            for (String name : new ArrayList<>(names)) {
                Optional<Set<SyscallGroup>> groups = SyscallGroup.named(name);
                Optional<Syscall> syscall = Syscall.named(name);
                groups.ifPresent(found.groups::addAll);
                syscall.ifPresent(found.single::add);
                if (groups.isEmpty() && syscall.isEmpty()) {
                    problems.add(
                            "'"
                                    + name
                                    + "' is no system call and no group of them; the groups are "
                                    + String.join(" ", SyscallGroup.names()));
                }
            }
            for (SyscallGroup group : found.groups) {
                found.syscalls.addAll(group.syscalls());
                found.families.addAll(group.families());
            }
            found.syscalls.addAll(found.single);
            return found;
        }
    }
}
