package dev.blast.rules.assist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseSuggestionsTest {
    private static final KnownNames KNOWN =
            new KnownNames(
                    new TreeSet<>(List.of("calm", "stable")),
                    new TreeSet<>(List.of("flask", "httpx")));

    private static String labels(String marked) {
        String text = marked.replace('¶', '\n');
        return CaseSuggestions.at(
                        text.replace("‸", ""),
                        text.indexOf('‸'),
                        KNOWN,
                        List.of("our \"own\" store"))
                .stream()
                .map(Suggestion::label)
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    [[case]]¶na‸                                          | name session installed ask expect because [[case]]
                    [[case]]¶session = { ‸                                | user ci interactive environment project home prefix basePrefix python platform command purpose
                    [[case]]¶ask = { Connection = { ‸                     | host port address protocol direction program toIndex toLoopback toPrivate toMetadataService
                    [[case]]¶ask = { Connection = { port = 4, toIndex = ‸ | true false
                    [[case]]¶ask = { Connection = { protocol = "‸         | TCP UDP UNIX
                    [[case]]¶ask = { Candidate = { name = "‸" } }         | flask httpx
                    [[case]]¶installed = [{ name = "‸" }]                 | flask httpx
                    [[case]]¶ask = { read = "/x" }¶expect = "‸"           | allow deny
                    [[case]]¶ask = { access = "/x" }¶expect = ‸           | hidden temporary writable readable absent
                    [[case]]¶ask = { Sync = { } }¶expect = "‸"            | calm stable
                    [[case]]¶expect = "‸"¶ask = { Candidate = { } }       | allow deny hold warn
                    """)
    void whatFitsInACaseIsProposed(String marked, String expected) {
        assertThat(labels(marked)).isEqualTo(expected);
    }

    @Test
    void rulesAreProposedByNameAndQuotedAsTomlHasIt() {
        List<Suggestion> found =
                CaseSuggestions.at("because = ", 10, KNOWN, List.of("our \"own\""));
        assertThat(found.getFirst().text()).isEqualTo("\"our \\\"own\\\"\"");
    }

    @Test
    void aFactIsAskedAboutAndWhatASessionGets() {
        assertThat(labels("[[case]]¶ask = { ‸"))
                .contains("Connection", "Candidate", "syscall")
                .doesNotContain("Distribution");
    }

    @Test
    void mentionsAreFoundInTextsThatAreNotToml() {
        String text = "[[case]\nbecause = \"a \\\"b\\\"\"\n  because='c'\nbecause = \"open\n";
        assertThat(CaseOutline.of(text).stream().map(CaseOutline.Mention::name))
                .containsExactly("a \"b\"", "c");
    }

    @Test
    void keysFactsAndFieldsAreExplained() {
        String text = "[[case]]\nask = { Connection = { host = \"host\" } }\n";
        assertThat(CaseSuggestions.telling(text, text.indexOf("ask")).orElseThrow().text())
                .contains("what is asked for");
        assertThat(CaseSuggestions.telling(text, text.indexOf("Connection")).orElseThrow().text())
                .contains("one attempt to connect");
        assertThat(CaseSuggestions.telling(text, text.indexOf("host")).orElseThrow().text())
                .contains("the name that was asked for");
        assertThat(CaseSuggestions.telling(text, text.indexOf("\"host") + 1)).isEmpty();
    }
}
