package dev.blast.enforcer.gate;

import dev.blast.enforcer.gate.SyntheticAddresses.Behind;
import dev.blast.enforcer.plan.Step;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where an address leads that a program connects to. */
sealed interface Destination {
    /** The sandbox's own, beside its loopback. */
    Set<InetAddress> OWN =
            Set.of(
                    InetAddress.ofLiteral(Step.GateSockets.ADDRESS),
                    InetAddress.ofLiteral(Step.GateSockets.ADDRESS6));

    /** To the sandbox itself; on Linux the address that is none leads there too. */
    record Inside(int port) implements Destination {}

    /**
     * Out of it.
     *
     * @param host the name that was asked for, else the address in text
     * @param address to dial; null where it has to be looked up, if this machine dials at all
     */
    record Outside(String host, @Nullable InetAddress address, int port) implements Destination {}

    /** Where programs' sockets meet their relays: none comes there by itself. */
    static boolean isMeetingPlace(SocketAddress.Internet asked) {
        return OWN.contains(asked.address()) && asked.port() == Step.GateSockets.MEETING_PORT;
    }

    /**
     * Decides by the address alone.
     *
     * @param names what an address stands for that was handed out for a name
     */
    static Destination of(
            SocketAddress.Internet asked, Function<InetAddress, Optional<Behind>> names) {
        InetAddress address = asked.address();
        if (address.isLoopbackAddress() || address.isAnyLocalAddress() || OWN.contains(address)) {
            return new Inside(asked.port());
        }
        Behind behind =
                names.apply(address).orElseGet(() -> new Behind(address.getHostAddress(), address));
        return new Outside(behind.name(), behind.real(), asked.port());
    }
}
