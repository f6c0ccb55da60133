package dev.blast.environment.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.interpreter.SampleInterpreter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that may write where an environment comes to be puts links in the place of its folders
 * while files are laid out: nothing is made where they lead.
 */
class LayingRaceTest {
    private static final int ROUNDS = 40;

    @TempDir Path folder;

    @Test
    void whatIsLaidOutLeadsNowhere() throws Exception {
        Interpreter interpreter = SampleInterpreter.real(folder.resolve("cache"));
        var wheel = new WheelBuilder("demo", "1.0");
        for (int i = 0; i < 40; i++) {
            wheel.file("demo/p" + i + "/__init__.py", "").file("demo/p" + i + "/m.py", "x = 1");
        }
        var store = new Store(folder.resolve("store"));
        StoredWheel stored = store.add(wheel.write(folder));
        int outside = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Path staging = Files.createDirectory(folder.resolve("staging" + round));
            Path victim = Files.createDirectory(folder.resolve("victim" + round));
            var plan = new InstallPlanner(interpreter, staging).plan(stored, false, null);
            var running = new AtomicBoolean(true);
            Thread program = Thread.ofPlatform().start(() -> flip(staging, victim, running));
            try {
                Laying.venv(staging, interpreter, "demo");
                Laying.stage(List.of(plan), staging, store);
            } catch (IOException e) {
                // a link stood in the way, or a folder was away
            } finally {
                running.set(false);
                program.join();
            }
            try (Stream<Path> files = Files.list(victim)) {
                outside += files.findAny().isPresent() ? 1 : 0;
            }
        }
        assertThat(outside)
                .as("rounds, of %d, in which something was made outside", ROUNDS)
                .isZero();
    }

    /** {@code lib} and {@code bin} away, links there, and back. */
    private static void flip(Path staging, Path victim, AtomicBoolean running) {
        while (running.get()) {
            for (String name : List.of("lib", "bin")) {
                Path place = staging.resolve(name);
                Path away = staging.resolve("away-" + name);
                try {
                    Files.move(place, away);
                    Files.createSymbolicLink(place, victim);
                    Files.delete(place);
                    Files.move(away, place);
                } catch (IOException e) {
                    // not made yet, or made anew: the next turn
                }
            }
        }
    }
}
