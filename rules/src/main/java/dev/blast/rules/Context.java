package dev.blast.rules;

import dev.blast.rules.fact.Distribution;
import dev.blast.rules.fact.Session;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.verdict.Withheld;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What is true whatever is asked: the session, and what is installed in its environment.
 *
 * @param withheld what no rule opens for this session
 * @param settling the last word on what rules grant, after that: where the session finds it
 */
public record Context(
        Session session,
        List<Distribution> installed,
        List<Withheld> withheld,
        UnaryOperator<SandboxPolicy> settling) {
    public Context {
        installed = List.copyOf(installed);
        withheld = List.copyOf(withheld);
    }

    public Context(Session session, List<Distribution> installed) {
        this(session, installed, List.of(), UnaryOperator.identity());
    }

    /** The same for another session. */
    public Context as(Session other) {
        return new Context(other, installed, withheld, settling);
    }

    /** All that rules can look at where these are the subjects. */
    public List<Object> facts(List<?> subjects) {
        List<Object> facts = new ArrayList<>(subjects);
        facts.add(session);
        facts.addAll(installed);
        return facts;
    }

    /** What is enforced and explained where rules grant this much. */
    public SandboxPolicy inForce(SandboxPolicy granted) {
        return settling.apply(granted.withholding(withheld));
    }
}
