package dev.blast.rules.vocabulary;

/** The socket families that groups of system calls open, with their numbers in socket(2). */
public enum SocketFamily {
    UNIX(1),
    INET(2),
    INET6(10),
    NETLINK(16);

    private final int number;

    SocketFamily(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
