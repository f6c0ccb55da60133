package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no file may hold, and how much is said about one that is full of faults. */
final class BoundsTest {
    private static final String RULE = "rule \"r\" when Connection( ) then %s end";

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x07, 0x1B, 0x1D, 0x7F, 0x85, 0xAD, 0x34F, 0x115F, 0x200B, 0x200D, 0x200E,
                0x2028, 0x2029, 0x202A, 0x202E, 0x2066, 0x2069, 0x2800, 0x3164, 0xFEFF, 0xFFA0,
                0xD800, 0xE0041
            })
    void whatCannotBeSeenStandsNowhere(int c) {
        String unseen = c == 0xD800 ? "\uD800" : Character.toString(c);
        for (String text :
                List.of(
                        RULE.formatted("deny( \"n" + unseen + "o\" );"),
                        RULE.formatted("deny( ); // n" + unseen + "o\n"),
                        RULE.formatted("allow" + unseen + "( );"),
                        "rule \"r" + unseen + "\" when Connection( ) then deny( ); end")) {
            assertThat(Fixtures.said(Fixtures.file(text)))
                    .contains("the character U+%04X cannot be seen".formatted(c));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"größer", "日本語", "😀", "a\tb", "€ — …", "שלום"})
    void whatIsSeenMayStandInATextAndInAComment(String seen) {
        assertThat(
                        Fixtures.said(
                                Fixtures.file(
                                        RULE.formatted(
                                                "deny( \"" + seen + "\" ); // " + seen + "\r\n"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'',1", "'   ',1", "'\n\n\t\n',1", "'\r\n',1"})
    void aFileWithoutARuleThatHadSomeIsAnError(String text, int line) {
        assertThat(Policy.load(List.of(Fixtures.file(text))))
                .isInstanceOfSatisfying(
                        Loading.Refused.class,
                        it ->
                                assertThat(it.errors().getFirst())
                                        .extracting(Diagnostic::line, Diagnostic::message)
                                        .containsExactly(line, "nothing stands in this file"));
    }

    @Test
    void aCommentAloneIsARemark() {
        String said =
                Fixtures.said(
                        Fixtures.file(Layer.USER, "a.drl", "// rules will come\n"),
                        Fixtures.file(RULE.formatted("deny( );")));
        assertThat(said).contains("a.drl:1:1: warning: no rule in this file");
    }

    @Test
    void thousandsOfFaultsAreFiftyAndANumber() {
        String text = "rule \"r\" when Conection( ) then deny( ); end ".repeat(3_000);
        if (!(Policy.load(List.of(Fixtures.file(text)))
                instanceof Loading.Refused(List<Diagnostic> errors))) {
            throw new AssertionError("loaded");
        }
        assertThat(errors).hasSize(51);
        // Each rule has an unknown fact, and each but the first a name that is taken.
        assertThat(errors.getLast().message()).isEqualTo("… and 5,949 more in this file");
        assertThat(errors)
                .allSatisfy(it -> assertThat(it.render().length()).isLessThan(1_000))
                .first()
                .satisfies(it ->
                        assertThat(it.excerpt())
                                .isNotNull()
                                .satisfies(line -> assertThat(line.text()).hasSizeLessThan(170)));
    }

    @Test
    void aLongLineIsShownWhereItMatters() {
        String text =
                RULE.formatted("deny( ); ".repeat(100) + "alow( ); " + "deny( ); ".repeat(100));
        assertThat(Fixtures.said(Fixtures.file(text)).lines().limit(3).toList())
                .satisfiesExactly(
                        place -> assertThat(place).endsWith("unknown verb 'alow'"),
                        line ->
                                assertThat(line)
                                        .hasSizeLessThan(180)
                                        .contains("…y", "alow( );", "d…"),
                        carets ->
                                assertThat(carets.indexOf("^^^^"))
                                        .isEqualTo(
                                                Fixtures.said(Fixtures.file(text))
                                                        .lines()
                                                        .skip(1)
                                                        .findFirst()
                                                        .orElseThrow()
                                                        .indexOf("alow")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\\n", "a\\tb"})
    void aNameIsOneLine(String name) {
        assertThat(
                        Fixtures.said(
                                Fixtures.file(
                                        "rule \""
                                                + name
                                                + "\" when Connection( ) then deny( ); end")))
                .contains("not a name for a rule");
    }

    @Test
    void allFilesTogetherAreBounded() {
        String text = "// " + "x".repeat(400_000) + "\n";
        Loading loading =
                Policy.load(
                        Stream.of("a", "b", "c", "d")
                                .map(name ->
                                        new PolicyFile(Layer.PROJECT, name + ".drl", text, false))
                                .toList());
        assertThat(loading).isInstanceOf(Loading.Refused.class);
        List<Diagnostic> errors = ((Loading.Refused) loading).errors();
        assertThat(errors).hasSize(1);
        Diagnostic only = errors.getFirst();
        assertThat(only.file() + ":" + only.line() + ": " + only.message())
                .isEqualTo(
                        "c.drl:1: with this file all policies are longer than 1,048,576 characters");
    }
}
