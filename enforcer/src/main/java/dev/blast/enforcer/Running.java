package dev.blast.enforcer;

/** A program inside its sandbox. It dies with this object, and with the process that started it. */
public final class Running implements AutoCloseable {
    Running() {}

    /** The process number, here outside, of the sandbox's first process. */
    public long pid() {
        throw new IllegalStateException("not started");
    }

    /** What the kernel said was in force before the program's first instruction. */
    public SandboxState state() {
        throw new IllegalStateException("not started");
    }

    /** Waits for the program: its exit code, or 128 and the number of the signal that ended it. */
    public int waitFor() throws InterruptedException {
        throw new IllegalStateException("not started");
    }

    /** Sends the program a signal, by its Linux number; nothing happens where it has ended. */
    public void signal(int number) {
        throw new IllegalStateException("not started");
    }

    /** Kills everything in the sandbox and removes its cgroups. */
    @Override
    public void close() {
        throw new IllegalStateException("not started");
    }
}
