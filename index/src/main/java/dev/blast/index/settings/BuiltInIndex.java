package dev.blast.index.settings;

import dev.blast.index.IndexException;
import dev.blast.index.IndexLocation;

/**
 * Knows the index that is used when nothing is configured. Blast has none of its own: it asks the
 * pip that people have.
 */
@FunctionalInterface
public interface BuiltInIndex {

    /**
     * The address of a simple repository.
     *
     * @throws IndexException of kind CONFIGURATION where no pip is found, saying how to name an
     *     index
     */
    IndexLocation location() throws IndexException;
}
