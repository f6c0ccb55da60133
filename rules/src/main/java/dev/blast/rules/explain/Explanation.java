package dev.blast.rules.explain;

import dev.blast.rules.Policy;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Outcome;
import java.util.List;
import java.util.Map;

/**
 * Why a question was answered as it was, and what would turn the answer.
 *
 * @param asked the question in words: {@code connect api.example:443}
 * @param revision the policy's {@link Policy#revision()}
 * @param because the deciding answers with the facts that matched, in the order of their origins
 * @param nearMisses rules that would have turned the verdict and failed in one place
 * @param changes up to three changes, each tried and seen to turn the verdict, the narrowest first
 */
public record Explanation(
        String asked,
        String revision,
        Judgement judgement,
        List<Because> because,
        List<NearMiss> nearMisses,
        List<Change> changes) {

    public Explanation {
        because = List.copyOf(because);
        nearMisses = List.copyOf(nearMisses);
        changes = List.copyOf(changes);
    }

    /**
     * A deciding answer and the facts that the rule matched, as {@code Fact.field} to value, only
     * fields it looked at.
     */
    public record Because(Reason reason, Map<String, String> matched) {}

    /** A rule that nearly answered: each of its constraints with what it found. */
    public record NearMiss(Origin origin, String rule, Layer layer, List<Tried> constraints) {
        public NearMiss {
            constraints = List.copyOf(constraints);
        }
    }

    /**
     * One constraint, tried on the facts.
     *
     * @param constraint as written
     * @param actual the values of its fields: {@code host = "api.example"}
     */
    public record Tried(Origin origin, String constraint, boolean holds, String actual) {}

    /**
     * One change that turns the verdict; it was made and asked again before it was written down.
     */
    public sealed interface Change {

        /** The verdict after the change. */
        Outcome becomes();

        /** Ask for something a little different: the field that a near miss failed on. */
        record OtherFact(String field, String from, String to, Origin rule, Outcome becomes)
                implements Change {}

        /** Trust the project's files as they are now. */
        record Trust(List<Reason> rules, Outcome becomes) implements Change {}

        /** Add a rule of one's own. */
        record AddRule(String file, String rule, Outcome becomes) implements Change {}

        /** Take out a rule that decides now. */
        record WithoutRule(Reason rule, Outcome becomes) implements Change {}
    }
}
