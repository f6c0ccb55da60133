package dev.blast.cli.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class CommandNameTest {
    private static final Pattern CHOICE = Pattern.compile("(?m)^ +([a-z| ]+)\\) aot_cache=");

    @Test
    void everyCommandStandsInTheTableUnderItsName() {
        for (CommandName name : CommandName.values()) {
            assertThat(CommandTable.of(name).name()).isEqualTo(name.word());
        }
    }

    /**
     * The launcher picks a cache by the command's word: one that is gone would be picked by none.
     */
    @Test
    void theLauncherKnowsNoOthers() throws IOException {
        String launcher =
                Files.readString(Path.of(System.getProperty("blast.root"), "launcher/java.sh"));
        List<String> words =
                CHOICE.matcher(launcher)
                        .results()
                        .flatMap(it -> Pattern.compile("\\W+").splitAsStream(it.group(1)))
                        .filter(word -> !word.isEmpty())
                        .toList();
        assertThat(words).hasSizeGreaterThan(5).isSubsetOf(CommandName.words());
    }
}
