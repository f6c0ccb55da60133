package dev.blast.environment.session;

import dev.blast.enforcer.gate.ConnectionAttempt;
import dev.blast.enforcer.gate.ForwardProxy;
import dev.blast.enforcer.gate.Gatekeeper;
import dev.blast.environment.ledger.RunLedger;
import dev.blast.packaging.Host;
import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.trial.NameRules;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Limit;
import dev.blast.rules.verdict.Limits;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a session may reach, by its rules. Its facts stay as they are while it runs, so an answer is
 * given once and remembered.
 */
public final class Egress implements Gatekeeper {
    /** Of a program that counts through addresses; what is forgotten is asked again. */
    private static final int REMEMBERED = 10_000;

    private final Policy policy;
    private final Context context;
    private final Limits limits;
    private final Supplier<Set<Host>> indexes;
    private final Supplier<SessionProxies> proxies;
    private final List<String> searchList;
    private final Publications publications;
    private final MissedServers missed;
    private final RunLedger ledger;
    private final RunViolations violations;
    private final Consumer<String> says;
    private final boolean indexesMatter;
    private final Map<Connection, Known> connections = new ConcurrentHashMap<>();
    private final Map<String, Judgement> names = new ConcurrentHashMap<>();

    /** What was judged of a connection that was asked for: with whether it is to an index. */
    private record Known(Connection judged, Judgement judgement) {}

    /**
     * For one session.
     *
     * @param indexes hosts of the configured package indexes; asked for only where a rule looks at
     *     them
     * @param proxies that this person has set; asked for with the first name or address
     * @param searchList what resolvers inside put behind names
     * @param publications what a person wants to reach from outside
     * @param missed told of servers that are not there
     * @param ledger told of everything
     * @param violations told of what is refused
     * @param says a sentence for people
     */
    public Egress(
            Habitat habitat,
            Supplier<Set<Host>> indexes,
            Supplier<SessionProxies> proxies,
            List<String> searchList,
            Publications publications,
            MissedServers missed,
            RunLedger ledger,
            RunViolations violations,
            Consumer<String> says) {
        this.policy = habitat.policies().policy();
        this.context = habitat.context();
        this.indexesMatter = policy.mentions(Connection.class, "toIndex");
        this.limits = habitat.sandbox().limits();
        this.indexes = indexes;
        this.proxies = proxies;
        this.searchList = List.copyOf(searchList);
        this.publications = publications;
        this.missed = missed;
        this.ledger = ledger;
        this.violations = violations;
        this.says = says;
    }

    @Override
    public Judgement judge(Connection asked) {
        return remembered(connections, asked, this::known).judgement();
    }

    @Override
    public Judgement publishes(int inside, Connection asked) {
        return publications.judged(inside, asked, judge(asked));
    }

    @Override
    public Optional<ForwardProxy> proxy(String host, int port) {
        return proxies.get().of(host, port);
    }

    @Override
    public boolean isNameForProxy(String name) {
        return proxies.get().isName(name, searchList);
    }

    @Override
    public Optional<Limit> bandwidth() {
        return Optional.ofNullable(limits.bandwidthBytesPerSecond());
    }

    @Override
    public void sendsOn(int seconds) {
        says.accept(
                "blast: what the program sent goes out still, as fast as limitBandwidth lets it, for %d seconds at most"
                        .formatted(seconds));
    }

    @Override
    public int portOutside(int port) {
        return publications.outside(port);
    }

    @Override
    public void listens(InetAddress address, int port, Optional<Connection> outside) {
        publications.listens(address, port, outside);
        missed.listens(port);
    }

    @Override
    public void isNotPublished(int inside, Connection asked, int errno) {
        publications.isNotPublished(inside, asked, errno);
    }

    @Override
    public void missed(int port) {
        missed.missed(port);
    }

    @Override
    public Judgement lookUp(String name) {
        return remembered(
                names,
                name,
                it ->
                        new NameRules(policy)
                                .judge(whetherToIndex(Connection.to(it, 443, false)), context));
    }

    private Known known(Connection asked) {
        Connection judged = whetherToIndex(asked);
        return new Known(judged, policy.judge(judged, context));
    }

    private Connection whetherToIndex(Connection asked) {
        return indexesMatter
                ? asked.whetherToIndex(indexes.get().contains(Host.of(asked.host())))
                : asked;
    }

    private static <K, V> V remembered(Map<K, V> known, K asked, Function<K, V> judge) {
        V before = known.get(asked);
        if (before != null) {
            return before;
        }
        if (known.size() >= REMEMBERED) {
            known.clear();
        }
        V now = judge.apply(asked);
        known.put(asked, now);
        return now;
    }

    @Override
    public void attempted(ConnectionAttempt attempt) {
        Known known = connections.get(attempt.asked());
        ledger.record(
                attempt.about(known == null ? whetherToIndex(attempt.asked()) : known.judged()));
        if (attempt.result() == ConnectionAttempt.Result.REFUSED) {
            violations.refused(attempt.asked());
        }
    }

    @Override
    public void carried(ConnectionAttempt.Traffic traffic) {
        ledger.carried(traffic);
    }
}
