package dev.blast.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Platforms by their names. */
final class PlatformNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    linux                     | linux  | x86_64  | linux_x86_64, manylinux_2_28_x86_64
                    aarch64-unknown-linux-gnu | linux  | aarch64 | linux_aarch64, manylinux_2_28_aarch64
                    manylinux2014_x86_64      | linux  | x86_64  | linux_x86_64, manylinux_2_17_x86_64
                    x86_64-manylinux_2_31     | linux  | x86_64  | linux_x86_64, manylinux_2_31_x86_64
                    musllinux_1_1_aarch64     | linux  | aarch64 | linux_aarch64, musllinux_1_1_aarch64
                    macos                     | darwin | arm64   | macosx_13_0_arm64, macosx_13_0_universal2
                    x86_64-apple-darwin       | darwin | x86_64  | macosx_13_0_x86_64, macosx_13_0_intel
                    macosx_12_3_arm64         | darwin | arm64   | macosx_12_0_arm64, macosx_12_0_universal2
                    windows                   | win32  | AMD64   | win_amd64
                    aarch64-pc-windows-msvc   | win32  | ARM64   | win_arm64
                    """)
    void haveMarkersAndTags(String word, String system, String machine, String tags) {
        PlatformName platform = PlatformName.of(word);
        MarkerEnvironment markers = platform.markers(Version.parse("3.13.0"));
        assertThat(markers.sysPlatform()).isEqualTo(system);
        assertThat(markers.platformMachine()).isEqualTo(machine);
        assertThat(markers.pythonVersion()).isEqualTo("3.13");
        assertThat(String.join(", ", platform.tags())).startsWith(tags);
    }

    /** Their number is that of the packaging library. */
    @Test
    void macosRunsWhatOlderOnesDo() {
        assertThat(PlatformName.of("macos").tags())
                .hasSize(19)
                .endsWith("macosx_10_5_universal2", "macosx_10_4_universal2");
        assertThat(PlatformName.of("macosx_13_0_x86_64").tags())
                .hasSize(96)
                .contains("macosx_10_9_x86_64", "macosx_11_0_universal2");
    }

    @Test
    void anotherWordIsSaidWithTheNearest() {
        assertThatThrownBy(() -> PlatformName.of("wndows"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("did you mean 'windows'?")
                .hasMessageContaining("a tag such as manylinux_2_28_x86_64");
    }
}
