package dev.blast.cli.command;

import dev.blast.cli.invocation.Invocation;
import dev.blast.enforcer.gate.ForwardProxy;
import dev.blast.environment.session.Habitat;
import dev.blast.environment.session.SessionProxies;
import dev.blast.index.IndexException;
import dev.blast.index.settings.Proxies;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Direction;
import dev.blast.rules.fact.Protocol;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The proxies that a person has set, read once and only if asked for. Safe on any thread. */
final class ProxySettings implements Supplier<SessionProxies> {
    private final Invocation invocation;
    private final Habitat habitat;
    private @Nullable SessionProxies proxies;

    ProxySettings(Invocation invocation, Habitat habitat) {
        this.invocation = invocation;
        this.habitat = habitat;
    }

    @Override
    public synchronized SessionProxies get() {
        if (proxies == null) {
            proxies = read();
        }
        return proxies;
    }

    /** What stands between a program and what it asks for, if it does. */
    Optional<String> note(Connection asked) {
        boolean isDialled =
                asked.direction() == Direction.OUT
                        && asked.protocol() == Protocol.TCP
                        && asked.port() > 0
                        && !asked.toLoopback()
                        && !asked.toPrivate()
                        && !asked.toMetadataService();
        return isDialled
                ? get().of(asked.host(), asked.port()).map(proxy -> said(proxy, asked))
                : Optional.empty();
    }

    private static String said(ForwardProxy proxy, Connection asked) {
        if (proxy.kind() == ForwardProxy.Kind.UNKNOWN) {
            return "nothing is connected all the same: the proxy that is set cannot be used (NO_PROXY=%s goes there without)"
                    .formatted(asked.host());
        }
        return "the proxy %s dials it%s (NO_PROXY=%s goes there without)"
                .formatted(
                        proxy.name(),
                        asked.address() == null
                                ? ", by its name: where that leads is judged by nobody here"
                                : "",
                        asked.host());
    }

    private SessionProxies read() {
        try {
            return SessionProxies.of(
                    Proxies.discover(
                            habitat.workspace().variables(),
                            habitat.workspace().home(),
                            habitat.environment().root()));
        } catch (IndexException e) {
            invocation
                    .console()
                    .say(
                            "blast: nothing is connected to, the proxy is not known: "
                                    + e.getMessage());
            return SessionProxies.UNREADABLE;
        }
    }
}
