package dev.blast.enforcer.gate;

import dev.blast.rules.fact.Connection;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Limit;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Who is asked what may be reached, and told what was tried. Several threads ask at once. */
public interface Gatekeeper {

    /** Whether it may be reached, as far as it is known: with an address where that is. */
    Judgement judge(Connection asked);

    /**
     * Whether a name may be looked up: whether anything of it might be reached, at some port.
     *
     * @param name in the form of {@link dev.blast.packaging.Host}
     */
    Judgement lookUp(String name);

    /**
     * Where a name leads, as this machine looks it up: with its own file of hosts and its own
     * servers.
     */
    default List<InetAddress> addresses(String name) throws UnknownHostException {
        return List.of(InetAddress.getAllByName(name));
    }

    /**
     * Who dials in the place of this machine; empty where it dials itself.
     *
     * @param host a name or an address, in the form of {@link dev.blast.packaging.Host}
     */
    default Optional<ForwardProxy> proxy(String host, int port) {
        return Optional.empty();
    }

    /** Whether a name is looked up by a proxy, and by this machine only where that is of no use. */
    default boolean isNameForProxy(String name) {
        return false;
    }

    /** How fast all connections together may be, in bytes per second and each direction. */
    default Optional<Limit> bandwidth() {
        return Optional.empty();
    }

    /**
     * Told once where what programs had sent as they ended, at a rate that is limited, goes out
     * still.
     *
     * @param seconds after which the rest is broken off
     */
    default void sendsOn(int seconds) {}

    /**
     * Under which port of the machine a server is to be reached, if rules let it be: its own,
     * unless a person wants another.
     */
    default int portOutside(int port) {
        return port;
    }

    /**
     * Whether a server may be reached from outside.
     *
     * @param inside the port that it has there
     * @param asked as it would be reached
     */
    default Judgement publishes(int inside, Connection asked) {
        return judge(asked);
    }

    /**
     * Told of a server that begins to listen. Must be quick.
     *
     * @param address where inside
     * @param outside the machine's, that leads to it; empty where it stays inside
     */
    default void listens(InetAddress address, int port, Optional<Connection> outside) {}

    /**
     * Told of a server that was to be reached from outside, and cannot be.
     *
     * @param inside the port that it wanted
     * @param asked as it would be reached
     * @param errno what the machine says to that, and the server reads
     */
    default void isNotPublished(int inside, Connection asked, int errno) {}

    /** Told of a port of the loopback at which nobody inside listened. Must be quick. */
    default void missed(int port) {}

    /**
     * Told of each path that a program of a witnessed session names. Must be quick.
     *
     * @param path absolute, as the program sees it; links in it are not followed
     */
    default void names(Path path, PathUse use) {}

    /** Told of each system call that a program of a witnessed session is refused. Must be quick. */
    default void refuses(String syscall) {}

    /** Told of each attempt, once its end is known. Must be quick. */
    void attempted(ConnectionAttempt attempt);

    /** Told now and then, and once more at the end. Must be quick. */
    void carried(ConnectionAttempt.Traffic traffic);
}
