package dev.blast.rules.fact;

/** What set a synchronisation off. */
public enum Cause {
    PERSON,
    DRIFT,
    SCHEDULE,
    LOAD
}
