package dev.blast.environment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"", "a b", "a\nb", "a\rb\r\n", "\\n", "\\\\r\r\\", "end\nend", "\u2028"})
    void anyValueComesBack(String value) {
        String text = new Lines.Writer().add("key", value).add("key", "x").text();
        assertThat(Lines.parse(text).all("key")).containsExactly(value, "x");
    }
}
