package dev.blast.enforcer.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blast.enforcer.spawn.TerminalSignals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of each listing are those that GNU as makes of its mnemonics. */
class MachineCodeTest {
    @TempDir Path folder;

    @BeforeAll
    static void assembler() {
        for (String program : new String[] {"as", "objcopy"}) {
            assumeTrue(
                    Stream.of(System.getenv("PATH").split(":", -1))
                            .anyMatch(place -> Files.isExecutable(Path.of(place, program))),
                    "needs " + program + " (binutils)");
        }
        assumeTrue(
                System.getProperty("os.arch").equals("amd64"),
                "as assembles for " + System.getProperty("os.arch") + " here");
    }

    @Test
    void theCodeThatSpawns() throws Exception {
        assertAssembled(SpawnCode.X86_64);
    }

    @Test
    void theFirstProcess() throws Exception {
        assertAssembled(InitProgram.X86_64);
    }

    @Test
    void theHandlerOfSignals() throws Exception {
        assertAssembled(TerminalSignals.X86_64);
    }

    private void assertAssembled(String listing) throws Exception {
        String source =
                listing.lines()
                        .map(MachineCodeTest::instruction)
                        .collect(
                                Collectors.joining(
                                        "\n", ".intel_syntax noprefix\n.set pidfd, 0\n", "\n"));
        String hex = HexFormat.ofDelimiter(" ").formatHex(CodePage.bytes(listing));
        assertThat(HexFormat.ofDelimiter(" ").formatHex(assembled(source)))
                .as(source)
                .isEqualTo(hex);
    }

    /**
     * What stands behind the semicolon, as the assembler reads it: a line without bytes is a label
     * and what is told about it; a label may also stand before an instruction; three spaces begin a
     * comment.
     */
    private static String instruction(String line) {
        int semicolon = line.indexOf(';');
        String text = line.substring(semicolon + 1).strip().split(" {3,}", 2)[0];
        if (line.substring(0, semicolon).isBlank()) {
            return text.substring(0, text.indexOf(':') + 1);
        }
        return text.replace("word [", "word ptr [");
    }

    private byte[] assembled(String source) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("code.s"), source);
        run("as", "--64", "-o", "code.o", "code.s");
        run("objcopy", "-O", "binary", "-j", ".text", "code.o", "code.bin");
        return Files.readAllBytes(folder.resolve("code.bin"));
    }

    private void run(String... command) throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        assertThat(process.waitFor()).as(Files.readString(said)).isZero();
    }
}
