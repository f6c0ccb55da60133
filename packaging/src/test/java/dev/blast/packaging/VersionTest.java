package dev.blast.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
    @ParameterizedTest
    @CsvSource({
        "1.0, 1.0",
        "v1.0, 1.0",
        "' 1.0\t', 1.0",
        "1.0-RC.1, 1.0rc1",
        "1.0c2, 1.0rc2",
        "1.0preview3, 1.0rc3",
        "1.0alpha, 1.0a0",
        "1.0_beta-4, 1.0b4",
        "1.0-1, 1.0.post1",
        "1.0.rev5, 1.0.post5",
        "1.0r5, 1.0.post5",
        "1.0a-, 1.0a0",
        "1.0a-.dev, 1.0a0.dev0",
        "1.0--dev3, ",
        "1.0DEV7, 1.0.dev7",
        "1!2.03, 1!2.3",
        "0!1.0, 1.0",
        "1.0+Ubuntu-01_x, 1.0+ubuntu.1.x",
        "00.000.1, 0.0.1",
        "2024.01.15, 2024.1.15",
        "20240115123456789012345.1, 20240115123456789012345.1",
    })
    void isNormalized(String text, String normalized) {
        assertThat(Version.tryParse(text).map(Version::toString).orElse(null))
                .isEqualTo(normalized);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v",
                "1.",
                "1..0",
                "1.0+",
                "1.0+a..b",
                "1.0 a",
                "!1",
                "1!",
                "1.0poſt1",
                "١.٠",
                "1.0+é",
                "lolwat"
            })
    void otherTextIsNoVersion(String text) {
        assertThat(Version.tryParse(text)).isEmpty();
        assertThatThrownBy(() -> Version.parse(text))
                .isInstanceOf(InvalidSyntaxException.class)
                .hasMessageContaining("not a version (PEP 440)");
    }

    @Test
    void anErrorNamesTheTextAndThePlace() {
        assertThatThrownBy(() -> Version.parse("1.0.x"))
                .hasMessage("not a version (PEP 440): '1.0.x' (at character 4)")
                .isInstanceOfSatisfying(
                        InvalidSyntaxException.class, e -> assertThat(e.position()).isEqualTo(3));
    }

    @Test
    void theOrderIsThatOfTheStandard() {
        List<Version> ordered =
                List.of(
                                "0.dev0",
                                "1.dev0",
                                "1.0.dev456",
                                "1.0a1.dev1",
                                "1.0a1",
                                "1.0a2.dev456",
                                "1.0a12.dev456",
                                "1.0a12",
                                "1.0b1.dev456",
                                "1.0b2",
                                "1.0b2.post345.dev456",
                                "1.0b2.post345",
                                "1.0rc1.dev456",
                                "1.0rc1",
                                "1.0",
                                "1.0+abc.5",
                                "1.0+abc.7",
                                "1.0+abcdefgh",
                                "1.0+abcdefghi",
                                "1.0+5",
                                "1.0+5.a",
                                "1.0+10",
                                "1.0.post456.dev34",
                                "1.0.post456",
                                "1.0.0.1",
                                "1.0.15",
                                "1.1.dev1",
                                "1.1",
                                "99999999999999999.0",
                                "999999999999999999.0",
                                "1000000000000000000.0",
                                "18446744073709551616.0",
                                "100000000000000000000000000000000000000.0",
                                "1!0.1")
                        .stream()
                        .map(Version::parse)
                        .toList();
        var shuffled = new ArrayList<>(ordered);
        Collections.shuffle(shuffled, new Random(1));
        Collections.sort(shuffled);
        assertThat(shuffled).containsExactlyElementsOf(ordered);
    }

    @Test
    void theOrderAgreesWithTheWordingOfTheStandard() {
        for (long seed = 0; seed < 20_000; seed++) {
            var anything = new Anything(seed);
            Version a = anything.version();
            Version b = anything.version();
            int expected = Integer.signum(Pep440Reference.compare(a, b));
            assertThat(Integer.signum(a.compareTo(b)))
                    .as("seed %d: %s, %s", seed, a, b)
                    .isEqualTo(expected);
            assertThat(a.equals(b)).as("seed %d", seed).isEqualTo(expected == 0);
            if (expected == 0) {
                assertThat(a).as("seed %d", seed).hasSameHashCodeAs(b);
            }
            assertThat(Version.parse(a.toString()))
                    .as("seed %d", seed)
                    .isEqualTo(a)
                    .hasToString(a.toString());
            assertThat(a.parts()).as("seed %d", seed).hasToString(a.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.3, false, false, false, false",
        "1.0rc1, true, false, false, false",
        "1.0.dev3, true, false, true, false",
        "1.0.post2.dev3+x, true, true, true, true",
        "1.0-2, false, true, false, false",
        "1.0+cu121, false, false, false, true"
    })
    void knowsItsKind(String text, boolean pre, boolean post, boolean dev, boolean local) {
        Version version = Version.parse(text);
        assertThat(
                        List.of(
                                version.isPrerelease(),
                                version.isPostrelease(),
                                version.isDevelopment(),
                                version.isLocal()))
                .containsExactly(pre, post, dev, local);
    }

    @Test
    void hasItsParts() {
        Version version = Version.parse("3.12.4rc1");
        assertThat(List.of(version.major(), version.minor(), version.micro()))
                .containsExactly(3, 12, 4);
        assertThat(Version.parse("3").minor()).isZero();
        assertThat(Version.parse("1.0+local").withoutLocal()).hasToString("1.0");
        assertThatThrownBy(() -> Version.parse("99999999999").major())
                .isInstanceOf(ArithmeticException.class);
    }
}
