package dev.blast.rules.assist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.question.Questions;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Field;
import dev.blast.rules.vocabulary.Verb;
import org.junit.jupiter.api.Test;

class TellingTest {
    private static final String TEXT =
            """
            rule "old enough 😀"
                @reason("a week is our minimum")
            when
                $c : Candidate( $age : ageDays, index glob "*.example", ageDays < 7 )
            then
                hold( "released ${$age} days ago" );
                prefer( 5 );
            end
            """;

    private static String said(String word) {
        return Telling.at(TEXT, TEXT.indexOf(word)).map(Saying::text).orElse("");
    }

    @Test
    void aWordIsExplainedByTheTablesOfTheLanguage() {
        assertThat(said("Candidate(")).contains("one version of one package", "ageDays");
        assertThat(said("ageDays <"))
                .contains("whole days since its release", "Operators: `==` `!=` `<`");
        assertThat(said("glob")).contains("matches a pattern", "`not glob`");
        assertThat(said("hold(")).contains("hold([why])", "It counts from every file");
        assertThat(said("$age :")).contains("whole days since its release");
        assertThat(said("$c :")).contains("one version of one package");
        assertThat(said("reason(")).contains("what people read when they ask");
        assertThat(said("when")).contains("the conditions");
        assertThat(said("7 )")).isEmpty();
    }

    @Test
    void aRuleIsToldByItsQuestionReasonAndVerbs() {
        assertThat(said("\"old enough"))
                .contains("May this version be chosen?", "a week is our minimum", "`hold`")
                .contains("`prefer`");
    }

    /** An editor would fetch the image as soon as somebody points at the rule. */
    @Test
    void whatAFileSaysIsNoMarkup() {
        String text =
                "rule \"a\"\n @reason(\"![x](https://evil.example/a_b) <img src=x> `\u202e`\")\nwhen\n";
        assertThat(Telling.at(text, 6).orElseThrow().text())
                .isEqualTo(
                        "Because: \"\\!\\[x\\]\\(https\\:\\/\\/evil\\.example\\/a\\_b\\) \\<img src=x\\> \\`\\\\u202e\\`\"");
    }

    @Test
    void whatIsSaidIsOfTheWholeWord() {
        Saying said = Telling.at(TEXT, TEXT.indexOf("ageDays <") + 3).orElseThrow();
        assertThat(TEXT.substring(said.word().start(), said.word().end())).isEqualTo("ageDays");
    }

    @Test
    void everyFactFieldAndVerbOfTheLanguageIsExplained() {
        for (FactType fact : Facts.ALL) {
            for (Field field : fact.fields()) {
                String text = "rule \"a\"\nwhen\n " + fact.name() + "( " + field.name() + " ";
                assertThat(Telling.at(text, text.indexOf(fact.name())).orElseThrow().text())
                        .contains(fact.meaning());
                assertThat(Telling.at(text, text.indexOf("( ") + 2).orElseThrow().text())
                        .contains("of " + fact.name(), field.meaning());
            }
        }
        for (Verb verb : Questions.verbs()) {
            String text = "rule \"a\"\nwhen\n Session( )\nthen\n " + verb.name() + "(";
            assertThat(Telling.at(text, text.indexOf(verb.name() + "(")).orElseThrow().text())
                    .contains(verb.meaning());
        }
    }
}
