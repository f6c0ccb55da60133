package dev.blast.enforcer;

import dev.blast.enforcer.gate.Gate;
import dev.blast.enforcer.spawn.Ending;
import dev.blast.enforcer.spawn.Orphans;
import dev.blast.enforcer.spawn.SandboxProcess;
import dev.blast.enforcer.spawn.SandboxState;
import dev.blast.enforcer.spawn.TemporaryRemains;
import dev.blast.enforcer.spawn.TemporaryRemains.Remains;
import dev.blast.enforcer.spawn.TerminalSignals;
import dev.blast.rules.fact.ViolationKind;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program inside its sandbox. It dies with this object, and with the process that started it.
 * Safe on any thread.
 */
public final class Running implements AutoCloseable {
    private final SandboxProcess process;
    private final SandboxState state;
    private final @Nullable Gate gate;
    private final @Nullable TerminalSignals signals;
    private final @Nullable Orphans orphans;
    private final TemporaryRemains remains;

    /**
     * @param remains closed with it
     */
    Running(
            SandboxProcess process,
            SandboxState state,
            @Nullable Gate gate,
            @Nullable TerminalSignals signals,
            @Nullable Orphans orphans,
            TemporaryRemains remains) {
        this.remains = remains;
        this.process = process;
        this.state = state;
        this.gate = gate;
        this.signals = signals;
        this.orphans = orphans;
    }

    /** The process number, here outside, of the sandbox's first process. */
    public long pid() {
        return process.pid();
    }

    /** The cgroups that were made for it. */
    public List<Path> groups() {
        return process.groups();
    }

    /** Whether what the program leaves behind becomes a child of this process. */
    public boolean adoptsOrphans() {
        return orphans != null;
    }

    /** What the kernel said was in force before the program's first instruction. */
    public SandboxState state() {
        return state;
    }

    /** Waits for the program: its exit code, or 128 and the number of the signal that ended it. */
    public int waitFor() throws InterruptedException {
        return process.waitFor().exitCode();
    }

    /** Waits for the program, and says which limits it ran into. */
    public Ending ending() throws InterruptedException {
        return process.waitFor();
    }

    /** What lies in its temporary folders, once the program has ended. For one thread. */
    public Remains remains() {
        return remains.list();
    }

    /** Sends the program a signal, by its Linux number; nothing happens where it has ended. */
    public void signal(int number) {
        process.signal(number);
    }

    /** Counts something that its program ran into, and returns at once. */
    public void violated(ViolationKind kind, String subject) {
        process.violated(kind, subject);
    }

    /** Lets it go on where it was frozen; false where it stays so, which only ending it ends. */
    public boolean thaw() {
        return process.thaw();
    }

    /** Whether nothing of it runs until {@link #thaw}. */
    public boolean isFrozen() {
        return process.isFrozen();
    }

    /** Kills everything in the sandbox and waits until it is gone. */
    @Override
    public void close() {
        if (gate != null && !process.hasExited()) {
            gate.breakOff();
        }
        process.kill();
        remains.close();
        if (gate != null) {
            gate.close();
        }
        if (orphans != null) {
            orphans.close();
        }
        if (signals != null) {
            signals.close();
        }
    }
}
