package dev.blast.enforcer.gate;

import java.util.function.Consumer;

/** Connections that are on their way, and who wants to know how they end. */
interface Underway {

    /**
     * Takes the socket and closes it in the end.
     *
     * @param end told once whether it was reached
     */
    void watch(Socket socket, Consumer<Boolean> end);
}
