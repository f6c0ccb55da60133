package dev.blast.enforcer.gate;

import dev.blast.packaging.Host;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Direction;
import dev.blast.rules.fact.Protocol;
import dev.blast.rules.verdict.Judgement;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Names as the machine looks them up, with its own file of hosts and its own servers. A name of
 * which nothing may be reached is not looked up: it could carry a message to whoever serves it.
 */
final class MachineNames implements RealAddresses {
    private static final int MOST = 16;

    private final Gatekeeper keeper;
    private final Attempts attempts;

    MachineNames(Gatekeeper keeper, Attempts attempts) {
        this.keeper = keeper;
        this.attempts = attempts;
    }

    @Override
    public Lead find(String name) {
        Judgement judgement = keeper.lookUp(name);
        if (!judgement.allowed()) {
            attempts.refused(0, asked(name), judgement);
            return new Lead.Refused();
        }
        if (keeper.isNameForProxy(name)) {
            return new Lead.KnownToProxy();
        }
        try {
            List<InetAddress> found = keeper.addresses(name);
            return new Lead.Found(found.subList(0, Math.min(found.size(), MOST)));
        } catch (UnknownHostException e) {
            // the JDK passes on what the C library says, and no number with it
            boolean later = String.valueOf(e.getMessage()).contains("Temporary failure");
            return later ? new Lead.Failed() : new Lead.NoSuchName();
        }
    }

    /** Of a name alone: no port is known yet. */
    private static Connection asked(String name) {
        return new Connection(
                Host.of(name).text(),
                0,
                null,
                Protocol.UDP,
                Direction.OUT,
                null,
                false,
                false,
                false,
                false);
    }
}
