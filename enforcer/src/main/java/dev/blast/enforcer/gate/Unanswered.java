package dev.blast.enforcer.gate;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sockets that were connected when nobody waited for the answer any more: a signal came between,
 * and the call will be made again. Safe on any thread.
 */
final class Unanswered {
    /** A program that never asks again is forgotten. */
    private static final int MOST = 10_000;

    private final Set<Long> sockets = ConcurrentHashMap.newKeySet();

    void add(Socket socket) {
        if (sockets.size() >= MOST) {
            sockets.clear();
        }
        sockets.add(socket.identity());
    }

    /** Whether it is one, and is none any more. */
    boolean remove(Socket socket) {
        return !sockets.isEmpty() && sockets.remove(socket.identity());
    }
}
