package dev.blast.enforcer.spawn;

/**
 * Descriptors of the first process, by their numbers there, that it keeps for the gate until it is
 * let go.
 *
 * @param listener of its filter, see seccomp_unotify(2)
 * @param names a datagram socket at the address that programs ask for names
 * @param namesByStream the same for TCP, listening
 * @param meeting where programs' sockets meet their relays, listening
 * @param leaving sees the datagrams that would leave, see packet(7)
 */
public record ForGate(int listener, int names, int namesByStream, int meeting, int leaving) {}
