package dev.blast.rules.engine;

import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Undecided;
import dev.blast.rules.fact.Session;
import dev.blast.rules.verdict.Answered;
import java.util.Collection;
import java.util.List;
import org.drools.modelcompiler.KieBaseBuilder;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;

/**
 * The rules of one question as a Drools knowledge base. Any thread may ask; each asking has a
 * session of its own.
 */
public final class Engine {
    private final KieBase knowledge;

    public Engine(Collection<Rule> rules) {
        knowledge = KieBaseBuilder.createKieBaseFromModel(Lowering.model(rules));
    }

    /**
     * Everything that the rules answer on these facts, by layer and origin.
     *
     * @throws Undecided where a limit is hit, or a rule needs a value that is not there
     */
    public List<Answered> ask(Session about, List<Object> facts) {
        KieSession session = knowledge.newKieSession();
        try {
            var effort = new Effort();
            var decision = new Decision(about, effort);
            ScopedValue.where(Effort.RUNNING, effort).run(() -> run(session, decision, facts));
            return decision.answers();
        } catch (RuntimeException e) {
            throw undecided(e);
        } finally {
            session.dispose();
        }
    }

    private static void run(KieSession session, Decision decision, List<Object> facts) {
        session.insert(decision);
        facts.forEach(session::insert);
        if (session.fireAllRules(Decision.MAX_ANSWERS) >= Decision.MAX_ANSWERS) {
            throw new Undecided(
                    "the rules were broken off after %,d answers".formatted(Decision.MAX_ANSWERS));
        }
    }

    /** Drools wraps what its callbacks throw, several layers deep. */
    private static RuntimeException undecided(RuntimeException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Undecided undecided) {
                return undecided;
            }
        }
        return thrown;
    }
}
