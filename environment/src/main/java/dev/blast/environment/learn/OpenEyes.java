package dev.blast.environment.learn;

import dev.blast.enforcer.gate.ConnectionAttempt;
import dev.blast.enforcer.gate.ForwardProxy;
import dev.blast.enforcer.gate.Gatekeeper;
import dev.blast.enforcer.gate.PathUse;
import dev.blast.packaging.Host;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Direction;
import dev.blast.rules.fact.Protocol;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Limit;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Outcome;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets a program reach any public name that no rule denies, and notes what it does. What is inner
 * (this machine, private networks, metadata services) stays as rules have it, and so does a name
 * that a proxy would dial, until this machine has {@linkplain #addresses found} public addresses
 * for it, and no other: what the proxy finds is not known here. Safe on any thread.
 */
public final class OpenEyes implements Gatekeeper {
    /** Of each kind; what is more is not noted. */
    private static final int MOST = 20_000;

    private static final Reason LEARNING =
            Reason.ofBlast("a session that learns", "allow", "any public name may be reached");

    private final Gatekeeper rules;
    private final boolean opens;
    private final Map<String, Boolean> publicNames = new ConcurrentHashMap<>();
    private final Map<Endpoint, Integer> reached = new ConcurrentHashMap<>();
    private final Map<Endpoint, String> closed = new ConcurrentHashMap<>();
    private final Map<PathUse, Set<Path>> paths = new ConcurrentHashMap<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    /**
     * @param rules asked first, and told of everything
     * @param opens whether more is let through than they allow
     */
    public OpenEyes(Gatekeeper rules, boolean opens) {
        this.rules = rules;
        this.opens = opens;
        for (PathUse use : PathUse.values()) {
            paths.put(use, ConcurrentHashMap.newKeySet());
        }
    }

    @Override
    public Judgement judge(Connection asked) {
        Judgement judged = rules.judge(asked);
        return opens && isOpen(asked, judged) ? opened(judged) : judged;
    }

    @Override
    public Judgement lookUp(String name) {
        Judgement judged = rules.lookUp(name);
        return opens && judged.byDefault() && !judged.allowed() ? opened(judged) : judged;
    }

    /** That nothing is said of it but by default, and that it is public. */
    private boolean isOpen(Connection asked, Judgement judged) {
        return !judged.allowed()
                && judged.byDefault()
                && asked.direction() == Direction.OUT
                && asked.protocol() != Protocol.UNIX
                && !isInner(asked)
                && !isOnlyOfProxy(asked);
    }

    private static boolean isInner(Connection asked) {
        return asked.toLoopback() || asked.toPrivate() || asked.toMetadataService();
    }

    /** Without a proxy nothing is dialled before its address is judged. */
    private boolean isOnlyOfProxy(Connection asked) {
        return asked.address() == null
                && Host.of(asked.host()).address() == null
                && rules.proxy(asked.host(), asked.port()).isPresent()
                && !isPublic(asked.host());
    }

    /** As far as it was looked up: that takes its time, which who asks for a judgement has not. */
    private boolean isPublic(String name) {
        return publicNames.getOrDefault(name, false);
    }

    private static boolean arePublic(List<InetAddress> addresses) {
        return !addresses.isEmpty()
                && addresses.stream()
                        .map(Host::of)
                        .noneMatch(
                                it -> it.isLoopback() || it.isPrivate() || it.isMetadataService());
    }

    private static Judgement opened(Judgement judged) {
        return new Judgement(
                Outcome.ALLOWED,
                List.of(LEARNING),
                List.of(),
                judged.warnings(),
                judged.untrusted(),
                judged.preferences(),
                judged.bandwidth(),
                null);
    }

    @Override
    public List<InetAddress> addresses(String name) throws UnknownHostException {
        List<InetAddress> addresses = rules.addresses(name);
        if (publicNames.size() < MOST) {
            publicNames.putIfAbsent(Host.of(name).text(), arePublic(addresses));
        }
        return addresses;
    }

    @Override
    public Optional<ForwardProxy> proxy(String host, int port) {
        return rules.proxy(host, port);
    }

    @Override
    public boolean isNameForProxy(String name) {
        return rules.isNameForProxy(name);
    }

    @Override
    public Optional<Limit> bandwidth() {
        return rules.bandwidth();
    }

    @Override
    public void sendsOn(int seconds) {
        rules.sendsOn(seconds);
    }

    @Override
    public int portOutside(int port) {
        return rules.portOutside(port);
    }

    @Override
    public Judgement publishes(int inside, Connection asked) {
        return rules.publishes(inside, asked);
    }

    @Override
    public void listens(InetAddress address, int port, Optional<Connection> outside) {
        rules.listens(address, port, outside);
    }

    @Override
    public void isNotPublished(int inside, Connection asked, int errno) {
        rules.isNotPublished(inside, asked, errno);
    }

    @Override
    public void missed(int port) {
        rules.missed(port);
    }

    @Override
    public void attempted(ConnectionAttempt attempt) {
        rules.attempted(attempt);
        Connection asked = attempt.asked();
        if (asked.direction() != Direction.OUT
                || asked.protocol() == Protocol.UNIX
                || asked.port() == 0) {
            return;
        }
        var endpoint = new Endpoint(asked.host(), asked.port(), asked.protocol());
        Judgement judged = attempt.judgement();
        if (judged.deciding().contains(LEARNING) || isOpen(asked, judged)) {
            if (reached.containsKey(endpoint) || reached.size() < MOST) {
                reached.merge(endpoint, 1, Integer::sum);
            }
        } else if (!judged.allowed() && closed.size() < MOST) {
            closed.put(endpoint, why(asked, judged));
        }
    }

    private String why(Connection asked, Judgement judged) {
        if (isInner(asked)) {
            return "an inner address";
        }
        return judged.byDefault() && isOnlyOfProxy(asked)
                ? "a proxy dials it, and this machine finds no public address for it"
                : "a rule denies it";
    }

    @Override
    public void carried(ConnectionAttempt.Traffic traffic) {
        rules.carried(traffic);
    }

    @Override
    public void names(Path path, PathUse use) {
        Set<Path> known = paths.getOrDefault(use, Set.of());
        if (known.size() < MOST) {
            known.add(path);
        }
    }

    @Override
    public void refuses(String syscall) {
        refused.add(syscall);
    }

    /** How often what no rule allows was reached, or would have been. */
    SortedMap<Endpoint, Integer> reached() {
        return new TreeMap<>(reached);
    }

    /** What stayed closed, and why. */
    SortedMap<Endpoint, String> closed() {
        return new TreeMap<>(closed);
    }

    Set<Path> paths(PathUse use) {
        return Set.copyOf(paths.getOrDefault(use, Set.of()));
    }

    Set<String> refused() {
        return Set.copyOf(refused);
    }
}
