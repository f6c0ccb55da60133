package dev.blast.rules.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.question.Questions;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where there is more to look at than it may, lint says so; what it found by then stays found. */
final class LintBudgetTest {
    /** More than it takes to look at each rule by itself, less than at each beside each other. */
    private static final long LITTLE = 2_000;

    private static final int RULES = 80;

    private static List<Rule> rules() {
        var text =
                new StringBuilder(
                        "rule \"never\" when Connection( port == 1, port == 2 ) then allow(); end\n");
        for (int i = 0; i < RULES; i++) {
            text.append(
                    "rule \"r%d\" when Connection( host glob \"*%d*\" || port > %d ) then deny( \"no\" ); end\n"
                            .formatted(i, i, i + 10));
        }
        if (Policy.load(List.of(new PolicyFile(Layer.USER, "test.drl", text.toString(), true)))
                instanceof Loading.Loaded(Policy policy)) {
            return Questions.ALL.stream()
                    .flatMap(question -> policy.rules(question).stream())
                    .toList();
        }
        throw new IllegalArgumentException(text.toString());
    }

    @Test
    void whatIsNotLookedAtIsSaidOnce() {
        List<Diagnostic> found = Lint.of(rules(), LITTLE);
        assertThat(found.stream().map(Diagnostic::code))
                .startsWith(Code.NEVER_FIRES)
                .endsWith(Code.LINT_ENDED_EARLY)
                .doesNotHaveDuplicates();
        Diagnostic ended = found.getLast();
        assertThat(ended.line()).isEqualTo(1);
        assertThat(ended.message())
                .isEqualTo("looking over 81 rules ended early: there may be more to find");
    }

    @Test
    void withEnoughWorkNothingIsSaid() {
        assertThat(Lint.of(rules(), Long.MAX_VALUE).stream().map(Diagnostic::code))
                .contains(Code.NEVER_FIRES, Code.SHADOWED)
                .doesNotContain(Code.LINT_ENDED_EARLY);
    }
}
