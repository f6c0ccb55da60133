package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.blast.rules.source.Correction;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Single mistakes, each in a file that is right otherwise: one finding, of that code, at the marked
 * place, and nothing is left once its correction is made.
 */
final class MistakesTest {
    private static final Pattern CASE =
            Pattern.compile("(?ms)^=== ([a-z-]+): ([^\\n]*)\\n(.*?)(?=^=== |\\z)");

    @Test
    void eachIsAnsweredAtItsPlace() throws IOException {
        String all =
                Files.readString(
                        Fixtures.ROOT.resolve("rules/src/test/resources/golden/mistakes.txt"));
        int count = 0;
        for (Matcher each = CASE.matcher(all); each.find(); count++) {
            check(each.group(1), each.group(2), each.group(3));
        }
        assertThat(count).isGreaterThan(150);
    }

    private static void check(String code, String title, String marked) {
        int begin = marked.indexOf('«');
        int end = marked.indexOf('»') - 1;
        String text = marked.replace("«", "").replace("»", "");
        var source = new Source(Fixtures.file(text));
        List<Diagnostic> said = Fixtures.findings(text);
        assertThat(said)
                .as(title)
                .extracting(it -> it.code().word(), Diagnostic::begin, Diagnostic::end)
                .containsExactly(tuple(code, source.position(begin), source.position(end)));
        Correction correction = said.getFirst().correction();
        if (correction != null) {
            String mended = Fixtures.corrected(text, correction);
            assertThat(Fixtures.findings(mended)).as("%s, mended: %s", title, mended).isEmpty();
        }
    }
}
