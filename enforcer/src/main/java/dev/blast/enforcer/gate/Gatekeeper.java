package dev.blast.enforcer.gate;

import dev.blast.rules.fact.Connection;
import dev.blast.rules.verdict.Judgement;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

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

    /** Told of each attempt, once its end is known. Must be quick. */
    void attempted(ConnectionAttempt attempt);

    /** Told now and then, and once more at the end. Must be quick. */
    void carried(ConnectionAttempt.Traffic traffic);
}
