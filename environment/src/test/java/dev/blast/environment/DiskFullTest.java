package dev.blast.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blast.solver.index.IndexException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A project on a small disk that is nearly full, with more and more room, so that it runs full at
 * one place after another. Needs {@code unshare} and the right to mount a tmpfs in a namespace of
 * its own; skipped where that is not given.
 */
@Timeout(120)
class DiskFullTest {
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
                            ballast,
                            java.nio.file.StandardOpenOption.CREATE,
                            java.nio.file.StandardOpenOption.WRITE)) {
                byte[] block = new byte[4096];
                for (long written = 0; written + freeBytes + 4096 <= room; written += 4096) {
                    channel.write(java.nio.ByteBuffer.wrap(block));
                }
            }
            return ballast;
        }
    }

    @Test
    void whereverTheDiskRunsFullNothingHasChangedAndTheNextTryWorks() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        var command =
                new java.util.ArrayList<>(
                        List.of("unshare", "--map-root-user", "--mount", "sh", "-c"));
        command.add("mount -t tmpfs -o size=64m tmpfs '%s' && exec \"$@\"".formatted(disk));
        command.add("sh");
        command.addAll(ChildJvm.command(OnASmallDisk.class, disk));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assumeTrue(
                !output.contains("unshare failed") && !output.contains("mount:"),
                "a tmpfs cannot be mounted here: " + output);
        assertThat(output).doesNotContain("DIFFERENT").doesNotContain("Exception");
        assertThat(output.lines().filter(l -> l.startsWith("same ")))
                .hasSizeGreaterThan(3)
                .allMatch(l -> l.contains("No space left on device"));
        assertThat(output.lines().reduce("", (_, last) -> last))
                .startsWith("done with ")
                .endsWith(" xxx");
    }
}
