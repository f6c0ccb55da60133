package dev.blast.rules.explain;

import dev.blast.rules.Policy;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Why a question was answered as it was, and what would turn the answer.
 *
 * @param asked the question in words: {@code connect api.example:443}
 * @param revision the policy's {@link Policy#revision()}
 * @param verdict in a word or two: {@code DENIED}, {@code WRITABLE}, {@code AT MOST 2 GiB}
 * @param because the deciding answers with the facts that matched, in the order of their origins
 * @param nearMisses rules that would have turned the verdict and failed in one place
 * @param remedies up to three, each tried and seen to turn the verdict, the narrowest first
 * @param obstacle why nothing that the asker can change turns it; empty where something does, or
 *     where nothing has to be turned
 * @param trace every rule that speaks about the subject, constraint by constraint
 * @param facts what these rules look at, in the order of the reference; of installed distributions
 *     only the fields
 */
public record Explanation(
        String asked,
        String revision,
        String verdict,
        Judgement judgement,
        List<Because> because,
        List<NearMiss> nearMisses,
        List<Remedy> remedies,
        String obstacle,
        List<TracedRule> trace,
        List<Looked> facts) {

    public Explanation {
        because = List.copyOf(because);
        nearMisses = List.copyOf(nearMisses);
        remedies = List.copyOf(remedies);
        trace = List.copyOf(trace);
        facts = List.copyOf(facts);
    }

    /**
     * A field that a rule of the trace looks at, and what it holds now.
     *
     * @param fact its fact's name: {@code Connection}
     * @param meaning what the field says, in a line
     */
    public record Looked(String fact, String field, String value, String meaning) {}

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
     * What turns the verdict: changes that belong together, in their order. They were made and the
     * question asked again before this was written down.
     *
     * @param becomes the verdict after all of them
     */
    public record Remedy(List<Change> changes, String becomes) {
        public Remedy {
            changes = List.copyOf(changes);
        }
    }

    /** One thing to do. */
    public sealed interface Change {

        /**
         * Ask for something a little different: a field that somebody who asks can choose.
         *
         * @param how what to do for it: {@code wait 4 days}
         */
        record OtherFact(String field, String from, String to, String how, Origin rule)
                implements Change {}

        /**
         * Trust the project's files as they then are.
         *
         * @param rules those that allow what is asked
         * @param besides other rules of the project that then open something as well
         */
        record Trust(List<Reason> rules, List<Reason> besides) implements Change {
            public Trust {
                rules = List.copyOf(rules);
                besides = List.copyOf(besides);
            }
        }

        /** Add a rule of one's own. */
        record AddRule(String file, String rule) implements Change {}

        /**
         * Take out a rule that decides now.
         *
         * @param withFile whether its file goes too, since nothing else is left in it
         */
        record WithoutRule(Reason rule, boolean withFile) implements Change {}

        /** Make an empty file, outside the sandbox: a rule can only name what is there. */
        record MakeFile(Path path) implements Change {}
    }
}
