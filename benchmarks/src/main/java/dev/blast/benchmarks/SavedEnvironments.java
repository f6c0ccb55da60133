package dev.blast.benchmarks;

import dev.blast.environment.Caller;
import dev.blast.environment.Directories;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.Dossier;
import dev.blast.environment.change.Patience;
import dev.blast.environment.install.Store;
import dev.blast.environment.interpreter.Interpreters;
import dev.blast.environment.project.Project;
import dev.blast.environment.saves.SaveName;
import dev.blast.environment.saves.Saves;
import dev.blast.environment.sync.Clean;
import dev.blast.environment.sync.Reviving;
import dev.blast.environment.sync.Saving;
import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What saving and loading an environment costs in a JVM that stays; the store holds all of it.
 *
 * <pre>{@code SavedEnvironments PROJECT HOME ROUNDS}</pre>
 *
 * The project has an environment of Blast's, known in that home; it is as before when all is done.
 * The first half of the rounds warms up; of the others the median of wall seconds is printed, a
 * line for each kind of work. The rules of the benchmark let everything in.
 */
public final class SavedEnvironments {
    private static final String RULES =
            """
            package bench
            rule "any version" when Candidate() then allow(); end
            rule "any file" when Artifact() then allow(); end
            rule "any hook" when StartupHook() then allow(); end
            """;

    private static final SaveName NAME = new SaveName("bench");

    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();
    private final Path home;
    private final Environment environment;
    private final Reviving.Tools tools;
    private final Policy policy;

    private SavedEnvironments(Path project, Path home) {
        this.home = home;
        this.environment = Environment.in(project);
        Directories directories = Directories.of(Map.of(), home);
        var interpreters =
                new Interpreters(
                        System.getenv(),
                        Path.of(System.getProperty("user.home")),
                        directories.data().resolve("interpreters"),
                        List::of);
        this.tools =
                new Reviving.Tools(
                        directories,
                        new Store(directories.data().resolve("store")),
                        interpreters,
                        new Caller("bench", false, false, home, ""));
        this.policy =
                ((Loading.Loaded)
                                Policy.load(
                                        List.of(
                                                new PolicyFile(
                                                        Layer.SHIPPED, "bench.drl", RULES, true))))
                        .policy();
    }

    /** Prints what each kind of work costs. */
    public static void main(String[] arguments) throws Exception {
        var bench = new SavedEnvironments(Path.of(arguments[0]), Path.of(arguments[1]));
        int rounds = Integer.parseInt(arguments[2]);
        for (int round = 0; round < rounds; round++) {
            if (round == rounds / 2) {
                bench.seconds.clear();
            }
            bench.round();
        }
        bench.seconds.forEach((what, all) -> {
            Collections.sort(all);
            System.out.printf(Locale.ROOT, "%-42s %.3f s%n", what, all.get(all.size() / 2));
        });
    }

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    private void timed(String what, Work work) throws Exception {
        long began = System.nanoTime();
        work.run();
        seconds.computeIfAbsent(what, _ -> new ArrayList<>())
                .add((System.nanoTime() - began) / 1e9);
    }

    private void round() throws Exception {
        Path file = home.resolve("bench.blast");
        timed("save under a name", () -> save(Optional.empty()));
        timed("save into a file", () -> save(Optional.of(file)));
        Clean.run(dossier(), tools.store(), tools.caller(), "clean", Instant.now(), patience());
        timed("load a file where nothing is", () -> require(new Reviving(tools).file(file, job())));
        Clean.run(dossier(), tools.store(), tools.caller(), "clean", Instant.now(), patience());
        timed(
                "load a name where nothing is",
                () ->
                        require(
                                new Reviving(tools)
                                        .named(
                                                new Saves(tools.directories())
                                                        .find(NAME)
                                                        .orElseThrow(),
                                                job())));
        Files.delete(file);
    }

    private void save(Optional<Path> file) throws EnvironmentException {
        new Saving(tools.directories(), tools.store(), tools.interpreters(), tools.caller())
                .run(dossier(), "bench", NAME, file, true, "blast save", patience());
    }

    private static void require(Reviving.Answer answer) {
        if (!(answer instanceof Reviving.Answer.Done)) {
            throw new IllegalStateException(answer.toString());
        }
    }

    private Reviving.Job job() throws EnvironmentException {
        return new Reviving.Job(
                Project.at(environment.project()),
                environment,
                "bench",
                Optional.of(policy),
                Optional.empty(),
                false,
                "blast load",
                patience());
    }

    private Dossier dossier() {
        return Dossier.of(tools.directories(), environment);
    }

    private static Patience patience() {
        return new Patience(Duration.ZERO, _ -> {});
    }
}
