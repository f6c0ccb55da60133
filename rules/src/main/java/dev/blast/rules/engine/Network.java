package dev.blast.rules.engine;

import dev.blast.rules.checked.Undecided;
import dev.blast.rules.vocabulary.FactType;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.drools.model.impl.ModelImpl;
import org.drools.modelcompiler.KieBaseBuilder;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;

/**
 * Some ways to match as a Drools knowledge base. Any thread may ask; each asking has a session of
 * its own.
 */
final class Network {
    private final List<Way> ways;
    private final boolean keyed;
    private final Supplier<KieSession> sessions;

    /** What all ways look for. */
    private final Set<Class<?>> patterns = new HashSet<>();

    /**
     * @param ways where it is keyed, each at the place of its number
     * @param keyed whether only those ways are tried that are asked for; else all are
     */
    Network(List<Way> ways, List<FactType> single, boolean keyed) {
        this.ways = ways;
        this.keyed = keyed;
        var model = new ModelImpl();
        for (Way way : ways) {
            model.addRule(Lowering.lower(way, single, keyed));
            patterns.addAll(way.patterns());
        }
        KieBase knowledge = KieBaseBuilder.createKieBaseFromModel(model);
        // A used session is as good as a new one, and cheaper while there is little to clear in it.
        sessions =
                keyed ? knowledge::newKieSession : knowledge.newKieSessionsPool(1)::newKieSession;
    }

    /**
     * Tries ways on an evaluation, and on those of the facts that they look for.
     *
     * @param asked the numbers of ways of this network; all of them where it is not keyed
     * @throws RuntimeException as it came out of the engine, after which this network is not to be
     *     used again
     */
    void run(Decision decision, BitSet asked, List<?> subjects, List<?> others) {
        KieSession session = sessions.get();
        if (keyed) {
            asked.stream().forEach(way -> session.insert(new Asked(way, decision)));
        } else {
            session.insert(new Asked(Asked.ALL, decision));
        }
        Set<Class<?>> records = keyed ? patterns(asked) : patterns;
        if (records.isEmpty()) {
            fire(session);
        } else {
            ScopedValue.where(Effort.RUNNING, decision.effort())
                    .run(() -> {
                        Stream.of(subjects, List.of(decision.session()), others)
                                .flatMap(List::stream)
                                .filter(it -> records.contains(it.getClass()))
                                .forEach(session::insert);
                        fire(session);
                    });
        }
        session.dispose();
    }

    private Set<Class<?>> patterns(BitSet asked) {
        Set<Class<?>> records = new HashSet<>();
        asked.stream().forEach(way -> records.addAll(ways.get(way).patterns()));
        return records;
    }

    private static void fire(KieSession session) {
        if (session.fireAllRules(Decision.MAX_ANSWERS) >= Decision.MAX_ANSWERS) {
            throw new Undecided(
                    "the rules were broken off after %,d answers".formatted(Decision.MAX_ANSWERS));
        }
    }
}
