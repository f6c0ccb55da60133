package dev.blast.environment.session;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/**
 * Ports of the sandbox's loopback at which a program found nobody. It may have meant a server of
 * the machine's, a database say, which has another loopback. Safe on any thread.
 */
public final class MissedServers {
    /** Of a program that counts through ports. */
    private static final int MOST = 100;

    private final Set<Integer> missed = new TreeSet<>();

    synchronized void missed(int port) {
        if (missed.size() < MOST) {
            missed.add(port);
        }
    }

    /** Whoever was too early for a server inside has missed nothing. */
    synchronized void listens(int port) {
        missed.remove(port);
    }

    /**
     * What to tell when the program has ended, and can learn nothing from it about the machine.
     *
     * @param isOnMachine whether a server of the machine's listens at a port of its loopback
     */
    public synchronized Optional<String> sentence(IntPredicate isOnMachine) {
        List<Integer> meant = missed.stream().filter(isOnMachine::test).toList();
        if (meant.isEmpty()) {
            return Optional.empty();
        }
        int first = meant.getFirst();
        return Optional.of(
                "nobody inside listens at 127.0.0.1:%1$d, where a server of the machine's does%2$s; which rule would let it be reached: blast check --explain connect 127.0.0.1:%1$d"
                        .formatted(
                                first,
                                meant.size() == 1
                                        ? ""
                                        : " (and at %d more such ports)"
                                                .formatted(meant.size() - 1)));
    }
}
