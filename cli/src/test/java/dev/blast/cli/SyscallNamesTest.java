package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.vocabulary.SyscallNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/enforcing.md knows the groups of system calls. */
class SyscallNamesTest {

    @Test
    void theGuideNamesEachGroup() throws IOException {
        String guide =
                Files.readString(Path.of(System.getProperty("blast.root"), "docs/enforcing.md"));
        Stream<String> rows =
                Pattern.compile("(?m)^\\| `(@\\w+)` \\|")
                        .matcher(guide)
                        .results()
                        .map(it -> it.group(1));

        assertThat(Stream.concat(rows, Stream.of("@default")))
                .containsExactlyInAnyOrderElementsOf(
                        SyscallNames.ALL.stream().filter(name -> name.startsWith("@")).toList());
    }
}
