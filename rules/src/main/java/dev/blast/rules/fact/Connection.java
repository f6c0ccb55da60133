package dev.blast.rules.fact;

import dev.blast.packaging.Host;
import java.net.InetAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect.
 *
 * @param host what was asked for, in the form of {@link Host}: an address in text where no name is
 *     known
 * @param port 0 to 65535; 0 for a UNIX socket
 * @param address the address that would be dialled, where it is known already; a host that is an
 *     address is its own
 * @param program the program that connects, where it is known
 * @param toIndex true where the host is one of the configured package indexes
 * @param toLoopback the address is this machine's
 * @param toPrivate the address belongs to a private or link-local network
 * @param toMetadataService the address is a cloud provider's metadata service
 */
public record Connection(
        String host,
        int port,
        @Nullable InetAddress address,
        Protocol protocol,
        Direction direction,
        @Nullable Path program,
        boolean toIndex,
        boolean toLoopback,
        boolean toPrivate,
        boolean toMetadataService)
        implements Judged {

    public Connection {
        Host named = Host.of(host);
        host = named.text();
        address = address == null ? named.address() : Host.of(address).address();
        Host dialled = address == null ? named : Host.of(address);
        toLoopback |= dialled.isLoopback();
        toPrivate |= dialled.isPrivate();
        toMetadataService |= dialled.isMetadataService() || named.isMetadataService();
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
    }

    /** By what tells most of them apart: each that a program asks for is looked up. */
    @Override
    public int hashCode() {
        return 31 * host.hashCode() + port;
    }

    /** An outgoing TCP connection as it was asked for; a host that is an address is known. */
    public static Connection to(String host, int port, boolean toIndex) {
        return new Connection(
                host, port, null, Protocol.TCP, Direction.OUT, null, toIndex, false, false, false);
    }

    /**
     * The same attempt, now that the address to dial is known: what the address is, is read from
     * the address.
     */
    public Connection at(InetAddress dialled) {
        return new Connection(
                host, port, dialled, protocol, direction, program, toIndex, false, false, false);
    }

    /** The same attempt, now that it is known whether it is to a package index. */
    public Connection whetherToIndex(boolean isIndex) {
        return new Connection(
                host,
                port,
                address,
                protocol,
                direction,
                program,
                isIndex,
                toLoopback,
                toPrivate,
                toMetadataService);
    }

    /** The same attempt by another protocol. */
    public Connection by(Protocol other) {
        return new Connection(
                host,
                port,
                address,
                other,
                direction,
                program,
                toIndex,
                toLoopback,
                toPrivate,
                toMetadataService);
    }

    /** The same attempt to another host, of which nothing else is known. */
    public Connection named(String other) {
        return new Connection(
                other, port, null, protocol, direction, program, false, false, false, false);
    }
}
