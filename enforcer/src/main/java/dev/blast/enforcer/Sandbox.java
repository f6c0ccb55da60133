package dev.blast.enforcer;

import dev.blast.enforcer.gate.Gate;
import dev.blast.enforcer.gate.Gatekeeper;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.plan.Canary;
import dev.blast.enforcer.plan.EnforcerException;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.StartFailure;
import dev.blast.enforcer.plan.Step;
import dev.blast.enforcer.spawn.ForGate;
import dev.blast.enforcer.spawn.Orphans;
import dev.blast.enforcer.spawn.Overseer;
import dev.blast.enforcer.spawn.SandboxProcess;
import dev.blast.enforcer.spawn.StateReading;
import dev.blast.enforcer.spawn.Surroundings;
import dev.blast.enforcer.spawn.TemporaryRemains;
import dev.blast.enforcer.spawn.TerminalSignals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts what {@link Confinement} planned. */
public final class Sandbox {
    private Sandbox() {}

    /**
     * Applies the plan, verifies it and only then lets the program go. Where a step fails, nothing
     * has run.
     *
     * @throws EnforcerException where the kernel refuses a step, or what it says afterwards is not
     *     what was planned
     */
    public static Running start(Plan plan) throws EnforcerException {
        return start(plan, plan, false, null, Overseer.NOBODY, _ -> {}, Kernel.linux());
    }

    /**
     * The same with somebody who is asked what may be reached, where the plan has a gate.
     *
     * @param keeper of the gate
     */
    public static Running start(Plan plan, Gatekeeper keeper) throws EnforcerException {
        return start(plan, plan, false, keeper, Overseer.NOBODY, _ -> {}, Kernel.linux());
    }

    /**
     * The same, and until {@link Running#close} the signals of this process are the program's:
     * Ctrl-C and Ctrl-\ reach it from the terminal and do nothing here, what another process sends
     * to this one is passed on, and in the end the terminal is the caller's again. One at a time.
     * What it leaves in temporary folders can be asked for.
     *
     * @param keeper of the gate, where the plan has one
     * @param overseer told what it runs into
     * @param before called with it before its program's first instruction
     */
    public static Running startInForeground(
            Plan plan, @Nullable Gatekeeper keeper, Overseer overseer, Consumer<Running> before)
            throws EnforcerException {
        return start(plan, plan, true, keeper, overseer, before, Kernel.linux());
    }

    /**
     * @param planned what must be in force; for tests another than is carried out
     */
    static Running start(
            Plan plan,
            Plan planned,
            boolean foreground,
            @Nullable Gatekeeper keeper,
            Overseer overseer,
            Consumer<Running> before,
            Kernel kernel)
            throws EnforcerException {
        Canary canary = Canary.of(planned);
        return start(plan, planned, canary, foreground, keeper, overseer, before, kernel);
    }

    /**
     * The same.
     *
     * @param canary what must stay in force; for tests that of another plan
     */
    static Running start(
            Plan plan,
            Plan planned,
            Canary canary,
            boolean foreground,
            @Nullable Gatekeeper keeper,
            Overseer overseer,
            Consumer<Running> before,
            Kernel kernel)
            throws EnforcerException {
        for (Step step : plan.steps()) {
            if (step instanceof Step.MakeFolder(Path path)) {
                makeFolder(step, path);
            }
        }
        Orphans adopted = Orphans.adopted(plan, kernel);
        Orphans orphans = foreground ? adopted : null;
        SandboxProcess process =
                SandboxProcess.spawn(
                        plan,
                        Surroundings.of(plan, kernel),
                        canary,
                        orphans != null,
                        overseer,
                        kernel);
        TemporaryRemains remains =
                foreground
                        ? TemporaryRemains.of(plan, process.pid(), kernel)
                        : TemporaryRemains.ofNothing(kernel);
        TerminalSignals signals = null;
        Gate gate = null;
        try {
            signals = foreground ? TerminalSignals.passedTo(process.pidfd()) : null;
            StateReading reading = StateReading.of(planned, process);
            if (!reading.unmet().isEmpty()) {
                throw new EnforcerException(new StartFailure.NotInForce(reading.unmet()));
            }
            Optional<ForGate> kept = process.forGate();
            if (kept.isPresent()) {
                gate =
                        Gate.open(
                                process.pid(),
                                process.pidfd(),
                                kept.get(),
                                plan.kernel().processor(),
                                Objects.requireNonNull(keeper, "a gate has a keeper"),
                                kernel);
            }
            var running = new Running(process, reading.state(), gate, signals, orphans, remains);
            before.accept(running);
            process.release();
            return running;
        } catch (EnforcerException | RuntimeException e) {
            process.kill();
            remains.close();
            if (gate != null) {
                gate.close();
            }
            if (signals != null) {
                signals.close();
            }
            throw e;
        }
    }

    private static void makeFolder(Step step, Path path) throws EnforcerException {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new EnforcerException(new StartFailure.Failed(step, e));
        }
    }
}
