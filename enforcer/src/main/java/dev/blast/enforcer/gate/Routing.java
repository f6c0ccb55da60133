package dev.blast.enforcer.gate;

import dev.blast.packaging.Host;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Direction;
import dev.blast.rules.fact.Protocol;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a program may go where it wants, and who dials. A proxy dials names that rules allow as
 * names, and public addresses. What only rules about its address can allow, and what is near this
 * machine, is dialled by this machine: an address near it is another one seen from a proxy.
 */
final class Routing {
    private final Gatekeeper keeper;

    Routing(Gatekeeper keeper) {
        this.keeper = keeper;
    }

    /** Both: a target that is not allowed is not dialled. */
    record Routed(JudgedConnection judged, DialTarget target) {
        boolean isAllowed() {
            return judged.judgement().allowed();
        }
    }

    /**
     * Empty where the address is not known and has to be.
     *
     * @param program that asks, where it is known
     */
    Optional<Routed> route(Destination.Outside to, @Nullable Path program) {
        Host host = Host.of(to.host());
        InetAddress address = to.address();
        boolean isName = host.address() == null;
        boolean isNear = address != null && isNear(address);
        Optional<ForwardProxy> proxy =
                isNear ? Optional.empty() : keeper.proxy(host.text(), to.port());
        if (proxy.isPresent() && isName) {
            JudgedConnection byName = judged(to, null, program);
            if (byName.judgement().allowed()) {
                return Optional.of(
                        new Routed(byName, new DialTarget.Through(proxy.get(), host, to.port())));
            }
        }
        if (address == null) {
            return Optional.empty();
        }
        DialTarget target =
                proxy.isPresent()
                        ? new DialTarget.Through(proxy.get(), Host.of(address), to.port())
                        : new DialTarget.Direct(address, to.port());
        return Optional.of(new Routed(judged(to, address, program), target));
    }

    /** What is said of a name alone, whose address nobody could find out. */
    JudgedConnection byName(Destination.Outside to, @Nullable Path program) {
        return judged(to, null, program);
    }

    private static boolean isNear(InetAddress address) {
        Host host = Host.of(address);
        return host.isLoopback() || host.isPrivate() || host.isMetadataService();
    }

    private JudgedConnection judged(
            Destination.Outside to, @Nullable InetAddress address, @Nullable Path program) {
        var connection =
                new Connection(
                        to.host(),
                        to.port(),
                        address,
                        Protocol.TCP,
                        Direction.OUT,
                        program,
                        false,
                        false,
                        false,
                        false);
        return new JudgedConnection(connection, keeper.judge(connection));
    }
}
