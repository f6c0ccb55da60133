package dev.blast.index.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.index.Formats;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.PackageName;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As pip's format control has it, in the order of the words. */
final class FormatWordsTest {
    private static final PackageName APP = new PackageName("app");

    @TempDir private Path home;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    only :all:                    | wheels         | wheels
                    only app                      | wheels         | wheels, sources
                    only App,other                | wheels         | wheels, sources
                    no app                        | sources        | wheels, sources
                    no :all:                      | sources        | sources
                    no :all:,:none:,app           | sources        | wheels, sources
                    only :all: no app             | sources        | wheels
                    no app only :all:             | wheels         | wheels
                    only app no app               | sources        | wheels, sources
                    only app only :none:          | wheels, sources | wheels, sources
                    only app no :none:            | wheels         | wheels, sources
                    only app,:all:                | wheels         | wheels
                    no :all: only app             | wheels         | sources
                    """)
    void theLastWordCounts(String said, String app, String other) {
        var words = new FormatWords();
        String[] all = said.split(" ", -1);
        for (int i = 0; i < all.length; i += 2) {
            if (all[i].equals("only")) {
                words.onlyBinary(all[i + 1], "me");
            } else {
                words.noBinary(all[i + 1], "me");
            }
        }
        Formats formats = words.formats();
        assertThat(kinds(formats.of(APP))).isEqualTo(app);
        assertThat(kinds(formats.of(new PackageName("third")))).isEqualTo(other);
    }

    private static String kinds(Formats.Format format) {
        return (format.wheels() ? "wheels" : "")
                + (format.wheels() && format.sources() ? ", " : "")
                + (format.sources() ? "sources" : "");
    }

    @Test
    void whatIsNoNameIsRefused() {
        assertThatThrownBy(() -> new FormatWords().noBinary("a b", "me"))
                .isInstanceOf(InvalidSyntaxException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    PIP_ONLY_BINARY=:all:                 | wheels          | PIP_ONLY_BINARY
                    PIP_NO_BINARY=app                     | sources         | PIP_NO_BINARY
                    UV_NO_BUILD=1                         | wheels          | UV_NO_BUILD
                    UV_NO_BUILD=0                         | wheels, sources | ''
                    UV_NO_BUILD_PACKAGE=other app         | wheels          | UV_NO_BUILD
                    UV_NO_BINARY_PACKAGE=app              | sources         | UV_NO_BINARY
                    UV_NO_BINARY=true;PIP_ONLY_BINARY=app | sources         | UV_NO_BINARY
                    """)
    void variablesOfPipAndUvAreFollowed(String variables, String app, String by) throws Exception {
        Map<String, String> set = new HashMap<>();
        for (String each : variables.split(";", -1)) {
            String[] parts = each.split("=", 2);
            set.put(parts[0], parts[1]);
        }
        ForeignSettings settings = ForeignSettings.read(set, home, home, null, null);
        Formats.Format format = settings.formats().of(APP);
        assertThat(kinds(format)).isEqualTo(app);
        assertThat(format.by()).isEqualTo(by);
        assertThat(settings.unread()).isEmpty();
    }

    @Test
    void whoIsNearerToThePersonGoesBefore() {
        Formats near = new FormatWords().onlyBinary("app", "near").formats();
        Formats far = new FormatWords().noBinary("app,base", "far").formats();
        assertThat(near.over(far).of(APP).by()).isEqualTo("near");
        assertThat(near.over(far).of(new PackageName("base")).by()).isEqualTo("far");
        Formats all = new FormatWords().onlyBinary(":all:", "near").formats();
        assertThat(all.over(far).of(new PackageName("base")).by()).isEqualTo("near");
    }
}
