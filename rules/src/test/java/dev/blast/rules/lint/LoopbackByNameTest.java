package dev.blast.rules.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.question.Questions;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** This machine by one of its names, wherever a rule compares a host with it. */
final class LoopbackByNameTest {

    private static List<Diagnostic> found(String condition) {
        String text = "rule \"r\" when %s then deny(); end\n".formatted(condition);
        if (Policy.load(List.of(new PolicyFile(Layer.USER, "test.drl", text, true)))
                instanceof Loading.Loaded(Policy policy)) {
            return Questions.ALL.stream()
                    .flatMap(question -> policy.rules(question).stream())
                    .flatMap(rule -> LoopbackByName.in(rule).stream())
                    .toList();
        }
        throw new IllegalArgumentException(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\'',
            value = {
                "Connection( host == \"localhost\" )                             ; \"localhost\"; true",
                "Connection( host == \"LocalHost.\" )                            ; \"localhost\"; true",
                "Connection( host == \"127.0.0.1\", port == 80 )                 ; \"127.0.0.1\"; true",
                "Connection( host == \"127.0.0.53\" )                            ; \"127.0.0.53\"; true",
                "Connection( host == \"::1\" )                                   ; \"::1\"; true",
                "Connection( host != \"localhost\" )                             ; \"localhost\"; false",
                "Connection( port == 80 || host in ( \"a.example\", \"::1\" ) )  ; \"::1\"; besides true",
                "Connection( host not in ( \"a.example\", \"localhost\" ) )      ; \"localhost\"; besides false"
            })
    void itIsFound(String condition, String name, String loopback) {
        List<Diagnostic> found = found(condition);
        assertThat(found).extracting(Diagnostic::code).containsExactly(Code.LOOPBACK_BY_NAME);
        assertThat(found.getFirst().message())
                .isEqualTo(name + " is one name of this machine, and others lead there too");
        assertThat(found.getFirst().help())
                .containsExactly(
                        "by whichever it is called%s: toLoopback == %s"
                                .formatted(
                                        loopback.startsWith("besides") ? ", besides" : "",
                                        loopback.replace("besides ", "")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection( toLoopback == true )",
                "Connection( toLoopback == true, host != \"localhost\" )",
                "Connection( host == \"localhost\" || toLoopback == true )",
                "Connection( host == \"app.localhost\" )",
                "Connection( host == \"localhost.example\" )",
                "Connection( host glob \"localhost*\" )",
                "Connection( host == \"10.0.0.1\" )",
                "Connection( address == \"127.0.0.1\" )"
            })
    void nothingElseIs(String condition) {
        assertThat(found(condition)).isEmpty();
    }
}
