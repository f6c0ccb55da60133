package dev.blast.index.http;

import dev.blast.packaging.AddressKind;
import dev.blast.packaging.Host;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * How near an address is to this machine. Who lies at a public address may not send us to a nearer
 * one: behind it stand services that believe whoever reaches them.
 */
enum Nearness {
    /** Anywhere on the internet. */
    PUBLIC,
    /** A private network, and what else is not routed to everybody. */
    PRIVATE,
    /** This machine. */
    LOOPBACK,
    /** This wire: clouds answer here with credentials. Multicast too. */
    LINK;

    static Nearness of(InetAddress written) {
        InetAddress address = Host.of(written).address();
        if (address == null
                || AddressKind.METADATA_SERVICE.holds(address)
                || AddressKind.LINK.holds(address)) {
            return LINK;
        }
        if (AddressKind.LOOPBACK.holds(address)) {
            return LOOPBACK;
        }
        return AddressKind.PRIVATE.holds(address) || AddressKind.RESERVED.holds(address)
                ? PRIVATE
                : PUBLIC;
    }

    /** Of a host that is an address, in any spelling; null for a name. */
    static @Nullable Nearness ofLiteral(Host host) {
        return host.address() == null ? null : of(host.address());
    }

    /** As a word in a sentence. */
    String word() {
        return switch (this) {
            case PUBLIC -> "public";
            case PRIVATE -> "private";
            case LOOPBACK -> "loopback";
            case LINK -> "link-local or metadata";
        };
    }
}
