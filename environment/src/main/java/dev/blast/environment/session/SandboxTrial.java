package dev.blast.environment.session;

import dev.blast.enforcer.Running;
import dev.blast.enforcer.Sandbox;
import dev.blast.enforcer.plan.EnforcerException;
import dev.blast.enforcer.plan.Ladder;
import dev.blast.enforcer.plan.LayersWanted;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Planning;
import dev.blast.enforcer.plan.StartFailure;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.enforcer.spawn.SandboxState;
import dev.blast.environment.EnvironmentException;
import dev.blast.rules.fact.SandboxLayer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What confines a session of an environment here and now: the environment's own Python is started
 * in the sandbox for an instant, and what the kernel then says is in force is read back.
 */
public sealed interface SandboxTrial {

    /**
     * It ran.
     *
     * @param plan by which it was confined
     */
    record Ran(SandboxState state, Plan plan) implements SandboxTrial {
        @Override
        public Ladder ladder() {
            return state.ladder();
        }
    }

    /** There is no plan. */
    record Unplanned(Planning why) implements SandboxTrial {
        @Override
        public Ladder ladder() {
            return why.ladder();
        }
    }

    /** Nothing was run. */
    record Refused(StartFailure why) implements SandboxTrial {
        @Override
        public Ladder ladder() {
            return new Ladder.None();
        }
    }

    /** It was started, and Python does not run in it. */
    record Broken(int exitCode) implements SandboxTrial {
        @Override
        public Ladder ladder() {
            return new Ladder.None();
        }
    }

    /** The step of the ladder that sessions stand on. */
    Ladder ladder();

    /**
     * Tries it, and notes the step for listings.
     *
     * @param caller the variables of who asks
     */
    static SandboxTrial of(Habitat habitat, Map<String, String> caller)
            throws EnvironmentException, InterruptedException {
        Path python = habitat.environment().root().resolve("bin/python");
        Path nowhere = Path.of("/dev/null");
        Wish wish =
                new Wish(
                        List.of(python.toString(), "-I", "-S", "-c", "pass"),
                        habitat.project().directory(),
                        new Stdio(nowhere, nowhere, nowhere),
                        caller,
                        Map.of(),
                        Set.of(),
                        true);
        try (ConfinedProgram program = ConfinedProgram.planned(habitat, wish)) {
            SandboxTrial trial =
                    program.planning() instanceof Plan plan
                            ? tried(plan)
                            : new Unplanned(program.planning());
            new LadderNote(habitat.workspace())
                    .write(
                            habitat.environment(),
                            trial.ladder(),
                            LayersWanted.of(habitat.sandbox().limits(), accepted(habitat)),
                            program.kernel().layers());
            return trial;
        }
    }

    private static Set<SandboxLayer> accepted(Habitat habitat) {
        return Stream.of(SandboxLayer.values())
                .filter(habitat::accepts)
                .collect(Collectors.toSet());
    }

    private static SandboxTrial tried(Plan plan) throws InterruptedException {
        try (Running running = Sandbox.start(plan, new NothingReached())) {
            int exitCode = running.waitFor();
            return exitCode == 0 ? new Ran(running.state(), plan) : new Broken(exitCode);
        } catch (EnforcerException e) {
            return new Refused(e.failure());
        }
    }
}
