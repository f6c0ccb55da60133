package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.RemedyWorlds.World;
import dev.blast.rules.compare.EarlierRequest;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Judged;
import dev.blast.rules.fact.MissingLayer;
import dev.blast.rules.fact.SandboxLayer;
import dev.blast.rules.fact.Violation;
import dev.blast.rules.fact.ViolationKind;
import dev.blast.rules.question.Questions;
import dev.blast.rules.question.VerdictQuestion;
import dev.blast.rules.trial.CaseDraft;
import dev.blast.rules.trial.DraftText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is written of a request is read as the same request. */
final class DraftTextTest {
    private static <S extends Judged> void comesBack(Context context, S subject) {
        VerdictQuestion<S> question = Questions.about(subject);
        CaseDraft draft =
                EarlierRequest.of(
                                "",
                                question,
                                context.session(),
                                context.installed(),
                                question.facts(subject))
                        .draft();
        CaseDraft read = DraftText.read(DraftText.of("it", draft, "denied"));
        assertThat(read.context().session()).isEqualTo(context.session());
        assertThat(read.context().installed()).isEqualTo(context.installed());
        assertThat(question.subject(read.subjects(context.session()))).hasValue(subject);
    }

    @Test
    void eachSubjectComesBackAsItWas() {
        Set<Class<?>> kinds = new HashSet<>();
        for (long seed = 0; seed < 300; seed++) {
            World world = RemedyWorlds.of(seed);
            if (world.inquiry() instanceof RemedyWorlds.Subject(Judged subject)) {
                comesBack(world.context(), subject);
                kinds.add(subject.getClass());
            }
        }
        assertThat(kinds).hasSizeGreaterThanOrEqualTo(7);
    }

    @Test
    void addressesAndLayersDo() {
        Context context = RemedyWorlds.of(0).context();
        for (Judged it :
                List.of(
                        Connection.to("api.example", 443, true),
                        Connection.to("10.0.0.1", 80, false),
                        Connection.to("fd00::1", 80, false),
                        new MissingLayer(SandboxLayer.CGROUP),
                        new Violation(ViolationKind.OPEN_FILES, 12, "some.example:443"))) {
            comesBack(context, it);
        }
    }
}
