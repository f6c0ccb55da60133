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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The bytes of each listing are those that GNU as makes of its mnemonics. */
class MachineCodeTest {
    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource
    void theCodeThatSpawns(Processor processor) throws Exception {
        assertAssembled(
                processor,
                switch (processor) {
                    case X86_64 -> SpawnCode.X86_64;
                    case AARCH64 -> SpawnCode.AARCH64;
                });
    }

    @ParameterizedTest
    @EnumSource
    void theFirstProcess(Processor processor) throws Exception {
        assertAssembled(
                processor,
                switch (processor) {
                    case X86_64 -> InitProgram.X86_64;
                    case AARCH64 -> InitProgram.AARCH64;
                });
    }

    @ParameterizedTest
    @EnumSource
    void theHandlerOfSignals(Processor processor) throws Exception {
        assertAssembled(
                processor,
                switch (processor) {
                    case X86_64 -> TerminalSignals.X86_64;
                    case AARCH64 -> TerminalSignals.AARCH64;
                });
    }

    private void assertAssembled(Processor processor, String listing) throws Exception {
        String begin =
                processor == Processor.X86_64 ? ".intel_syntax noprefix\n.set pidfd, 0\n" : "";
        String source =
                listing.lines()
                        .map(MachineCodeTest::instruction)
                        .collect(Collectors.joining("\n", begin, "\n"));
        String hex = HexFormat.ofDelimiter(" ").formatHex(CodePage.bytes(listing));
        assertThat(HexFormat.ofDelimiter(" ").formatHex(assembled(processor, source)))
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

    private byte[] assembled(Processor processor, String source)
            throws IOException, InterruptedException {
        Files.writeString(folder.resolve("code.s"), source);
        run(tool(processor, "as"), "-o", "code.o", "code.s");
        run(tool(processor, "objcopy"), "-O", "binary", "-j", ".text", "code.o", "code.bin");
        return Files.readAllBytes(folder.resolve("code.bin"));
    }

    /** That of this machine, or of Debian's binutils for the other one. */
    private static String tool(Processor processor, String name) {
        String prefix =
                switch (processor) {
                    case X86_64 -> "x86_64-linux-gnu-";
                    case AARCH64 -> "aarch64-linux-gnu-";
                };
        boolean isHere = Processor.here().filter(processor::equals).isPresent();
        String program = isHere ? name : prefix + name;
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, program))),
                "needs " + program + " (binutils)");
        return program;
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
