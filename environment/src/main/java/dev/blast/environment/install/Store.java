package dev.blast.environment.install;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The content-addressed store of unpacked wheels. Safe for many threads and processes at once. */
public final class Store {
    private final Path directory;

    /** A store in a folder, which is made when the first wheel comes. */
    public Store(Path directory) {
        this.directory = directory;
    }

    /**
     * The wheel with this key, if it is here and every file still has the size and modification
     * time it was stored with.
     */
    public Optional<StoredWheel> find(String sha256) throws IOException {
        throw new IllegalStateException("in the making: " + directory + sha256);
    }

    /**
     * Checks, unpacks and keeps a wheel. A wheel that is here already is only looked up; a damaged
     * one is replaced.
     *
     * @param wheel the file, under the name that the index gave it
     * @throws RefusedWheelException when the archive is not what a wheel has to be
     */
    public StoredWheel add(Path wheel) throws IOException {
        throw new IllegalStateException("in the making: " + wheel);
    }
}
