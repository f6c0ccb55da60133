package dev.blast.enforcer.plan;

/**
 * That a gate is to be there, and what the program finds of it.
 *
 * @param resolverFile the text of {@code /etc/resolv.conf} inside
 * @param witnessed whether it is told of every path that the program names, and of calls that it is
 *     refused
 */
public record GateWanted(String resolverFile, boolean witnessed) {
    public GateWanted(String resolverFile) {
        this(resolverFile, false);
    }
}
