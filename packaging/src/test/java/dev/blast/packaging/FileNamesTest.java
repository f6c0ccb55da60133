package dev.blast.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {
    @ParameterizedTest
    @CsvSource({
        "foo-1.0-py3-none-any.whl, foo, 1.0, , 1",
        "Foo_Bar-1.0.post1-py2.py3-none-any.whl, foo-bar, 1.0.post1, , 2",
        "foo-1.0-12abc-py3-none-any.whl, foo, 1.0, 12abc, 1",
        "numpy-2.0.0-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl, numpy, 2.0.0, , 2"
    })
    void wheels(String filename, String name, String version, String build, int tags) {
        WheelName wheel = WheelName.parse(filename);
        assertThat(wheel.name()).hasToString(name);
        assertThat(wheel.version()).hasToString(version);
        assertThat(wheel.build() == null ? null : wheel.build().toString()).isEqualTo(build);
        assertThat(wheel.tags()).hasSize(tags);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "foo-1.0.whl",
                "foo-1.0-py3-none-any.zip",
                "foo__bar-1.0-py3-none-any.whl",
                "foo-1.x-py3-none-any.whl",
                "foo-1.0-abc-py3-none-any.whl",
                "-1.0-py3-none-any.whl",
                "foo-1.0-1-2-py3-none-any.whl",
                "foo-1.0-1/../../../bar-py3-none-any.whl",
                "foo-1.0-1\\bar-py3-none-any.whl",
                "foo-1.0-1\u001b-py3-none-any.whl"
            })
    void noWheels(String filename) {
        assertThatThrownBy(() -> WheelName.parse(filename))
                .isInstanceOf(InvalidSyntaxException.class);
    }

    @Test
    void aHigherBuildIsLater() {
        assertThat(WheelName.parse("foo-1-10-py3-none-any.whl").build())
                .isGreaterThan(WheelName.parse("foo-1-9-py3-none-any.whl").build());
    }

    @ParameterizedTest
    @CsvSource({
        "foo-1.0.tar.gz, foo, 1.0",
        "foo_bar-1.0rc1.zip, foo-bar, 1.0rc1",
        "python-dateutil-2.9.0.post0.tar.gz, python-dateutil, 2.9.0.post0"
    })
    void sdists(String filename, String name, String version) {
        SdistName sdist = SdistName.parse(filename);
        assertThat(sdist.name()).hasToString(name);
        assertThat(sdist.version()).hasToString(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "foo-1.0.tar.bz2",
                "foo.tar.gz",
                "-1.0.tar.gz",
                "foo-x.tar.gz",
                "a/foo-1.0.tar.gz"
            })
    void noSdists(String filename) {
        assertThatThrownBy(() -> SdistName.parse(filename))
                .isInstanceOf(InvalidSyntaxException.class);
    }
}
