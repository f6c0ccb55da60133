package dev.blast.rules;

import static dev.blast.rules.Fixtures.SOMEBODY;
import static dev.blast.rules.Fixtures.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.explain.ExplanationText;
import dev.blast.rules.explain.Explanations;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.verdict.Withheld;
import dev.blast.rules.vocabulary.Access;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Blast itself takes from a session, whatever rules say. */
final class WithheldTest {
    private static final List<Withheld> WITHHELD =
            List.of(
                    new Withheld(Path.of("/h/.cache/blast"), Access.HIDDEN, "own", "believed"),
                    new Withheld(Path.of("/h/p/app/.venv"), Access.READABLE, "environment", "run"));
    private static final Context CONTEXT =
            new Context(SOMEBODY.session(), List.of(), WITHHELD, UnaryOperator.identity());

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    writable( "/h/.cache" ),                    /h/.cache/blast/x,     false, false
                    writable( "/h/.cache" ),                    /h/.cache/other,       true,  true
                    writable( "/h/.cache/blast" ),              /h/.cache/blast,       false, false
                    writable( "/h/.cache/blast/interpreters" ), /h/.cache/blast/interpreters/x, false, false
                    readable( "/" ),                            /h/.cache/blast/x,     false, false
                    'temporary( "/h/.cache/blast", "1 MiB" )',  /h/.cache/blast/x,     false, false
                    writable( "/h/p" ),                         /h/p/app/.venv/bin/x,  true,  false
                    writable( "/h/p" ),                         /h/p/app/main.py,      true,  true
                    writable( "/h/p/app" ),                     /h/p/app/.venv/bin/x,  true,  false
                    writable( "/h/p/app/.venv" ),               /h/p/app/.venv/bin/x,  true,  true
                    readable( "/h/p" ),                         /h/p/app/.venv/bin/x,  true,  false
                    readable( "/usr" ),                         /h/p/app/.venv/bin/x,  false, false
                    """)
    void standsAboveRules(String verb, String path, boolean read, boolean write) throws Exception {
        Policy policy = policy("rule \"r\" when Session( ) then " + verb + "; end");
        SandboxPolicy sandbox = policy.sandbox(CONTEXT);
        assertThat(sandbox.reading(Path.of(path)).allowed()).as("read").isEqualTo(read);
        assertThat(sandbox.writing(Path.of(path)).allowed()).as("write").isEqualTo(write);
        var why = new Explanations(policy, CONTEXT);
        assertThat(why.ofReading(Path.of(path)).judgement().allowed()).isEqualTo(read);
        assertThat(why.ofWriting(Path.of(path)).judgement().allowed()).isEqualTo(write);
    }

    @Test
    void isExplainedWithItsReason() throws Exception {
        Policy policy = policy("rule \"r\" when Session( ) then writable( \"/h/.cache\" ); end");
        assertThat(
                        ExplanationText.render(
                                new Explanations(policy, CONTEXT)
                                        .ofReading(Path.of("/h/.cache/blast/x"))))
                .isEqualTo(
                        """
                        DENIED   read /h/.cache/blast/x        by Blast itself        policy %s
                        because    Blast itself: own, whatever rules grant
                                     hidden: believed
                        no way     what Blast itself takes no rule opens
                        """
                                .formatted(policy.revision()));
    }
}
