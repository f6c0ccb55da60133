package dev.blast.benchmarks;

import dev.blast.enforcer.Running;
import dev.blast.enforcer.Sandbox;
import dev.blast.enforcer.gate.ConnectionAttempt;
import dev.blast.enforcer.gate.Gatekeeper;
import dev.blast.enforcer.plan.Plan;
import dev.blast.environment.session.ConfinedProgram;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.verdict.Judgement;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Starts sandboxes by the shipped rules in a JVM that stays, one for each line of the input, and
 * prints how many microseconds it took from the start of a plan to the end of the program.
 *
 * <pre>{@code SandboxStarts PROJECT HOME POLICIES PROGRAM}</pre>
 *
 * A line is {@code gate} or {@code closed} (nothing is reached), with {@code plan} behind it where
 * the time of planning counts too. The project has an environment of Blast's, known in that home.
 */
public final class SandboxStarts {
    private final BenchedSandboxes sandboxes;

    private SandboxStarts(BenchedSandboxes sandboxes) {
        this.sandboxes = sandboxes;
    }

    /** Until the input ends. */
    public static void main(String[] arguments) throws Exception {
        var starts =
                new SandboxStarts(
                        BenchedSandboxes.of(
                                Path.of(arguments[0]),
                                Path.of(arguments[1]),
                                Path.of(arguments[2]),
                                List.of(arguments[3])));
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(starts.once(line.startsWith("gate"), line.endsWith("plan")) / 1000);
        }
    }

    private long once(boolean gate, boolean planning) throws Exception {
        long asked = System.nanoTime();
        try (ConfinedProgram confined = sandboxes.planned(gate)) {
            Plan plan = BenchedSandboxes.plan(confined);
            long planned = System.nanoTime();
            try (Running running = Sandbox.start(plan, new Nobody())) {
                if (running.waitFor() != 0) {
                    throw new IOException("it did not run");
                }
                return System.nanoTime() - (planning ? asked : planned);
            }
        }
    }

    /** Nothing is asked of it. */
    private static final class Nobody implements Gatekeeper {
        @Override
        public Judgement judge(Connection asked) {
            throw new IllegalStateException(asked.toString());
        }

        @Override
        public Judgement lookUp(String name) {
            throw new IllegalStateException(name);
        }

        @Override
        public void attempted(ConnectionAttempt attempt) {}

        @Override
        public void carried(ConnectionAttempt.Traffic traffic) {}
    }
}
