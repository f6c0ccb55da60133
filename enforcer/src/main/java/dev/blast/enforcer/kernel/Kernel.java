package dev.blast.enforcer.kernel;

import dev.blast.enforcer.spawn.SpawnTable;

/**
 * The system calls of this process, on the calling thread. Tests script it. Arguments are numbers
 * and addresses of {@link NativeMemory}, which the caller keeps reachable until the call is over.
 */
public interface Kernel {

    /** The result as the kernel returns it: a negative number is the errno, negated. */
    long call(Syscall syscall, long... arguments);

    /**
     * Runs a {@link SpawnTable}: its first three rows on this thread, the second being the clone,
     * and the rest in the child. Returns what the clone returned, once the child has gone through
     * execve or has ended.
     */
    long spawn(long tableAddress);

    /**
     * Whether {@link #spawn} can work at all: 0, or the errno where no machine code may be mapped.
     */
    int spawnRefusal();

    /**
     * On another system or processor one that has no call at all: the numbers mean something else
     * there.
     */
    static Kernel linux() {
        return isLinux() && Processor.here().isPresent() ? LinuxKernel.instance() : new NoLinux();
    }

    static boolean isLinux() {
        return "Linux".equals(System.getProperty("os.name"));
    }
}
