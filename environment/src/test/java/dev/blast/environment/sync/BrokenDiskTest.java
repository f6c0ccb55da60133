package dev.blast.environment.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Trees;
import dev.blast.environment.change.ChildJvm;
import dev.blast.environment.change.History;
import dev.blast.environment.change.PowerCut;
import dev.blast.environment.change.Retention;
import dev.blast.environment.change.Timeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A disk on which one kind of call ends with EIO, from the kernel itself: whatever is tried then,
 * the environment is the one before or the one after, and the sentence says which; a later command,
 * for which the disk works again, goes on from there. Needs seccomp(2).
 */
@Timeout(120)
class BrokenDiskTest {
    @TempDir Path folder;

    @FunctionalInterface
    private interface Attempt {
        void make() throws Exception;
    }

    private static SyncBench bench(Path disk) throws IOException {
        var bench = new SyncBench(disk);
        bench.index().module("app", "1").module("app", "2");
        return bench;
    }

    private static void ask(SyncBench bench, int version) throws IOException {
        bench.pyproject(
                "[project]\nname = 'shop'\nversion = '1'\ndependencies = ['app==%d']\n"
                        .formatted(version));
    }

    /** A line for each attempt: what, how the tree is then, what was said. */
    static final class Attempts {
        public static void main(String[] arguments) throws Exception {
            SyncBench bench = bench(Path.of(arguments[0]));
            ask(bench, 1);
            bench.done(SyncOptions.of("blast sync"));
            Files.writeString(bench.sitePackages().resolve("theirs.py"), "x = 1\n");
            ask(bench, 2);
            FailingCalls.begin(FailingCalls.Kind.valueOf(arguments[1]));
            attempt("sync", bench, () -> bench.done(SyncOptions.of("blast sync")));
            attempt("undo", bench, () -> bench.go(new GoingBack.To.Undo()));
            attempt("clean", bench, bench::clean);
            attempt(
                    "gc",
                    bench,
                    () ->
                            new Sweeping(bench.directories(), bench.store())
                                    .run(
                                            new Retention(1, Duration.ZERO),
                                            Instant.now(),
                                            false,
                                            "blast store gc",
                                            SyncBench.patience()));
        }

        private static void attempt(String what, SyncBench bench, Attempt attempt)
                throws Exception {
            Map<String, String> before = tree(bench);
            String said = "done";
            try {
                attempt.make();
            } catch (EnvironmentException e) {
                said = String.valueOf(e.getMessage()).replace('\n', ' ');
            }
            System.out.println(what + (tree(bench).equals(before) ? " same " : " other ") + said);
        }
    }

    /** What is there but Blast's own. */
    private static Map<String, String> tree(SyncBench bench) throws IOException {
        var tree = new TreeMap<>(Trees.read(bench.environment().root()));
        tree.keySet().removeIf(it -> it.startsWith(".blast"));
        return tree;
    }

    /** A way back during which the disk breaks, after so many effects. */
    static final class InTheMiddle {
        public static void main(String[] arguments) throws Exception {
            SyncBench bench = bench(Path.of(arguments[0]));
            ask(bench, 1);
            bench.done(SyncOptions.of("blast sync"));
            Map<String, String> one = tree(bench);
            ask(bench, 2);
            bench.done(SyncOptions.of("blast sync"));
            Files.writeString(bench.sitePackages().resolve("theirs.py"), "x = 1\n");
            Map<String, String> two = tree(bench);
            var kind = FailingCalls.Kind.valueOf(arguments[1]);
            PowerCut disk =
                    PowerCut.then(Integer.parseInt(arguments[2]), () -> FailingCalls.begin(kind));
            String said = "done";
            try {
                bench.go(new GoingBack.To.Numbered(1), disk);
            } catch (EnvironmentException e) {
                said = String.valueOf(e.getMessage()).replace('\n', ' ');
            }
            Map<String, String> now = tree(bench);
            System.out.println(
                    (now.equals(two) ? "before " : now.equals(one) ? "after " : "between ") + said);
        }
    }

    /** The next command, on a disk that works. */
    static final class Afterwards {
        public static void main(String[] arguments) throws Exception {
            SyncBench bench = bench(Path.of(arguments[0]));
            bench.dossier().recover("blast check", SyncBench.patience());
            bench.run(SyncOptions.of("blast sync"));
            try (History history = History.of(bench.dossier())) {
                int now = Timeline.of(history.generations()).now();
                System.out.println(
                        bench.go(new GoingBack.To.Numbered(now)).getClass().getSimpleName());
            }
            System.out.println(bench.python("import app; print(app.VERSION)"));
            try (var names = Files.list(bench.project())) {
                System.out.println(names.map(it -> it.getFileName().toString()).sorted().toList());
            }
            System.out.println(Files.exists(bench.environment().folder().resolve("staging")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whateverFailsNothingHasChangedOrAllOfIt(FailingCalls.Kind kind) throws Exception {
        List<String> attempts = run(Attempts.class, folder, kind);
        assertThat(attempts).as("%s", attempts).hasSize(4);
        assertThat(attempts)
                .allMatch(it ->
                        it.endsWith(" done")
                                || (it.contains(" same ") && it.contains("Input/output error")));
        goesOn();
    }

    @ParameterizedTest
    @EnumSource
    void brokenInTheMiddleItIsTheOneBeforeOrAfterAndTheSentenceSaysSo(FailingCalls.Kind kind)
            throws Exception {
        int effects = 1 + new Random(20261130 + kind.name().hashCode()).nextInt(40);
        assertThat(run(InTheMiddle.class, folder, kind, effects))
                .as("after %d effects", effects)
                .singleElement()
                .asString()
                .matches(
                        "after done"
                                + "|before .*Input/output error.*nothing has been changed"
                                + "|after .*has been changed.*Input/output error.*the next command does it"
                                + "|(before|after|between) .*Input/output error.*The next command finishes the change or undoes it");
        goesOn();
    }

    private void goesOn() throws IOException, InterruptedException {
        assertThat(run(Afterwards.class, folder))
                .containsExactly("There", "2", "[.venv, pylock.toml, pyproject.toml]", "false");
    }

    private static List<String> run(Class<?> main, Object... arguments)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(ChildJvm.command(main, arguments))
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output.lines().toList();
    }
}
