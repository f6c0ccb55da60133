package dev.blast.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.packaging.InterpreterTraits.Libc;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagTest {
    private static InterpreterTraits cpython(int minor) {
        return new InterpreterTraits(
                "cpython", 3, minor, false, false, "x86_64", new Libc.Glibc(2, 36));
    }

    @Test
    void compressedTagsAreExpanded() {
        assertThat(Tag.parse("py2.py3-none-any"))
                .extracting(Tag::toString)
                .containsExactly("py2-none-any", "py3-none-any");
        assertThat(Tag.parse("cp312-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64")).hasSize(2);
        assertThat(Tag.parse("CP312-Cp312-Win_AMD64"))
                .extracting(Tag::toString)
                .containsExactly("cp312-cp312-win_amd64");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "py3",
                "py3-none",
                "py3-none-any-x",
                "py3..py2-none-any",
                "-none-any",
                "3-none-any"
            })
    void otherTextIsNoTag(String text) {
        assertThatThrownBy(() -> Tag.parse(text)).isInstanceOf(InvalidSyntaxException.class);
    }

    @Test
    void expansionHasALimit() {
        String many = "a" + ".a".repeat(1000);
        assertThatThrownBy(() -> Tag.parse(many + "-" + many + "-" + many))
                .hasMessageStartingWith("a tag with too many combinations");
    }

    @Test
    void platformsGoFromTheNewestToTheOldest() {
        assertThat(cpython(12).platforms())
                .startsWith("linux_x86_64", "manylinux_2_36_x86_64", "manylinux_2_35_x86_64")
                .containsSubsequence(
                        "manylinux_2_17_x86_64", "manylinux2014_x86_64", "manylinux_2_16_x86_64")
                .containsSubsequence("manylinux_2_12_x86_64", "manylinux2010_x86_64")
                .endsWith("manylinux_2_5_x86_64", "manylinux1_x86_64")
                .hasSize(1 + 32 + 3);
        assertThat(platforms("aarch64", new Libc.Glibc(2, 18)))
                .containsExactly(
                        "linux_aarch64",
                        "manylinux_2_18_aarch64",
                        "manylinux_2_17_aarch64",
                        "manylinux2014_aarch64");
        assertThat(platforms("x86_64", new Libc.Musl(1, 2)))
                .containsExactly(
                        "linux_x86_64",
                        "musllinux_1_2_x86_64",
                        "musllinux_1_1_x86_64",
                        "musllinux_1_0_x86_64");
        assertThat(platforms("armv8l", new Libc.Musl(1, 0)))
                .containsExactly(
                        "linux_armv8l",
                        "linux_armv7l",
                        "musllinux_1_0_armv8l",
                        "musllinux_1_0_armv7l");
        assertThat(platforms("x86_64", new Libc.Other())).containsExactly("linux_x86_64");
    }

    private static List<String> platforms(String architecture, Libc libc) {
        return new InterpreterTraits("cpython", 3, 12, false, false, architecture, libc)
                .platforms();
    }

    /** The whole list for a platform list of one, against what the packaging library gives. */
    @Test
    void tagsGoFromTheMostSpecific() {
        var traits =
                new InterpreterTraits("cpython", 3, 5, false, false, "x86_64", new Libc.Other());
        assertThat(traits.tags().tags())
                .extracting(Tag::toString)
                .containsExactly(
                        "cp35-cp35m-linux_x86_64",
                        "cp35-abi3-linux_x86_64",
                        "cp35-none-linux_x86_64",
                        "cp34-abi3-linux_x86_64",
                        "cp33-abi3-linux_x86_64",
                        "cp32-abi3-linux_x86_64",
                        "py35-none-linux_x86_64",
                        "py3-none-linux_x86_64",
                        "py34-none-linux_x86_64",
                        "py33-none-linux_x86_64",
                        "py32-none-linux_x86_64",
                        "py31-none-linux_x86_64",
                        "py30-none-linux_x86_64",
                        "cp35-none-any",
                        "py35-none-any",
                        "py3-none-any",
                        "py34-none-any",
                        "py33-none-any",
                        "py32-none-any",
                        "py31-none-any",
                        "py30-none-any");
    }

    @ParameterizedTest
    @CsvSource({
        // minor, free-threaded, debug, first ABI, stable ABI
        "12, false, false, cp312, abi3",
        "12, false, true, cp312d, abi3",
        "13, true, false, cp313t, abi3t",
        "14, true, true, cp314td, abi3t",
        "7, false, false, cp37m, abi3",
        "7, false, true, cp37dm, abi3"
    })
    void theAbiFollowsTheBuild(
            int minor, boolean freeThreaded, boolean debug, String abi, String stable) {
        var traits =
                new InterpreterTraits(
                        "cpython", 3, minor, freeThreaded, debug, "x86_64", new Libc.Glibc(2, 36));
        TagSet tags = traits.tags();
        assertThat(tags.tags().getFirst().abi()).isEqualTo(abi);
        assertThat(tags.rank(new Tag("cp3" + minor, stable, "manylinux2014_x86_64"))).isPresent();
        assertThat(tags.rank(new Tag("cp35", stable, "manylinux2014_x86_64"))).isPresent();
        String other = stable.equals("abi3") ? "abi3t" : "abi3";
        assertThat(tags.rank(new Tag("cp3" + minor, other, "manylinux2014_x86_64"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "cp312-cp312-manylinux_2_36_x86_64, cp312-cp312-manylinux2014_x86_64",
        "cp312-cp312-manylinux1_x86_64, cp312-abi3-manylinux_2_36_x86_64",
        "cp312-abi3-manylinux2014_x86_64, cp39-abi3-manylinux_2_36_x86_64",
        "cp39-abi3-manylinux1_x86_64, py3-none-any",
        "py312-none-any, py3-none-any"
    })
    void theFirstIsBetter(String better, String worse) {
        TagSet tags = cpython(12).tags();
        assertThat(tags.bestRank(Tag.parse(better)).orElseThrow())
                .isLessThan(tags.bestRank(Tag.parse(worse)).orElseThrow());
    }

    @Test
    void aWheelIsAsGoodAsItsBestTag() {
        TagSet tags = cpython(12).tags();
        assertThat(tags.bestRank(Tag.parse("py2.py3-none-any")))
                .isEqualTo(tags.rank(new Tag("py3", "none", "any")));
        assertThat(tags.bestRank(Tag.parse("cp312-cp312-win_amd64")))
                .isEqualTo(OptionalInt.empty());
        assertThat(tags.bestRank(Tag.parse("cp313-abi3-manylinux2014_x86_64"))).isEmpty();
    }

    @Test
    void otherInterpretersTakePurePythonOnly() {
        var pypy =
                new InterpreterTraits("pypy", 3, 10, false, false, "x86_64", new Libc.Glibc(2, 36));
        assertThat(pypy.tags().rank(new Tag("py3", "none", "any"))).isPresent();
        assertThat(pypy.tags().rank(new Tag("cp310", "cp310", "manylinux2014_x86_64"))).isEmpty();
    }
}
