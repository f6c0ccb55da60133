package dev.blast.environment.copy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LineCountsTest {

    @ParameterizedTest
    @CsvSource({
        "'', '', 0, 0",
        "'', 'a\nb\n', 2, 0",
        "'a\nb\n', '', 0, 2",
        "'a\nb\nc\n', 'c\na\nB\n', 1, 1",
        "'a\na\n', 'a\na\na', 1, 0"
    })
    void linesComeAndGo(String before, String after, int come, int gone) {
        assertThat(LineCounts.between(before.getBytes(UTF_8), after.getBytes(UTF_8)))
                .contains(new LineCounts(come, gone));
    }

    @Test
    void whatIsNoTextHasNone() {
        byte[] text = "a\n".getBytes(UTF_8);
        assertThat(LineCounts.between(text, new byte[] {(byte) 0xff, '\n'}))
                .isEqualTo(Optional.empty());
        assertThat(LineCounts.between(new byte[] {'a', 0}, text)).isEqualTo(Optional.empty());
    }
}
