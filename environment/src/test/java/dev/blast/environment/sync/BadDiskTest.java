package dev.blast.environment.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Trees;
import dev.blast.environment.change.ChildJvm;
import dev.blast.index.IndexException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A project on a disk of its own: one that is nearly full, with more and more room, so that it runs
 * full at one place after another; and one that is read-only. Needs {@code unshare} and the right
 * to mount a tmpfs in a namespace of its own; skipped where that is not given.
 */
@Timeout(120)
class BadDiskTest {
    private static final int STEP_BYTES = 300_000;

    @TempDir Path folder;

    /** Runs on the small disk, and says what it saw in one line for each attempt. */
    static final class OnASmallDisk {
        public static void main(String[] arguments) throws Exception {
            Path disk = Path.of(arguments[0]);
            var bench = new SyncBench(disk);
            bench.index()
                    .module("app", "1")
                    .wheel("app", "2", List.of(), Map.of("app/big.txt", "x".repeat(3_000_000)));
            bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['app==1']\n");
            bench.done(SyncOptions.of("blast sync"));
            bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['app==2']\n");
            Map<String, String> before = Trees.read(bench.sitePackages());
            for (int freeBytes = 0; ; freeBytes += STEP_BYTES) {
                Path ballast = fill(disk, freeBytes);
                try {
                    bench.done(SyncOptions.of("blast sync"));
                    System.out.println(
                            "done with "
                                    + freeBytes
                                    + " "
                                    + bench.python(
                                            "import app; print(open(app.__path__[0] + '/big.txt').read(3))"));
                    return;
                } catch (EnvironmentException | IndexException e) {
                    boolean same = Trees.read(bench.sitePackages()).equals(before);
                    System.out.println(
                            (same ? "same " : "DIFFERENT ")
                                    + String.valueOf(e.getMessage()).replace('\n', ' '));
                } finally {
                    Files.delete(ballast);
                }
            }
        }

        private static Path fill(Path disk, int freeBytes) throws IOException {
            Path ballast = disk.resolve("ballast");
            long room = disk.toFile().getUsableSpace();
            try (var channel =
                    Files.newByteChannel(
                            ballast, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                byte[] block = new byte[4096];
                for (long written = 0; written + freeBytes + 4096 <= room; written += 4096) {
                    channel.write(ByteBuffer.wrap(block));
                }
            }
            return ballast;
        }
    }

    @Test
    void whereverTheDiskRunsFullNothingHasChangedAndTheNextTryWorks() throws Exception {
        String output = run(OnASmallDisk.class);
        assertThat(output).doesNotContain("DIFFERENT").doesNotContain("Exception");
        assertThat(output.lines().filter(l -> l.startsWith("same ")))
                .hasSizeGreaterThan(3)
                .allMatch(l -> l.contains("No space left on device"))
                .filteredOn(l -> !l.contains("cannot write")) // the index of the tests
                .isNotEmpty()
                .allMatch(l -> l.contains("make room on the disk of /"));
        assertThat(output.lines().reduce("", (_, last) -> last))
                .startsWith("done with ")
                .endsWith(" xxx");
    }

    /** Takes away, and brings back, an environment with a large file that somebody put there. */
    static final class ThereAndBack {
        @FunctionalInterface
        private interface Attempt {
            void make() throws EnvironmentException;
        }

        public static void main(String[] arguments) throws Exception {
            Path disk = Path.of(arguments[0]);
            var bench = new SyncBench(disk);
            bench.index().module("app", "1");
            bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['app']\n");
            bench.done(SyncOptions.of("blast sync"));
            Path file = disk.resolve("here.blast");
            until(disk, bench, "export", () -> bench.save("here", Optional.of(file), false));
            Files.writeString(bench.sitePackages().resolve("theirs.txt"), "x".repeat(3_000_000));
            until(disk, bench, "save", () -> bench.save("here"));
            Map<String, String> saved = Trees.read(bench.environment().root());
            Files.writeString(bench.sitePackages().resolve("more.txt"), "y".repeat(3_000_000));
            Map<String, String> there = Trees.read(bench.environment().root());
            until(disk, bench, "clean", bench::clean);
            until(disk, bench, "undo", () -> bench.go(new GoingBack.To.Undo()));
            boolean same = Trees.read(bench.environment().root()).equals(there);
            System.out.println(same ? "as it was" : "DIFFERENT");
            bench.clean();
            until(disk, bench, "load", () -> bench.load("here"));
            same = Trees.read(bench.environment().root()).equals(saved);
            System.out.println(same ? "as it was" : "DIFFERENT");
            Trees.delete(bench.environment().root());
            Trees.delete(bench.directories().data());
            until(disk, bench, "import", () -> bench.load(file));
            System.out.println(bench.python("import app; print(app.VERSION)"));
            try (var left = Files.list(disk)) {
                System.out.println(left.map(it -> it.getFileName().toString()).sorted().toList());
            }
        }

