package dev.blast.rules.vocabulary;

/** The three verdicts, the most careful one last. */
public enum Outcome {
    ALLOWED,
    /** Denied for now; a person may lift it by name. */
    HELD,
    DENIED
}
