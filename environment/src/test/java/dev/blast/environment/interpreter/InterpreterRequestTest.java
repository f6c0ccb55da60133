package dev.blast.environment.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.SpecifierSet;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InterpreterRequestTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "any",
            delimiter = '|',
            value = {
                "3.12            | any     | ==3.12.*     | false",
                "3.12.1          | any     | ==3.12.1     | false",
                "3               | any     | ==3.*        | false",
                "3.14.0rc1       | any     | ==3.14.0rc1  | false",
                "3.13t           | any     | ==3.13.*     | true",
                "python3.12      | any     | ==3.12.*     | false",
                "python          | any     | ''           | false",
                "cpython@3.12    | cpython | ==3.12.*     | false",
                "cpython-3.12.1  | cpython | ==3.12.1     | false",
                "pypy            | pypy    | ''           | false",
                "pypy3.10        | pypy    | ==3.10.*     | false",
                ">=3.11          | any     | >=3.11       | false",
                "'>=3.11,<3.13'  | any     | '<3.13,>=3.11' | false",
                "cpython>=3.11   | cpython | >=3.11       | false",
                "~=3.11          | any     | ~=3.11       | false",
            })
    void readsWhatPeopleWrite(
            String text, String implementation, String versions, boolean freeThreaded) {
        assertThat(InterpreterRequest.parse(text))
                .isEqualTo(
                        new InterpreterRequest.Matching(
                                implementation,
                                SpecifierSet.parse(versions),
                                freeThreaded,
                                "Python " + text));
    }

    @Test
    void takesWhatHoldsASlashForAPath() {
        assertThat(InterpreterRequest.parse("/opt/python/bin/python"))
                .isEqualTo(new InterpreterRequest.At(Path.of("/opt/python/bin/python")));
        assertThat(InterpreterRequest.parse("./python"))
                .isEqualTo(new InterpreterRequest.At(Path.of("python").toAbsolutePath()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "three", "3.12.1.2", "ruby@3", "3.x"})
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> InterpreterRequest.parse(text))
                .isInstanceOf(InvalidSyntaxException.class);
    }
}
