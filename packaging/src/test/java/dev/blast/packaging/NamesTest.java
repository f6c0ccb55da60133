package dev.blast.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "Foo, foo",
        "foo.bar, foo-bar",
        "Foo..-_Bar, foo-bar",
        "a, a",
        "A1, a1",
        "zope.interface, zope-interface"
    })
    void namesHaveOneForm(String name, String normalized) {
        assertThat(new PackageName(name))
                .hasToString(normalized)
                .isEqualTo(new PackageName(normalized));
        assertThat(new ExtraName(name))
                .hasToString(normalized)
                .isEqualTo(new ExtraName(normalized));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a-", "_", "a b", "a/b", "a!"})
    void otherTextIsNoName(String text) {
        assertThatThrownBy(() -> new PackageName(text)).isInstanceOf(InvalidSyntaxException.class);
        assertThatThrownBy(() -> new ExtraName(text)).isInstanceOf(InvalidSyntaxException.class);
    }

    @Test
    void fileNamesHaveUnderscores() {
        assertThat(new PackageName("zope.interface").escaped()).isEqualTo("zope_interface");
    }
}
