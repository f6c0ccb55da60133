package dev.blast.enforcer.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first process of a sandbox on AArch64, under QEMU's emulation of that for one program. */
@Timeout(60)
class FirstProcessOnAarch64Test {
    private static final String EMULATOR = "qemu-aarch64-static";
    private static final int GETPID = 172;

    @TempDir Path folder;

    @BeforeAll
    static void emulator() {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, EMULATOR))),
                "needs " + EMULATOR + " (qemu-user-static)");
    }

    /**
     * Its exit code. The program begins as the child of a spawn does: with signals blocked, and the
     * four descriptors that it expects.
     */
    private int run(String go, String program, String... arguments) throws Exception {
        Path file = folder.resolve("init");
        ByteBuffer rows = ByteBuffer.allocate(7 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        rows.putLong(GETPID).position(6 * Long.BYTES);
        rows.putLong(-1);
        Files.write(file, InitProgram.elf(Processor.AARCH64, rows.array()));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(folder.resolve("line"), go);
        Process process =
                new ProcessBuilder(
                                Stream.concat(
                                                Stream.of(
                                                        "env",
                                                        "--block-signal",
                                                        "sh",
                                                        "-c",
                                                        "exec 3<>line 4</dev/null 5</dev/null 6>told; exec %s -0 \"$0\" ./init \"$@\""
                                                                .formatted(EMULATOR),
                                                        program),
                                                Stream.of(arguments))
                                        .toList())
                        .directory(folder.toFile())
                        .inheritIO()
                        .start();
        return process.waitFor();
    }

    private List<Long> told() throws IOException {
        ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("told")));
        return all.remaining() == 0
                ? List.of()
                : List.of(all.order(ByteOrder.LITTLE_ENDIAN).getLong());
    }

    /** None leaves a process behind: without a pid namespace it would be this one's. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exit 7 | 7",
                "kill -9 $$ | 137",
                "sleep 0.1 & wait; exit 4 | 4",
                "exit 0 | 0",
                "kill -0 $PPID && exit 5 | 5"
            })
    void itEndsAsItsProgram(String script, int code) throws Exception {
        assertThat(run("x", "/bin/sh", "sh", "-c", script)).isEqualTo(code);
        assertThat(told()).hasSize(1).allMatch(it -> it > 0);
    }

    @Test
    void whatCannotBeRunIsReported() throws Exception {
        assertThat(run("x", "/nowhere", "x")).isEqualTo(127);
        ByteBuffer said = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("line")));
        assertThat(said.order(ByteOrder.LITTLE_ENDIAN).position(1).getLong())
                .isEqualTo(-Errno.ENOENT.number());
    }

    @Test
    void withoutAByteNothingIsRun() throws Exception {
        assertThat(run("", "/bin/sh", "sh", "-c", "echo >ran")).isEqualTo(127);
        assertThat(folder.resolve("ran")).doesNotExist();
    }
}
