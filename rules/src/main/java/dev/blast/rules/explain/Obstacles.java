package dev.blast.rules.explain;

import dev.blast.rules.source.Layer;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import java.util.List;

/** Why nothing that the asker can change would turn a verdict, in a sentence. */
final class Obstacles {
    private Obstacles() {}

    static String to(Judgement judgement) {
        if (judgement.failure() != null) {
            return "as long as a rule cannot be computed, everything that it is asked about is denied: mend that rule";
        }
        for (Reason reason : judgement.deciding()) {
            if (reason.layer() == Layer.SHIPPED || reason.layer() == Layer.SYSTEM) {
                return against(reason);
            }
        }
        List<Reason> overridden = judgement.overridden();
        return judgement.deciding().isEmpty() && !overridden.isEmpty()
                ? "the machine's own policies have the last word here, whatever yours open: ask who keeps %s"
                        .formatted("/etc/blast/policies")
                : "none of the changes that were tried turns it";
    }

    private static String against(Reason reason) {
        if (reason.origin().line() == 0) {
            return "what Blast itself takes no rule opens";
        }
        String named = ExplanationText.named(reason);
        return reason.layer() == Layer.SYSTEM
                ? "a rule of this machine decides, whatever yours open: %s; ask who keeps it"
                        .formatted(named)
                : "a rule that comes with Blast decides, whatever yours open: " + named;
    }
}
