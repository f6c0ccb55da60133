package dev.blast.environment.learn;

import dev.blast.packaging.Host;
import dev.blast.rules.fact.Protocol;
import java.util.Comparator;

/** Where a program connected, by the name that it asked for. */
record Endpoint(String host, int port, Protocol protocol) implements Comparable<Endpoint> {
    private static final Comparator<Endpoint> ORDER =
            Comparator.comparing(Endpoint::host)
                    .thenComparingInt(Endpoint::port)
                    .thenComparing(Endpoint::protocol);

    @Override
    public int compareTo(Endpoint other) {
        return ORDER.compare(this, other);
    }

    String text() {
        return Host.withPort(host, port) + (protocol == Protocol.UDP ? " (UDP)" : "");
    }
}
