package dev.blast.benchmarks;

import dev.blast.enforcer.Running;
import dev.blast.enforcer.Sandbox;
import dev.blast.enforcer.gate.ConnectionAttempt;
import dev.blast.enforcer.gate.Gatekeeper;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.environment.Directories;
import dev.blast.environment.Environment;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.ConfinedProgram;
import dev.blast.environment.session.Habitat;
import dev.blast.environment.session.Policies;
import dev.blast.environment.session.Wish;
import dev.blast.environment.session.Workspace;
import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Purpose;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.verdict.Judgement;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    private final Habitat habitat;
    private final List<String> program;

    private SandboxStarts(Path project, Path home, Path policies, String program) throws Exception {
        this.program = List.of(program);
        List<PolicyFile> files = new ArrayList<>();
        try (DirectoryStream<Path> shipped = Files.newDirectoryStream(policies, "*.drl")) {
            for (Path file : shipped) {
                files.add(
                        new PolicyFile(
                                Layer.SHIPPED,
                                file.getFileName().toString(),
                                Files.readString(file),
                                true));
            }
        }
        Policy policy = ((Loading.Loaded) Policy.load(files)).policy();
        this.habitat =
                (Habitat)
                        Habitat.of(
                                new Workspace(
                                        System.getenv(), home, Directories.of(Map.of(), home)),
                                Project.at(project),
                                Environment.in(project),
                                new Policies(files, policy),
                                false,
                                Purpose.RUN,
                                program);
    }

    /** Until the input ends. */
    public static void main(String[] arguments) throws Exception {
        var starts =
                new SandboxStarts(
                        Path.of(arguments[0]),
                        Path.of(arguments[1]),
                        Path.of(arguments[2]),
                        arguments[3]);
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(starts.once(line.startsWith("gate"), line.endsWith("plan")) / 1000);
        }
    }

    private long once(boolean gate, boolean planning) throws Exception {
        var wish =
                new Wish(
                        program,
                        habitat.project().directory(),
                        Stdio.logged(Path.of("/dev/null")),
                        System.getenv(),
                        Map.of(),
                        Set.of(),
                        gate);
        long asked = System.nanoTime();
        try (ConfinedProgram confined = ConfinedProgram.planned(habitat, wish)) {
            if (!(confined.planning() instanceof Plan plan)) {
                throw new IOException(confined.planning().toString());
            }
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
