package dev.blast.rules.fact;

/** The transport of a connection. */
public enum Protocol {
    TCP,
    UDP,
    UNIX
}
