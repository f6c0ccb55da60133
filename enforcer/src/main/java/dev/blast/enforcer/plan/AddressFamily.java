package dev.blast.enforcer.plan;

/** The socket families a policy can open, with their numbers in socket(2). */
enum AddressFamily {
    UNIX(1),
    INET(2),
    INET6(10),
    NETLINK(16);

    private final int number;

    AddressFamily(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
