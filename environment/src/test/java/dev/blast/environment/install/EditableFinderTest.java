package dev.blast.environment.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text is what setuptools 82.0 writes for a package in the folder /home/me/demo. */
class EditableFinderTest {
    private static final String KNOWN = known();

    private static String known() {
        try (var text = EditableFinderTest.class.getResourceAsStream("finder.txt")) {
            return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean isKnown(String text) {
        return EditableFinder.isKnown(
                text.getBytes(StandardCharsets.UTF_8),
                Path.of("/home/me/demo"),
                List.of("sitecustomize", "usercustomize"));
    }

    @Test
    void theTextOfSetuptoolsIsKnown() {
        assertThat(isKnown(KNOWN)).isTrue();
        assertThat(isKnown(KNOWN.replace("return None", "return exec('1')"))).isFalse();
        assertThat(isKnown(KNOWN + "import os\n")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | true",
                "{'demo': '/home/me/demo/demo', 'more': '/home/me/demo/src/more.py'} | true",
                "{'demo': '/home/me/demo/../other'} | false",
                "{'demo': '/home/me/other'} | false",
                "{'demo': 'demo'} | false",
                "{'sitecustomize': '/home/me/demo/x'} | false",
                "{'usercustomize.x': '/home/me/demo/x'} | false",
                "{'demo': '/home/me/demo/demo', **__import__('os').environ} | false",
                "{'demo': '/home/me/demo/a\\'b'} | false",
                "{'demo': '/home/me/demo/a'}; import os | false",
                "exec('1') | false",
            })
    void nothingElseIsFoundByIt(String mapping, boolean known) {
        assertThat(
                        isKnown(
                                KNOWN.replaceFirst(
                                        "(?m)^(MAPPING[^=]*= ).*$",
                                        "$1" + mapping.replace("\\", "\\\\"))))
                .isEqualTo(known);
        assertThat(
                        isKnown(
                                KNOWN.replaceFirst(
                                        "(?m)^PATH_PLACEHOLDER = .*$",
                                        "PATH_PLACEHOLDER = exec('1')")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "import __editable___demo_1_0_finder; __editable___demo_1_0_finder.install() | __editable___demo_1_0_finder.py",
                "import __editable___demo_1_0_finder; __editable___other_finder.install() | ",
                "import __editable___demo_1_0_finder; __editable___demo_1_0_finder.install(); import os | ",
                "import os | ",
            })
    void theLineThatInstallsItIsKnown(String line, String module) {
        assertThat(EditableFinder.module(List.of(line))).isEqualTo(module);
        assertThat(EditableFinder.module(List.of(line, line))).isNull();
    }
}
