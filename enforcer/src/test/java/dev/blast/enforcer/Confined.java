package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.blast.enforcer.gate.Gatekeeper;
import dev.blast.enforcer.plan.EnforcerException;
import dev.blast.enforcer.plan.GateWanted;
import dev.blast.enforcer.plan.KernelFeatures;
import dev.blast.enforcer.plan.Launch;
import dev.blast.enforcer.plan.MissingLayer;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Planning;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.enforcer.spawn.Ending;
import dev.blast.enforcer.spawn.KernelProbe;
import dev.blast.enforcer.spawn.LimitHit;
import dev.blast.enforcer.spawn.SandboxState;
import dev.blast.enforcer.text.MissingLayerText;
import dev.blast.enforcer.text.StartFailureText;
import dev.blast.rules.fact.SandboxLayer;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.vocabulary.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** Runs commands in real sandboxes and collects what they print. */
public final class Confined {
    private static final KernelFeatures KERNEL = KernelProbe.ask();
    private static final GateWanted GATE = new GateWanted("nameserver 127.0.0.1\n");

    private final Path folder;
    private final PolicyBuilder policy;
    private KernelFeatures kernel = KERNEL;
    private Set<SandboxLayer> accepted = Set.of();
    private @Nullable Path privateFolder;
    private @Nullable GateWanted gate;
    private @Nullable Gatekeeper keeper;

    /** How a command ended and what it printed, errors included. */
    record Result(int exitCode, String output, SandboxState state, List<LimitHit> hits) {}

    /** The folder is where commands work, and granted for writing. */
    public Confined(Path folder, PolicyBuilder policy) {
        this.folder = folder;
        this.policy = policy.grant(Access.WRITABLE, folder.toString());
    }

    /** As if the kernel could do only this. */
    Confined on(KernelFeatures other) {
        kernel = other;
        return this;
    }

    Confined accepting(Set<SandboxLayer> layers) {
        accepted = layers;
        return this;
    }

    /** With a folder for what is temporary where nothing can be mounted. */
    Confined privately(Path path) {
        privateFolder = path;
        return this;
    }

    /** With a gate, and this keeper at it. */
    Confined gate(Gatekeeper gatekeeper) {
        keeper = gatekeeper;
        gate = GATE;
        return this;
    }

    /** The same, and the keeper is told of paths and refusals. */
    Confined witnessed(Gatekeeper gatekeeper) {
        keeper = gatekeeper;
        gate = new GateWanted(GATE.resolverFile(), true);
        return this;
    }

    static KernelFeatures kernel() {
        return KERNEL;
    }

    public Result run(String... command) throws Exception {
        Path log = Files.createTempFile("confined", ".log");
        try (Running running = start(plan(log, command))) {
            Ending ending = running.ending();
            return new Result(
                    ending.exitCode(), Files.readString(log), running.state(), ending.limitsHit());
        } finally {
            Files.delete(log);
        }
    }

    private Running start(Plan plan) throws EnforcerException {
        return keeper == null ? Sandbox.start(plan) : Sandbox.start(plan, keeper);
    }

    /** Python's answer to an expression or what it raised: {@code "PermissionError 13"}. */
    public String python(String statement) throws Exception {
        String program =
                """
                import os, sys, socket, ctypes, errno
                try:
                    %s
                except OSError as e:
                    print(type(e).__name__, errno.errorcode.get(e.errno))
                except Exception as e:
                    print(type(e).__name__, e)
                """
                        .formatted(statement.replace("\n", "\n    "));
        return run("python3", "-I", "-c", program).output().strip();
    }

    public Plan plan(Path log, String... command) {
        Launch launch =
                new Launch(
                        List.of(command),
                        folder,
                        Map.of(),
                        Stdio.logged(log),
                        accepted,
                        privateFolder,
                        gate);
        return planned(Confinement.plan(policy.build(), launch, kernel));
    }

    public static Plan plan(SandboxPolicy policy, Path folder, Stdio stdio, String... command) {
        return plan(policy, folder, stdio, null, command);
    }

    static Plan planWithGate(SandboxPolicy policy, Path folder, Stdio stdio, String... command) {
        return plan(policy, folder, stdio, GATE, command);
    }

    private static Plan plan(
            SandboxPolicy policy,
            Path folder,
            Stdio stdio,
            @Nullable GateWanted wanted,
            String... command) {
        Launch launch =
                new Launch(List.of(command), folder, Map.of(), stdio, Set.of(), null, wanted);
        return planned(Confinement.plan(policy, launch, KERNEL));
    }

    /**
     * A layer that is missing skips the test and says so. On a machine that is there to test
     * (CI=true) it fails instead, unless the kernel itself is too old for it.
     */
    private static Plan planned(Planning planning) {
        if (planning instanceof Planning.Missing(List<MissingLayer> layers)) {
            boolean tooOld =
                    layers.stream()
                            .allMatch(layer ->
                                    layer.layer() == SandboxLayer.LANDLOCK
                                            || layer.layer() == SandboxLayer.SECCOMP);
            if (tooOld || !"true".equals(System.getenv("CI"))) {
                Assumptions.abort(
                        "needs what is missing here: "
                                + layers.stream().map(MissingLayerText::why).toList());
            }
        }
        assertThat(planning).isInstanceOf(Plan.class);
        return (Plan) planning;
    }

    /** What is said where this does not start. */
    public static AbstractStringAssert<?> assertRefused(ThrowingCallable start) {
        Throwable thrown = catchThrowable(start);
        assertThat(thrown).isInstanceOf(EnforcerException.class);
        return assertThat(StartFailureText.summary(((EnforcerException) thrown).failure()));
    }

    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
