package dev.blast.rules.vocabulary;

/** What a session may do with a path. On one path the earlier constant wins. */
public enum Access {
    /** Absent, with everything below it, whatever else is said about paths below. */
    HIDDEN,
    /** An empty, writable folder of its own that is gone afterwards. */
    TEMPORARY,
    WRITABLE,
    READABLE
}
