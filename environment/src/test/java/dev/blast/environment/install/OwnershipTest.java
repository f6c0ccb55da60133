package dev.blast.environment.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.environment.interpreter.SampleInterpreter;
import dev.blast.environment.interpreter.Scheme;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OwnershipTest {
    private static final long SEED = 20261128;
    private static final int ROUNDS = 3000;

    private static final Scheme SCHEME = SampleInterpreter.of("3.11.2").venvScheme();
    private static final List<String> FOLDERS =
            List.of(SCHEME.purelib(), SCHEME.purelib() + "/__pycache__", SCHEME.scripts(), "share");
    private static final List<String> STEMS = List.of("a", "b", "__pycache__");
    private static final List<String> ENDS =
            List.of(
                    "",
                    ".py",
                    ".txt",
                    ".cpython-311.pyc",
                    ".so",
                    "/__init__.py",
                    "/c.py",
                    "/c/d.py");

    /**
     * Only places where several distributions meet are looked at closely. Whoever else is there
     * changes nothing between two, so with somebody at every place the answer is the same.
     */
    @Test
    void whatTwoDoToEachOtherDependsOnNobodyElse() throws IOException {
        var random = new Random(SEED);
        InstallPlan everywhere = everywhere();
        int trespasses = 0;
        for (int round = 0; round < ROUNDS; round++) {
            InstallPlan one = plan("one", some(random), random);
            InstallPlan two = plan("two", some(random), random);
            List<Trespass> alone = of(one, two).by(one);
            List<Trespass> watched =
                    of(one, two, everywhere).by(one).stream()
                            .filter(it -> !it.owner().equals(everywhere.name()))
                            .toList();
            assertThat(alone).as("%s and %s", one, two).isEqualTo(watched);
            trespasses += alone.size();
        }
        assertThat(trespasses).isGreaterThan(ROUNDS / 10);
    }

    /** At each place a file that is in nobody's way. */
    private static InstallPlan everywhere() {
        var targets = new TreeSet<String>();
        for (String stem : STEMS) {
            FOLDERS.forEach(folder -> targets.add(folder + "/" + stem + ".everywhere"));
        }
        return plan("everywhere", List.copyOf(targets), new Random(SEED));
    }

    private static List<String> some(Random random) {
        var targets = new TreeSet<String>();
        int wanted = 1 + random.nextInt(3);
        for (int i = 0; i < wanted; i++) {
            targets.add(any(FOLDERS, random) + "/" + any(STEMS, random) + any(ENDS, random));
        }
        return List.copyOf(targets);
    }

    private static String any(List<String> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }

    private static InstallPlan plan(String name, List<String> targets, Random random) {
        List<InstallEntry> entries = new ArrayList<>();
        for (String target : targets) {
            byte[] content = ("" + random.nextInt(2)).getBytes(StandardCharsets.UTF_8);
            entries.add(
                    new InstallEntry(
                            target,
                            new FileSource.Written(content),
                            false,
                            RecordHash.of(content),
                            content.length));
        }
        return new InstallPlan(
                PackageName.parse(name),
                Version.parse("1"),
                "0".repeat(64),
                SCHEME.purelib() + "/" + name + "-1.dist-info",
                entries);
    }

    private static Ownership of(InstallPlan... plans) {
        var ownership = new Ownership(SCHEME, Path.of("/env/.venv"));
        for (InstallPlan plan : plans) {
            ownership.comes(plan);
        }
        return ownership;
    }
}
