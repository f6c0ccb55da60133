package dev.blast.toml;

import java.util.Optional;

/**
 * What documents were found to say, by a digest of their text, kept by whoever has a place for it:
 * what the parser needs to begin with takes longer than most documents. May forget everything at
 * any time. Any thread may use it.
 */
public interface TomlMemory {
    /** Nothing is kept. */
    TomlMemory NONE =
            new TomlMemory() {
                @Override
                public Optional<String> read(String document) {
                    return Optional.empty();
                }

                @Override
                public void keep(String document, String nodes) {}
            };

    Optional<String> read(String document);

    void keep(String document, String nodes);
}
