package dev.blast.rules.vocabulary;

import java.util.Locale;

/** The verdicts: whether something may be, and what follows a violation, the most careful last. */
public enum Outcome {
    ALLOWED,
    /** Denied for now; a person may lift it by name. */
    HELD,
    DENIED,
    /** The session goes on. */
    RECORDED,
    /** The session waits for a person. */
    FROZEN,
    /** The session ends. */
    STOPPED;

    /** As people read it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
