package dev.blast.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.interpreter.InterpreterRequest;
import dev.blast.environment.interpreter.InterpreterSearch;
import dev.blast.environment.interpreter.Interpreters;
import dev.blast.index.IndexException;
import dev.blast.index.IndexLocation;
import dev.blast.index.http.HttpIndex;
import dev.blast.index.settings.IndexConfiguration;
import dev.blast.packaging.Requirement;
import dev.blast.solver.Outcome;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.Resolution;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.search.Resolver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a resolve costs in a JVM that stays: CPU of all its threads and wall seconds, with an empty
 * cache and with a full one.
 *
 * <pre>{@code InProcess INDEX-URL PYTHON ROUNDS < SETS}</pre>
 *
 * Each line of the input has the name of a set and its requirements, with tabs between; for each, a
 * line of JSON is printed. The first half of the rounds warms up; of the others, the median of wall
 * seconds and the mean of CPU, which is counted in hundredths.
 */
public final class InProcess {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final IndexConfiguration configuration;
    private final Interpreter interpreter;
    private final Path scratch;

    private record Cost(double cpu, double wall, int packages, int versions) {}

    private InProcess(URI index, Interpreter interpreter, Path scratch) {
        this.configuration = IndexConfiguration.of(IndexLocation.simple(index));
        this.interpreter = interpreter;
        this.scratch = scratch;
    }

    /** Prints what each set costs. */
    public static void main(String[] arguments) throws IOException, IndexException {
        Path scratch = Files.createTempDirectory("in-process");
        var interpreters =
                new Interpreters(
                        System.getenv(),
                        Path.of(System.getProperty("user.home")),
                        scratch,
                        List::of);
        if (!(interpreters.find(InterpreterRequest.parse(arguments[1]))
                instanceof InterpreterSearch.Found(Interpreter interpreter, var _))) {
            throw new IllegalArgumentException("there is no Python " + arguments[1]);
        }
        var measured = new InProcess(URI.create(arguments[0]), interpreter, scratch);
        int rounds = Integer.parseInt(arguments[2]);
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            List<String> words = List.of(line.split("\t"));
            measured.print(words.getFirst(), words.subList(1, words.size()), rounds);
        }
        remove(scratch);
    }

    private void print(String name, List<String> requirements, int rounds)
            throws IOException, IndexException {
        List<Cost> cold = new ArrayList<>();
        List<Cost> warm = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            // What is read ahead in vain may still be written when the answer is there.
            Path cache = Files.createTempDirectory(scratch, "cache");
            Cost first = resolve(requirements, cache);
            Cost second = resolve(requirements, cache);
            if (round >= rounds / 2) {
                cold.add(first);
                warm.add(second);
            }
        }
        System.out.printf(
                "[\"%s\", {\"cold\": %s, \"warm\": %s}]%n", name, figures(cold), figures(warm));
    }

    private Cost resolve(List<String> requirements, Path cache) throws IndexException {
        List<RootRequirement> roots = new ArrayList<>();
        for (String requirement : requirements) {
            roots.add(RootRequirement.of(Requirement.parse(requirement), "the set"));
        }
        Request request = Request.of(roots, interpreter.target(), Instant.now());
        long cpu = PROCESS.getProcessCpuTime();
        long wall = System.nanoTime();
        try (var index = new HttpIndex(configuration, cache)) {
            Outcome outcome = new Resolver(index, Progress.SILENT).resolve(request);
            return new Cost(
                    (PROCESS.getProcessCpuTime() - cpu) / 1e9,
                    (System.nanoTime() - wall) / 1e9,
                    outcome instanceof Resolution resolution ? resolution.pins().size() : 0,
                    outcome.statistics().versionsRead());
        }
    }

    private static String figures(List<Cost> costs) {
        double cpu = costs.stream().mapToDouble(Cost::cpu).average().orElseThrow();
        double[] wall = costs.stream().mapToDouble(Cost::wall).sorted().toArray();
        return String.format(
                Locale.ROOT,
                "{\"cpu\": %.4f, \"wall\": %.4f, \"packages\": %d, \"versions\": %d}",
                cpu,
                wall[wall.length / 2],
                costs.getLast().packages(),
                costs.getLast().versions());
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((left, right) -> right.compareTo(left)).toList()) {
                Files.delete(file);
            }
        }
    }
}
