package dev.blast.environment.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.environment.Caller;
import dev.blast.environment.Environment;
import dev.blast.environment.interpreter.SampleInterpreter;
import dev.blast.rules.Context;
import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Purpose;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the solver has to know of the rules before it asks them. */
final class PolicyJudgeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prefer( 5 ); | true",
                "prefer ( 5 ); | true",
                "allow(); avoid  ( 3 ); | true",
                "allow(); | false",
                "hold( 'prefer(red)' ); | false",
            })
    void pointsAreGivenByARuleThatHasSome(String verbs, boolean given) {
        String text =
                "package test\nrule \"it\" when Candidate() then %s end\n"
                        .formatted(verbs.replace('\'', '"'));
        Loading loading =
                Policy.load(List.of(new PolicyFile(Layer.SHIPPED, "test.drl", text, true)));
        assertThat(loading).isInstanceOf(Loading.Loaded.class);
        var caller = new Caller("somebody", false, false, Path.of("/home/somebody"));
        var session =
                caller.session(
                        "shop",
                        Path.of("/srv/shop"),
                        Environment.in(Path.of("/srv/shop")),
                        SampleInterpreter.of("3.12.1"),
                        Purpose.RESOLVE,
                        "blast");
        var judge =
                new PolicyJudge(
                        ((Loading.Loaded) loading).policy(), new Context(session, List.of()));
        assertThat(judge.givesPoints()).isEqualTo(given);
    }
}
