package dev.blast.enforcer.plan;

/**
 * That a gate is to be there, and what the program finds of it.
 *
 * @param resolverFile the text of {@code /etc/resolv.conf} inside
 */
public record GateWanted(String resolverFile) {}
