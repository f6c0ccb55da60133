package dev.blast.enforcer.spawn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.spawn.TreeUse.Use;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is counted, and what is not. */
class TreeUseTest {
    private static final long MIB = 1 << 20;

    @TempDir Path tree;

    private Use use(Path... except) {
        return TreeUse.of(List.of(tree), List.of(except), Use.WITHOUT_END, Kernel.linux());
    }

    @Test
    void blocksAndNamesOfAllThatIsBelow() throws IOException {
        Use empty = use();
        Path below = Files.createDirectories(tree.resolve("a/b"));
        Files.write(tree.resolve("x"), new byte[1 << 20]);
        Files.write(below.resolve("y"), new byte[2 << 20]);
        Use added = use().since(empty);
        assertThat(added.files()).isEqualTo(4);
        assertThat(added.bytes()).isBetween(3 * MIB, 3 * MIB + 64 * 1024);
        assertThat(empty.since(added).bytes()).as("less than before").isZero();
    }

    @Test
    void aFileOfTwoNamesIsOneAndHolesAreNothing() throws IOException {
        Files.write(tree.resolve("x"), new byte[1 << 20]);
        Use before = use();
        Files.createLink(tree.resolve("again"), tree.resolve("x"));
        try (var holes = new RandomAccessFile(tree.resolve("holes").toFile(), "rw")) {
            holes.setLength(1L << 40);
        }
        Files.createSymbolicLink(tree.resolve("link"), Path.of("/usr"));
        Use added = use().since(before);
        assertThat(added.files()).isEqualTo(2);
        assertThat(added.bytes()).isLessThan(64 * 1024);
    }

    @Test
    void whatIsLeftOutIsLeftOutWithAllBelow() throws IOException {
        Path venv = tree.resolve("shop/.venv");
        Path lib = Files.createDirectories(venv.resolve("lib"));
        Use before = use(venv);
        Files.write(lib.resolve("x"), new byte[1 << 20]);
        assertThat(use(venv)).isEqualTo(before);
        assertThat(use().since(before).bytes()).isGreaterThanOrEqualTo(MIB);
    }

    @Test
    void enoughIsEnough() throws IOException {
        for (int file = 0; file < 50; file++) {
            Files.createDirectories(tree.resolve("d" + file + "/e"));
        }
        Use some = TreeUse.of(List.of(tree), List.of(), new Use(MIB * MIB, 60), Kernel.linux());
        assertThat(some.files()).isBetween(61L, 100L);
    }

    /** Deeper than a path reaches, and deeper than anybody follows. */
    @Test
    void whatLiesDeepIsCountedAndWhatLiesTooDeepHasNoEnd() throws Exception {
        run("python3", "-I", "-c", dig(200));
        assertThat(use().files()).isEqualTo(1 + 1 + 200 + 1);
        assertThat(use().bytes()).isGreaterThanOrEqualTo(MIB);
        run("rm", "-rf", "deep");
        run("python3", "-I", "-c", dig(1001));
        assertThat(use()).isEqualTo(Use.WITHOUT_END);
        assertThat(use().since(Use.NOTHING)).isEqualTo(Use.WITHOUT_END);
        run("rm", "-rf", "deep"); // JUnit goes by paths
    }

    /** By names of 100 bytes. */
    private static String dig(int depth) {
        return """
        import os
        os.mkdir('deep')
        os.chdir('deep')
        for i in range(%d):
            os.mkdir('n' * 100)
            os.chdir('n' * 100)
        with open('x', 'wb') as f:
            f.write(bytes(1 << 20))
        """
                .formatted(depth);
    }

    private void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).directory(tree.toFile()).inheritIO().start();
        assertThat(process.waitFor()).isZero();
    }
}
