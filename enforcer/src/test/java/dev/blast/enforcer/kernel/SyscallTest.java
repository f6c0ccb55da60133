package dev.blast.enforcer.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SyscallTest {
    private static final Path INCLUDE = Path.of("/usr/include");

    /** As far as both reach: headers may be older than the table, or newer. */
    @ParameterizedTest
    @EnumSource
    void everyNumberIsTheOneInTheHeadersOfTheKernel(Processor processor) throws IOException {
        Path header =
                switch (processor) {
                    case X86_64 -> SyscallHeaders.x86(INCLUDE);
                    case AARCH64 -> SyscallHeaders.generic(INCLUDE);
                };
        assumeTrue(
                Files.exists(header),
                "the kernel's headers are not here: " + header + " (Debian: linux-libc-dev)");
        SortedMap<String, Integer> theirs = SyscallHeaders.numbers(header);
        SortedMap<String, Integer> ours = numbers(processor);
        int both = Math.min(Collections.max(theirs.values()), Collections.max(ours.values()));
        ours.values().removeIf(number -> number > both);
        theirs.values().removeIf(number -> number > both);
        assertThat(ours).hasSizeGreaterThan(250).isEqualTo(theirs);
    }

    private static SortedMap<String, Integer> numbers(Processor processor) {
        SortedMap<String, Integer> numbers = new TreeMap<>();
        for (Syscall syscall : Syscall.values()) {
            if (syscall.number(processor) >= 0) {
                numbers.put(syscall.name(), syscall.number(processor));
            }
        }
        return numbers;
    }
}
