package dev.blast.rules.fact;

/** What a session is for. */
public enum Purpose {
    RUN,
    SHELL,
    BUILD,
    INSTALL,
    RESOLVE,
    LEARN
}
