package dev.blast.enforcer.gate;

import dev.blast.packaging.Host;
import java.net.InetAddress;

/** What is dialled for a program. */
sealed interface DialTarget {
    /** By this machine. */
    record Direct(InetAddress address, int port) implements DialTarget {}

    /**
     * By a proxy.
     *
     * @param host a name, which the proxy looks up, or an address
     */
    record Through(ForwardProxy proxy, Host host, int port) implements DialTarget {}
}
