package dev.blast.enforcer.gate;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.packaging.Version;
import dev.blast.rules.Context;
import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Purpose;
import dev.blast.rules.fact.Session;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.trial.NameRules;
import dev.blast.rules.verdict.Judgement;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Asks rules written in a test, and remembers what it was told. */
public final class RuledKeeper implements Gatekeeper {
    private static final Path HOME = Path.of("/home/ada");

    /** Who runs something in a test. */
    public static final Context SOMEBODY =
            new Context(
                    new Session(
                            "ada",
                            false,
                            false,
                            "shop",
                            HOME,
                            HOME,
                            HOME,
                            HOME,
                            Version.parse("3.14"),
                            "linux",
                            "python",
                            Purpose.RUN),
                    List.of());

    private final Policy policy;
    private final List<ConnectionAttempt> attempts = new CopyOnWriteArrayList<>();
    private final List<Integer> sendsOn = new CopyOnWriteArrayList<>();
    private @Nullable ForwardProxy proxy;
    private BiPredicate<String, Integer> isProxied = (_, _) -> false;
    private final Set<String> uses = ConcurrentHashMap.newKeySet();
    private final Set<String> unpublished = ConcurrentHashMap.newKeySet();
    private final Set<Integer> missed = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final List<ConnectionAttempt.Traffic> traffic = new CopyOnWriteArrayList<>();

    public RuledKeeper(String rules) {
        var file =
                new PolicyFile(
                        Layer.USER,
                        "test.drl",
                        "package test\n" + rules + "// a rule or none\n",
                        true);
        this.policy = ((Loading.Loaded) Policy.load(List.of(file))).policy();
    }

    /** That the constraints allow a connection. */
    public static RuledKeeper allowing(String constraints) {
        return new RuledKeeper(
                "rule \"a\"\nwhen\n    Connection( %s )\nthen\n    allow();\nend\n"
                        .formatted(constraints));
    }

    @Override
    public Judgement judge(Connection asked) {
        return policy.judge(asked, SOMEBODY);
    }

    @Override
    public Judgement lookUp(String name) {
        return new NameRules(policy).judge(Connection.to(name, 443, false), SOMEBODY);
    }

    /** Behind a proxy, for the hosts and ports that are dialled by it. */
    public RuledKeeper proxied(ForwardProxy asked, BiPredicate<String, Integer> hosts) {
        proxy = asked;
        isProxied = hosts;
        return this;
    }

    @Override
    public Optional<ForwardProxy> proxy(String host, int port) {
        return Optional.ofNullable(proxy)
                .filter(it -> !it.is(host, port) && isProxied.test(host, port));
    }

    @Override
    public boolean isNameForProxy(String name) {
        return proxy(name, 443).isPresent();
    }

    /** Every name under {@code .here.test} is this machine. */
    @Override
    public List<InetAddress> addresses(String name) throws UnknownHostException {
        if (name.equals("many.here.test")) {
            return List.of(InetAddress.ofLiteral("224.0.0.251"));
        }
        if (name.endsWith("here.test")) {
            return List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));
        }
        throw new UnknownHostException(name);
    }

    @Override
    public void names(Path path, PathUse use) {
        uses.add(use + " " + path);
    }

    @Override
    public void refuses(String syscall) {
        refused.add(syscall);
    }

    /** What was done with which path. */
    public Set<String> uses() {
        return uses;
    }

    @Override
    public void missed(int port) {
        missed.add(port);
    }

    @Override
    public void isNotPublished(int inside, Connection asked, int errno) {
        unpublished.add("%d inside at %d: %s".formatted(inside, asked.port(), Errno.of(errno)));
    }

    /** Servers that rules let be reached, and the machine does not. */
    public Set<String> unpublished() {
        return unpublished;
    }

    /** Ports at which nobody inside listened. */
    public Set<Integer> missed() {
        return missed;
    }

    public Set<String> refused() {
        return refused;
    }

    @Override
    public void attempted(ConnectionAttempt attempt) {
        attempts.add(attempt);
    }

    @Override
    public void sendsOn(int seconds) {
        sendsOn.add(seconds);
    }

    /** What was told of connections that outlived their programs: for how long they may. */
    public List<Integer> sendsOn() {
        return sendsOn;
    }

    @Override
    public void carried(ConnectionAttempt.Traffic told) {
        traffic.add(told);
    }

    public List<ConnectionAttempt.Traffic> traffic() {
        return traffic;
    }

    public List<ConnectionAttempt> attempts() {
        return attempts;
    }
}
