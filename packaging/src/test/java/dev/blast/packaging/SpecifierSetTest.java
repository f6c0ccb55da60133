package dev.blast.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecifierSetTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ==1.0          | 1.0 1.0.0 1.0+x       | 1.0.post1 1.0a1 1.0.1
                    ==1.0+x        | 1.0+x                 | 1.0 1.0+y
                    !=1.0          | 1.1 1.0.post1 1.0rc1  | 1.0 1.0+x
                    ==1.5.*        | 1.5 1.5.9 1.5rc1 1.5+x 1.5.dev0 | 1.6 1.4.9 1!1.5 1.6.dev0
                    !=1.5.*        | 1.6 1.4 1.6.dev0      | 1.5.1 1.5.dev0
                    ~=2.2          | 2.2 2.9 2.2.post3     | 3.0 2.1 3.dev0 2.2rc1
                    ~=1.4.5a4      | 1.4.5a4 1.4.9 1.4.5   | 1.5 1.4.5a3
                    >=1.0          | 1.0 1.0+x 1.1 1.1a1   | 1.0rc1 0.9
                    <=1.0          | 1.0 1.0+x 0.9 1.0rc1  | 1.0.post1 1.0.1
                    <2             | 1.9 1.9+x 1.9rc1      | 2 2rc1 2.dev0 2.0.0a1 2.0a1.post0
                    <2rc1          | 2b1 2a1 2.dev0        | 2rc1 2
                    <1.0.post1     | 1.0 1.0.post0 1.0a1   | 1.0.post1 1.0.post1.dev0
                    >1.0           | 1.0.1 1.1 1.0.0.1.dev0| 1.0 1.0+x 1.0.post1 1.0.post1.dev0
                    >1.0.post1     | 1.0.post2 1.1         | 1.0.post1 1.0.post1+x
                    >1.0a1         | 1.0a2 1.0 1.0.post1   | 1.0a1.post1 1.0a1
                    ===1.0         | 1.0                   | 1.0+x 1.1
                    ===weird       | ''                    | 1.0
                    >=1,!=1.5,<2   | 1.4 1.5.1             | 1.5 2 0.9
                    ''             | 1.0 1.0rc1            | ''
                    """)
    void letsThrough(String text, String inside, String outside) {
        SpecifierSet specifier = SpecifierSet.parse(text);
        for (Version version : versions(inside)) {
            assertThat(specifier.contains(version)).as("%s in %s", version, text).isTrue();
            assertThat(specifier.versions().contains(version))
                    .as("%s in the set of %s", version, text)
                    .isTrue();
        }
        for (Version version : versions(outside)) {
            assertThat(specifier.contains(version)).as("%s in %s", version, text).isFalse();
            assertThat(specifier.versions().contains(version))
                    .as("%s in the set of %s", version, text)
                    .isFalse();
        }
    }

    private static List<Version> versions(String texts) {
        return Arrays.stream(texts.split(" ", -1))
                .filter(text -> !text.isEmpty())
                .map(Version::parse)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    2.0        | a version specifier begins with one of ~= == != <= >= < > ===: '2.0'
                    =>2.0      | a version specifier begins with one of ~= == != <= >= < > ===: '=>2.0'
                    >=1.*      | '.*' may only follow '==' and '!=': '>=1.*' (at character 4)
                    ==1.0a1.*  | '.*' may only follow release numbers: '==1.0a1.*' (at character 8)
                    >1.0+x     | a local version may only follow '==' and '!=': '>1.0+x' (at character 5)
                    ~=1        | '~=' needs two release numbers at least: '~=1' (at character 3)
                    ==         | not a version in a specifier: '=='
                    ==1.0 .*   | one word follows the operator: '==1.0 .*' (at character 3)
                    """)
    void refusesWithAReason(String text, String message) {
        assertThatThrownBy(() -> SpecifierSet.parse(text)).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    >=1.0,<2        | <2.0.0, >=1   | true
                    ==1.0           | ==1.0.0       | true
                    ~=1.0           | ~=1.0.0       | false
                    ==1.*           | ==1.0.*       | false
                    >=1,>=1.0       | >=1           | true
                    ===1.0          | ===1.0.0      | false
                    <1              | <=1           | false
                    """)
    void equalClausesMakeEqualSets(String left, String right, boolean equal) {
        SpecifierSet a = SpecifierSet.parse(left);
        SpecifierSet b = SpecifierSet.parse(right);
        assertThat(a.equals(b)).isEqualTo(equal);
        if (equal) {
            assertThat(a).hasSameHashCodeAs(b);
        }
    }

    @Test
    void theTextKeepsWhatWasWritten() {
        assertThat(SpecifierSet.parse(" >= 1.00 ,<2.0.RC1,, ")).hasToString("<2.0.RC1,>=1.00");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    >=1         |       | 1.0 2.0rc1 2.0   | 1.0 2.0
                    >=1         |       | 0.9 2.0rc1       | 2.0rc1
                    >=1.0rc1    |       | 1.0 2.0rc1       | 1.0 2.0rc1
                    !=1.0rc1    |       | 1.0 2.0rc1       | 1.0
                    >=1         | true  | 1.0 2.0rc1       | 1.0 2.0rc1
                    >=1.0rc1    | false | 1.0 2.0rc1       | 1.0
                    >=1         | false | 2.0rc1           | ''
                    """)
    void filtersPrereleases(String specifier, Boolean prereleases, String input, String expected) {
        assertThat(SpecifierSet.parse(specifier).filter(versions(input), prereleases))
                .isEqualTo(versions(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    >=2,<1          | true  | false
                    >=1,<2          | true  | true
                    >=1.0rc1,<1.0   | true  | false
                    >=1.0rc1,<=1.0  | false | true
                    >=1.0a1,<1.0a2  | true  | true
                    >=1.0a1,<1.0a2  | false | false
                    >=1.0.post1.dev0,<=1.0.post1 | false | true
                    ===weird        | true  | true
                    ===weird,>=1    | true  | false
                    """)
    void canBeSatisfiedOrNot(String specifier, boolean prereleases, boolean satisfiable) {
        assertThat(SpecifierSet.parse(specifier).isSatisfiable(prereleases)).isEqualTo(satisfiable);
    }

    @Test
    void theSetsAgreeWithTheWordingOfTheStandard() {
        for (long seed = 0; seed < 20_000; seed++) {
            var anything = new Anything(seed);
            SpecifierSet set = anything.specifierSet();
            VersionSet versions = set.versions();
            for (int i = 0; i < 5; i++) {
                Version version = anything.version();
                boolean expected =
                        set.specifiers().stream()
                                .allMatch(clause -> Pep440Reference.contains(clause, version));
                assertThat(set.contains(version))
                        .as("seed %d: %s in %s", seed, version, set)
                        .isEqualTo(expected);
                assertThat(versions.contains(version))
                        .as("seed %d: %s in the set of %s", seed, version, set)
                        .isEqualTo(expected);
            }
        }
    }
}
