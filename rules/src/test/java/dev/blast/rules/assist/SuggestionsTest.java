package dev.blast.rules.assist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What fits where. The caret is a bar; {@code ¶} ends a line. */
class SuggestionsTest {
    private static final KnownNames KNOWN =
            new KnownNames(
                    new TreeSet<>(List.of("calm", "stable")),
                    new TreeSet<>(List.of("flask", "httpx")));

    private static List<Suggestion> at(String marked) {
        String text = marked.replace('¶', '\n');
        int caret = text.indexOf('‸');
        return Suggestions.at(text.replace("‸", ""), caret, KNOWN);
    }

    private static List<String> labels(String marked) {
        return at(marked).stream().map(Suggestion::label).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ‸                                                             | rule import package
                    rule "a"¶@‸                                                   | final help owner reason severity
                    rule "a"¶when¶ Session( ‸                                     | user ci interactive environment project home prefix basePrefix python platform command purpose
                    rule "a"¶when¶ Connection( host ‸                             | == != in matches glob not
                    rule "a"¶when¶ Connection( host not ‸                         | in matches glob
                    rule "a"¶when¶ Connection( address ‸ )                        | == != in within not
                    rule "a"¶when¶ Candidate( version ‸                           | == != < <= > >= in satisfies not
                    rule "a"¶when¶ Candidate( advisories ‸                        | contains not
                    rule "a"¶when¶ Session( ci == ‸                               | true false null
                    rule "a"¶when¶ Connection( port > 1, protocol == ‸            | TCP UDP UNIX null
                    rule "a"¶when¶ Connection( protocol in ( TCP, ‸               | TCP UDP UNIX
                    rule "a"¶when¶ Connection( protocol in ( TCP ), direction == ‸ | OUT IN null
                    rule "a"¶when¶ Candidate( name in ( "httpx", "‸" ) )          | flask httpx
                    rule "a"¶when¶ Connection( ( toIndex == true && toPrivate == ‸ | true false null
                    rule "a"¶when¶ Candidate( downloadBytes > "1.5 ‸" )           | `1.5 B` `1.5 KB` `1.5 kB` `1.5 KiB` `1.5 MB` `1.5 MiB` `1.5 GB` `1.5 GiB` `1.5 TB` `1.5 TiB`
                    rule "a"¶when¶ Session( )¶then¶ limitTime( "7 ‸               | `7 s` `7 second` `7 seconds` `7 min` `7 minute` `7 minutes` `7 h` `7 hour` `7 hours` `7 day` `7 days`
                    rule "a"¶when¶ Sync( )¶then¶ use( "‸" );                      | calm stable
                    rule "a"¶when¶ Connection( )¶then¶ ‸                          | allow() deny([why]) warn([why]) limitBandwidth(rate) end
                    rule "a"¶when¶ $c : Candidate( )¶ Companion( name == $c.‸ )   | name version ageDays released prerelease yanked index wheel downloadBytes license requiresPython advisories mendsAdvisory direct group installed locked pinned installer
                    rule "a"¶when¶ Candidate( $age : ageDays )¶then¶ hold( "${‸"  | ${$age}
                    rule "a"¶when¶ Session( $p : project, ci == false )¶then¶ hidden( ‸ | `"~/…"` `"./…"` `"/…"` $p
                    rule "a"¶when¶ Strategy( name == "‸                           | calm stable
                    rule "a"¶when¶ // Session( ‸                                  | ``
                    rule "a"¶when¶ Nothing( ‸                                     | ``
                    rule "a"¶when¶ Connection( hots ‸                             | ``
                    rule "‸                                                       | ``
                    """)
    void whatFitsIsProposedAndNothingElse(String marked, String expected) {
        String joined = String.join(" ", labels(marked));
        assertThat(joined).isEqualTo(expected.replace("`", ""));
    }

    @Test
    void factsOfOtherQuestionsAreNotProposed() {
        assertThat(labels("rule \"a\"\nwhen\n Connection( )\n ‸"))
                .contains("Session", "Distribution", "Connection")
                .doesNotContain("Candidate", "Sync", "Artifact");
        assertThat(labels("rule \"a\"\nwhen\n Candidate( )\n ‸")).contains("Companion");
    }

    @Test
    void aWordIsReplacedWholeAndATextBetweenItsQuotes() {
        Suggestion field = at("rule \"a\"\nwhen\n Connection( ho‸st == \"x\" )").getFirst();
        assertThat(field.replaces().length()).isEqualTo("host".length());
        Suggestion name = at("rule \"a\"\nwhen\n Candidate( name == \"ht‸t\" )").getFirst();
        assertThat(name.replaces().length()).isEqualTo("htt".length());
        assertThat(name.text()).isEqualTo("flask");
    }

    @Test
    void theCaretGoesWhereValuesBelong() {
        Suggestion fact =
                at("rule \"a\"\nwhen\n ‸").stream()
                        .filter(it -> it.label().equals("Connection"))
                        .findFirst()
                        .orElseThrow();
        assertThat(fact.text()).isEqualTo("Connection(  )");
        assertThat(fact.text().substring(0, fact.caret())).isEqualTo("Connection( ");
    }

    /** Whatever is typed so far, and wherever the caret is. */
    @Test
    void noBrokenTextEndsInAnException() throws Exception {
        var texts = Path.of(System.getProperty("blast.root"), "policies");
        var random = new Random(11);
        int asked = 0;
        try (var files = Files.list(texts)) {
            for (Path file : files.filter(it -> it.toString().endsWith(".drl")).toList()) {
                String text = Files.readString(file);
                for (int i = 0; i < 60; i++) {
                    int from = random.nextInt(text.length());
                    int to = Math.min(text.length(), from + random.nextInt(40));
                    String broken = text.substring(0, from) + text.substring(to);
                    int caret = random.nextInt(broken.length() + 1);
                    Suggestions.at(broken, caret, KNOWN);
                    Suggestions.at(broken, from, KNOWN);
                    Telling.at(broken, caret);
                    Outline.of(broken).variable(caret);
                    asked++;
                }
            }
        }
        assertThat(asked).isGreaterThan(500);
    }
}
