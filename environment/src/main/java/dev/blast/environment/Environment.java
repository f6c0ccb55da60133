package dev.blast.environment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One environment on disk: a plain venv (PEP 405) that every other tool understands, plus {@code
 * .blast/} in it, where Blast keeps what it knows. A value that names a place; the place need not
 * exist yet.
 *
 * @param root absolute, the folder with {@code pyvenv.cfg}, most often {@code PROJECT/.venv}
 */
public record Environment(Path root) {
    private static final String VENV = ".venv";
    private static final String BLAST = ".blast";

    public Environment {
        root = root.toAbsolutePath().normalize();
    }

    /** The environment of a project in this folder: {@code .venv}. */
    public static Environment in(Path folder) {
        return new Environment(folder.resolve(VENV));
    }

    public boolean exists() {
        return Files.isRegularFile(root.resolve("pyvenv.cfg"));
    }

    /**
     * What the last committed change left here, without opening the history; empty before the first
     * one.
     */
    public Optional<Applied> applied() throws EnvironmentException {
        return Applied.read(appliedFile());
    }

    /**
     * Takes the right to change this environment, waiting at most {@code patience} (zero: not at
     * all).
     *
     * @param command what is being done, for those who wait for us
     * @param waiting called once, with the holder, before the first wait
     */
    public WriterLock lock(String command, Duration patience, Consumer<WriterLock.Holder> waiting)
            throws EnvironmentException {
        Confines.holdsNoLinks(this);
        return WriterLock.acquire(this, command, patience, waiting);
    }

    /** Whether a change was interrupted, or is going on. */
    public boolean isChanging() {
        return Files.exists(Recovery.journal(this));
    }

    /**
     * Finishes or undoes an interrupted change, and says in a line what it did; empty, and without
     * taking the lock, where none was interrupted.
     *
     * @throws LockedException where the change is not interrupted but going on, and the patience
     *     ends first
     */
    public Optional<String> recover(String command, Sync.Patience patience)
            throws EnvironmentException {
        if (!isChanging()) {
            return Optional.empty();
        }
        try (WriterLock _ = lock(command, patience.longest(), patience.waiting());
                History history = History.of(this)) {
            Recovery recovery = Recovery.of(this, Disk.real());
            Optional<String> done = recovery.recover(history);
            recovery.tidy();
            return done;
        }
    }

    /** {@code .blast/}: state, journal, staging, lock. */
    Path folder() {
        return root.resolve(BLAST);
    }

    /** Whether Blast has ever changed it. */
    boolean folderExists() {
        return Files.isDirectory(folder());
    }

    Path appliedFile() {
        return folder().resolve("applied");
    }
}
