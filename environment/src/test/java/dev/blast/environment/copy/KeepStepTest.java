package dev.blast.environment.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeepStepTest {
    private static final Path ODD = Path.of("a b/c\nd\\e");

    static Stream<KeepStep> steps() {
        return Stream.of(
                new KeepStep.Take(ODD, 3, 1L << 40, -5, 6),
                new KeepStep.TakeFolder(ODD, 0755),
                new KeepStep.PlaceFolder(ODD, 4, 8),
                new KeepStep.Place(ODD, 0, 7, 8, 9),
                new KeepStep.Replace(ODD, 12, 1, 2, 3, 4, -5, 6));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void isReadAsItWasWritten(KeepStep step) {
        assertThat(step.line()).doesNotContain("\n");
        assertThat(KeepStep.parse(step.line())).isEqualTo(step);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "take",
                "take 1 x",
                "place 1",
                "take 1 2 x",
                "burn 1 2 x",
                "replace 1 2 3 4 x"
            })
    void whatIsNoneIsRefused(String line) {
        assertThatThrownBy(() -> KeepStep.parse(line)).isInstanceOf(IllegalArgumentException.class);
    }
}
