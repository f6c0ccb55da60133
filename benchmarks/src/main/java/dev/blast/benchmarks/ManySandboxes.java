package dev.blast.benchmarks;

import dev.blast.enforcer.Running;
import dev.blast.enforcer.Sandbox;
import dev.blast.enforcer.gate.ConnectionAttempt;
import dev.blast.enforcer.gate.ConnectionAttempt.Result;
import dev.blast.enforcer.gate.Gatekeeper;
import dev.blast.environment.session.ConfinedProgram;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.trial.NameRules;
import dev.blast.rules.verdict.Judgement;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sandboxes with traffic, at once and one after another, in a JVM that stays.
 *
 * <pre>{@code ManySandboxes PROJECT HOME POLICIES PROGRAM…}</pre>
 *
 * A line of the input is how many at once, and how many each of these starts one after another.
 * Printed are a line for each that did not exit with 0, and at the end how many did, what was
 * reached, and what this process holds then: milliseconds, descriptors, threads, KiB resident.
 * {@code api.test} is this machine's loopback, if rules let it be reached.
 */
public final class ManySandboxes {
    private final BenchedSandboxes sandboxes;
    private final Keeper keeper;

    private ManySandboxes(BenchedSandboxes sandboxes) {
        this.sandboxes = sandboxes;
        this.keeper = new Keeper(sandboxes);
    }

    /** Until the input ends. */
    public static void main(String[] arguments) throws Exception {
        var many =
                new ManySandboxes(
                        BenchedSandboxes.of(
                                Path.of(arguments[0]),
                                Path.of(arguments[1]),
                                Path.of(arguments[2]),
                                Arrays.stream(arguments).skip(3).toList()));
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] numbers = line.split(" ", 2);
            many.start(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
        }
    }

    private void start(int atOnce, int eachAfterAnother) throws Exception {
        long began = System.nanoTime();
        keeper.reached.set(0);
        int right = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
            List<Future<Integer>> all =
                    IntStream.range(0, atOnce)
                            .mapToObj(_ -> threads.submit(() -> inARow(eachAfterAnother)))
                            .toList();
            for (Future<Integer> one : all) {
                right += one.get();
            }
        }
        long took = (System.nanoTime() - began) / 1_000_000;
        System.gc();
        System.out.printf(
                "done %d %d %d %d %d %d%n",
                right,
                keeper.reached.get(),
                took,
                listed("/proc/self/fd"),
                listed("/proc/self/task"),
                resident());
    }

    private int inARow(int times) throws Exception {
        int right = 0;
        for (int i = 0; i < times; i++) {
            try (ConfinedProgram confined = sandboxes.planned(true);
                    Running running = Sandbox.start(BenchedSandboxes.plan(confined), keeper)) {
                int exitCode = running.waitFor();
                if (exitCode == 0) {
                    right++;
                } else {
                    System.out.println("exit code " + exitCode);
                }
            }
        }
        return right;
    }

    private static long listed(String folder) throws IOException {
        try (Stream<Path> all = Files.list(Path.of(folder))) {
            return all.count();
        }
    }

    private static long resident() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no VmRSS");
    }

    /** Judges by the rules of the habitat, and remembers it as a session does. */
    private static final class Keeper implements Gatekeeper {
        private final BenchedSandboxes sandboxes;
        private final Policy policy;
        private final Map<Connection, Judgement> connections = new ConcurrentHashMap<>();
        private final Map<String, Judgement> names = new ConcurrentHashMap<>();
        private final AtomicInteger reached = new AtomicInteger();

        private Keeper(BenchedSandboxes sandboxes) {
            this.sandboxes = sandboxes;
            this.policy = sandboxes.habitat().policies().policy();
        }

        @Override
        public Judgement judge(Connection asked) {
            return connections.computeIfAbsent(
                    asked, it -> policy.judge(it, sandboxes.habitat().context()));
        }

        @Override
        public Judgement lookUp(String name) {
            return names.computeIfAbsent(
                    name,
                    it ->
                            new NameRules(policy)
                                    .judge(
                                            Connection.to(it, 443, false),
                                            sandboxes.habitat().context()));
        }

        @Override
        public List<InetAddress> addresses(String name) {
            return List.of(InetAddress.getLoopbackAddress());
        }

        @Override
        public void attempted(ConnectionAttempt attempt) {
            if (attempt.result() == Result.REACHED) {
                reached.incrementAndGet();
            }
        }

        @Override
        public void carried(ConnectionAttempt.Traffic traffic) {}
    }
}
