package dev.blast.rules.engine;

import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Undecided;
import dev.blast.rules.fact.Session;
import dev.blast.rules.verdict.Answered;
import dev.blast.rules.vocabulary.FactType;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one question, ready to be asked. What they compare with texts is looked up first, so
 * that an answer costs what the rules cost that may match. Any thread may ask.
 *
 * <p>Each set of ways that was looked up has a network of its own, lowered when it is asked for the
 * first time: there are few, because most subjects are named by no rule. Where there are many after
 * all, one network has all ways and is told which to try.
 */
public final class Engine {
    /** Networks of a few ways; a further set of ways is tried in the network of all. */
    private static final int NETWORKS = 32;

    private static final BitSet TOLD = new BitSet();

    private final int most;
    private final List<Way> ways;
    private final List<FactType> single;
    private final LookUp lookUp;
    private final BitSet all = new BitSet();

    /** By their ways; the one that is told which to try has none for a key. */
    private final Map<BitSet, Network> networks = new ConcurrentHashMap<>();

    /**
     * @param rules by layer and origin
     * @param single the facts that there is one of each
     */
    public Engine(Collection<Rule> rules, List<FactType> single) {
        this(rules, single, NETWORKS);
    }

    /**
     * With as many networks of a few ways as wanted.
     *
     * @param most how many sets of ways get one
     */
    public Engine(Collection<Rule> rules, List<FactType> single, int most) {
        this.most = most;
        ways = Way.of(rules, single);
        this.single = single;
        lookUp = new LookUp(ways, single);
        all.set(0, ways.size());
    }

    /**
     * Everything that the rules answer, by layer and origin.
     *
     * @param subjects what is asked about
     * @param others facts of which there may be several
     * @throws Undecided where a limit is hit, or a rule needs a value that is not there
     */
    public List<Answered> ask(Session session, List<Object> subjects, List<?> others) {
        @Nullable Object[] one = one(session, subjects);
        return answers(session, one, lookUp.ways(one), subjects, others);
    }

    /** The same without looking up: every way is tried. */
    public List<Answered> askAll(Session session, List<Object> subjects, List<?> others) {
        return answers(session, one(session, subjects), all, subjects, others);
    }

    /**
     * The facts that there is one of each, in the order of their types; null where there is none.
     */
    private @Nullable Object[] one(Session session, List<Object> subjects) {
        @Nullable Object[] one = new Object[single.size()];
        for (int place = 0; place < one.length; place++) {
            Class<?> type = single.get(place).record();
            for (Object subject : subjects) {
                if (type.isInstance(subject)) {
                    one[place] = subject;
                }
            }
            if (type.isInstance(session)) {
                one[place] = session;
            }
        }
        return one;
    }

    private List<Answered> answers(
            Session session,
            @Nullable Object[] one,
            BitSet asked,
            List<Object> subjects,
            List<?> others) {
        if (asked.isEmpty()) {
            return List.of();
        }
        @Nullable Network own = networks.get(asked);
        BitSet key = own != null || networks.size() < most ? asked : TOLD;
        Network network = own != null ? own : networks.computeIfAbsent(key, this::network);
        var decision = new Decision(session, one);
        try {
            network.run(decision, asked, subjects, others);
        } catch (RuntimeException e) {
            networks.remove(key, network); // its session is left as it is
            throw undecided(e);
        }
        return decision.answers();
    }

    private Network network(BitSet asked) {
        return asked.isEmpty()
                ? new Network(ways, single, true)
                : new Network(asked.stream().mapToObj(ways::get).toList(), single, false);
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
