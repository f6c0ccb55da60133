package dev.blast.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequirementTest {
    @Test
    void itsTextLeavesAPasswordOut() {
        Requirement requirement = Requirement.parse("a @ https://me:pw@index.example/a.zip");
        assertThat(requirement).hasToString("a @ https://index.example/a.zip");
        assertThat(requirement.url()).isEqualTo("https://me:pw@index.example/a.zip");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    Django                             | django
                    zope.interface (>3.5.0)            | zope-interface>3.5.0
                    requests[Socks,security] >= 2, < 3 | requests[security,socks]<3,>=2
                    a[ ]                               | a
                    a()                                | a
                    a>=1,                              | a>=1
                    a===1.0-custom                     | a===1.0-custom
                    a;os_name=='posix'                 | a; os_name == "posix"
                    a>=1 ;extra=='X'                   | a>=1; extra == "x"
                    a@https://index.example/a.zip      | a @ https://index.example/a.zip
                    a [x] @ git+https://index.example/a@v1#egg=a ; os_name=='nt' | a[x] @ git+https://index.example/a@v1#egg=a ; os_name == "nt"
                    a @ file:///tmp/a;b                | a @ file:///tmp/a;b
                    a @ git+ssh://git@index.example/a  | a @ git+ssh://git@index.example/a
                    """)
    void hasOneText(String input, String text) {
        Requirement requirement = Requirement.parse(input);
        assertThat(requirement).hasToString(text);
        assertThat(Requirement.parse(text)).isEqualTo(requirement).hasSameHashCodeAs(requirement);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ``                     | expected the name of a package: ''
                    ==1.0                  | expected the name of a package: '==1.0'
                    a_                     | not a package name: 'a_' (at character 2)
                    a b                    | expected a version specifier, ';' or the end: 'a b' (at character 3)
                    a 1.0                  | expected a version specifier, ';' or the end: 'a 1.0' (at character 3)
                    a>=1 <2                | expected ',', ';' or the end: 'a>=1 <2' (at character 6)
                    a[b                    | no ']' closes this '[': 'a[b' (at character 2)
                    a[b,]                  | expected the name of an extra: 'a[b,]' (at character 5)
                    a(>=1                  | no ')' closes this '(': 'a(>=1' (at character 2)
                    a>=1.*                 | '.*' may only follow '==' and '!=': 'a>=1.*' (at character 2)
                    a @                    | expected a URL after '@': 'a @'
                    a @ http://x; os_name  | expected ';' after the URL and a blank: 'a @ http://x; os_name' (at character 15)
                    a; os_nam == 'x'       | expected a marker variable or a quoted text: 'a; os_nam == 'x'' (at character 4)
                    """)
    void refusesWithAReason(String input, String message) {
        assertThatThrownBy(() -> Requirement.parse(input))
                .isInstanceOf(InvalidSyntaxException.class)
                .hasMessage(message);
    }

    @Test
    void appliesByItsMarker() {
        var environment = MarkerEnvironment.from(Map.of("os_name", "posix"));
        Requirement requirement = Requirement.parse("a; os_name == 'posix' and extra == 'x'");
        assertThat(requirement.appliesTo(environment, Set.of(new ExtraName("X")))).isTrue();
        assertThat(requirement.appliesTo(environment, Set.of())).isFalse();
        assertThat(Requirement.parse("a").appliesTo(environment, Set.of())).isTrue();
    }

    @Test
    void aUrlAndAVersionExcludeEachOther() {
        assertThatThrownBy(() ->
                        new Requirement(
                                new PackageName("a"),
                                Set.of(),
                                SpecifierSet.parse(">1"),
                                "https://index.example/a",
                                null))
                .hasMessage("a has both a URL and a version specifier");
    }
}
