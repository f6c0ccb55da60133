package dev.blast.enforcer.gate;

/** What a program does with a path that it names. */
public enum PathUse {
    /** It asks what is there. */
    LOOK,
    READ,
    WRITE,
    RUN
}
