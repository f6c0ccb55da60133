package dev.blast.packaging;

/** Knows on which line a value of a document stands. */
@FunctionalInterface
public interface Locator {
    /** Knows nothing. */
    Locator NONE = path -> 0;

    /**
     * The line of a value.
     *
     * @param path keys ({@code String}) and places in arrays ({@code Integer}) from the root
     * @return the line, from 1; 0 where it is not known
     */
    int line(Object... path);
}
