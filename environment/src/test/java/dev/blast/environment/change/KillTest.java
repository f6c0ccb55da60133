package dev.blast.environment.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.environment.Environment;
import dev.blast.environment.Trees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes that really die: at each effect of a change in turn, the next one at an effect of
 * the recovery.
 */
@Timeout(300)
class KillTest {
    private static final int KILLED = 128 + 9;

    @TempDir Path folder;

    /** Recovers, then changes; dies at the effect of this number, as from {@code kill -9}. */
    static final class Victim {
        public static void main(String[] arguments) throws Exception {
            Dossier dossier = SampleChange.dossier(new Environment(Path.of(arguments[0])));
            var disk =
                    new PowerCut(
                            Integer.parseInt(arguments[1]),
                            () -> Runtime.getRuntime().halt(KILLED));
            try (WriterLock _ = dossier.lock("victim", Duration.ZERO, _ -> {});
                    History history = History.of(dossier)) {
                if (arguments[2].equals("recover")) {
                    Recovery.of(dossier, disk).recover(history);
                } else {
                    SampleChange.make(
                            dossier, disk, history, SampleChange.COMING, SampleChange.GOING);
                }
            }
        }
    }

    @Test
    void killedAtEachEffectTheNextCommandFindsTheEnvironmentBeforeOrAfter() throws Exception {
        Path whole = folder.resolve("whole/.venv");
        Trees.write(whole, SampleChange.BEFORE);
        Files.writeString(whole.resolveSibling(SampleChange.PROJECT_FILE), SampleChange.OLD);
        Map<String, String> before = Trees.read(whole);
        assertThat(run(whole, Integer.MAX_VALUE, "change")).isZero();
        Map<String, String> after = Trees.read(whole);
        assertThat(after).isNotEqualTo(before);

        int exit = KILLED;
        for (int effect = 0; exit == KILLED; effect++) {
            Path project = folder.resolve("killed-" + effect);
            var environment = new Environment(project.resolve(".venv"));
            Dossier dossier = SampleChange.dossier(environment);
            Trees.write(environment.root(), SampleChange.BEFORE);
            Path edited = project.resolve(SampleChange.PROJECT_FILE);
            Files.writeString(edited, SampleChange.OLD);
            exit = run(environment.root(), effect, "change");
            if (effect % 3 == 0) {
                run(environment.root(), effect % 5, "recover");
            }
            try (WriterLock _ = dossier.lock("test", Duration.ZERO, _ -> {});
                    History history = History.of(dossier)) {
                Recovery.of(dossier, Disk.real()).recover(history);
                Map<String, String> tree = Trees.read(environment.root());
                assertThat(List.of(before, after)).as("killed at effect %d", effect).contains(tree);
                assertThat(edited)
                        .as("killed at effect %d", effect)
                        .hasContent(tree.equals(after) ? SampleChange.NEW : SampleChange.OLD);
                try (var names = Files.list(project)) {
                    var expected =
                            new ArrayList<String>(
                                    List.of(".venv", ".venv.dossier", SampleChange.PROJECT_FILE));
                    if (tree.equals(after)) {
                        expected.add(SampleChange.MADE_FILE);
                    }
                    assertThat(names.map(Path::getFileName).map(Path::toString))
                            .as("killed at effect %d", effect)
                            .containsExactlyInAnyOrderElementsOf(expected);
                }
                assertThat(history.generations())
                        .as("killed at effect %d", effect)
                        .hasSize(tree.equals(after) ? 1 : 0);
                assertThat(Files.exists(Applied.file(environment)))
                        .as("killed at effect %d", effect)
                        .isEqualTo(tree.equals(after));
            }
        }
        assertThat(exit).as("at last it runs through").isZero();
    }

    private static int run(Path root, int effects, String what) throws Exception {
        Process process = ChildJvm.start(Victim.class, root, effects, what);
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isIn(0, KILLED);
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