        private static void until(Path disk, SyncBench bench, String what, Attempt attempt)
                throws IOException {
            Map<String, String> before = Trees.read(bench.environment().root());
            for (int freeBytes = 0; ; freeBytes += STEP_BYTES) {
                Path ballast = OnASmallDisk.fill(disk, freeBytes);
                try {
                    attempt.make();
                    System.out.println(what + " done");
                    return;
                } catch (EnvironmentException e) {
                    boolean same = Trees.read(bench.environment().root()).equals(before);
                    System.out.println(
                            (same ? what + " same " : "DIFFERENT ")
                                    + String.valueOf(e.getMessage()).replace('\n', ' '));
                } finally {
                    Files.delete(ballast);
                }
            }
        }
    }

    @Test
    void whereverTheDiskRunsFullWhatIsThereStaysAndCanComeBack() throws Exception {
        String output = run(ThereAndBack.class);
        assertThat(output).doesNotContain("DIFFERENT").doesNotContain("Exception");
        assertThat(output).contains("as it was\n", "[a shop, here.blast, home]");
        for (String what : List.of("export", "save", "clean", "undo", "load", "import")) {
            assertThat(output.lines().filter(l -> l.startsWith(what + " same ")))
                    .as(output)
                    .hasSizeGreaterThan(3)
                    .allMatch(l -> l.contains("No space left on device"))
                    .allMatch(l ->
                            l.contains("nothing has been changed")
                                    || l.contains("nothing was saved"));
            assertThat(output).contains(what + " done");
        }
    }

    /**
     * Makes an environment, then has the disk made read-only, and tries to change it and to make
     * another one.
     */
    static final class OnAReadOnlyDisk {
        public static void main(String[] arguments) throws Exception {
            Path disk = Path.of(arguments[0]);
            var bench = new SyncBench(disk.resolve("one"));
            var other = new SyncBench(disk.resolve("two"));
            bench.index().module("app", "1").module("app", "2");
            other.index().module("app", "1");
            bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['app==1']\n");
            other.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['app==1']\n");
            bench.done(SyncOptions.of("blast sync"));
            bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['app==2']\n");
            Map<String, String> before = Trees.read(disk);
            new ProcessBuilder("mount", "-o", "remount,ro", disk.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            for (SyncBench each : List.of(bench, other)) {
                try {
                    each.run(SyncOptions.of("blast sync"));
                    System.out.println("no error");
                } catch (EnvironmentException e) {
                    System.out.println(String.valueOf(e.getMessage()).replace('\n', ' '));
                }
            }
            System.out.println(Trees.read(disk).equals(before) ? "same" : "DIFFERENT");
        }
    }

    @Test
    void aReadOnlyProjectIsAClearErrorAndNothingChanges() throws Exception {
        List<String> lines = run(OnAReadOnlyDisk.class).lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.subList(0, 2))
                .allMatch(l -> l.contains("Read-only file system"))
                .allMatch(l -> l.contains(" it can only be read: mount it for writing"));
        assertThat(lines.getLast()).isEqualTo("same");
    }

    private String run(Class<?> main) throws IOException, InterruptedException {
        Path disk = Files.createTempDirectory(folder, "disk");
        var command = new ArrayList<>(List.of("unshare", "--map-root-user", "--mount", "sh", "-c"));
        command.add("mount -t tmpfs -o size=64m tmpfs '%s' && exec \"$@\"".formatted(disk));
        command.add("sh");
        command.addAll(ChildJvm.command(main, disk));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assumeTrue(
                !output.contains("unshare failed") && !output.contains("mount:"),
                "a tmpfs cannot be mounted here: " + output);
        return output;
    }
}
