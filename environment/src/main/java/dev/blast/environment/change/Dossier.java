package dev.blast.environment.change;

import dev.blast.environment.Cause;
import dev.blast.environment.Directories;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.Digest;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * What one user keeps about one environment and believes: the journal of a change, the writer lock
 * and the history. It lies in the user's own data, {@code data/environments/KEY}, never in the
 * environment's folder, which whoever can write the project could have written.
 *
 * @param folder absolute; it need not exist yet
 */
public record Dossier(Environment environment, Path folder) {
    static final String HISTORY = "state.db";

    private static final String JOURNAL = "journal";

    public static Dossier of(Directories directories, Environment environment) {
        return new Dossier(
                environment,
                directories.data().resolve("environments").resolve(key(environment.root())));
    }

    /** One for all spellings of a place: two names of one folder have one lock. */
    private static String key(Path root) {
        try {
            return Digest.of(
                            root.resolveSibling(".")
                                    .toRealPath()
                                    .resolve(root.getFileName())
                                    .toString())
                    .substring(0, 16);
        } catch (IOException e) {
            return Digest.of(root.toString()).substring(0, 16); // not there: nothing leads to it
        }
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
        Confines.require(environment);
        return WriterLock.acquire(this, command, patience, waiting);
    }

    /** Who is changing this environment, or about to: resolving and fetching count. */
    public Optional<WriterLock.Holder> writer() throws EnvironmentException {
        return WriterLock.holder(this);
    }

    /** Whether a change was interrupted, or is going on. */
    public boolean isChanging() {
        return isChanging(folder);
    }

    /** The same of a dossier of whatever environment. */
    public static boolean isChanging(Path dossier) {
        return Files.exists(dossier.resolve(JOURNAL));
    }

    /** Whether a change that has ended, or was never begun, was not tidied up after. */
    public boolean isUntidy() {
        return Files.exists(folder.resolve(Staging.TEXTS));
    }

    /** The number of the generation to which a change is going on, or was interrupted. */
    public OptionalInt changingTo() throws EnvironmentException {
        try {
            Optional<Journal> journal = Journal.read(journal()).filter(Journal::planned);
            return journal.isPresent()
                    ? OptionalInt.of(journal.get().generation())
                    : OptionalInt.empty();
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of("cannot read %s: %s", journal(), Cause.of(e, journal())), e);
        }
    }

    /** Who is changing this environment from another dossier, as the kernel says. */
    public Optional<String> foreignWriter() throws EnvironmentException {
        try {
            return SharedLock.holderIfAny(environment);
        } catch (IOException e) {
            Path file = SharedLock.file(environment);
            throw new EnvironmentException(
                    Message.of("cannot ask who holds %s: %s", file, Cause.of(e, file)), e);
        }
    }

    /**
     * Finishes or undoes an interrupted change, and says in a line what it did; empty, and without
     * taking the lock, where none was interrupted.
     *
     * @throws LockedException where the change is not interrupted but going on, and the patience
     *     ends first
     */
    public Optional<String> recover(String command, Patience patience) throws EnvironmentException {
        return isChanging() ? settle(command, patience) : Optional.empty();
    }

    /** The same, and removes in any case what a change has left behind that was never begun. */
    public Optional<String> settle(String command, Patience patience) throws EnvironmentException {
        try (WriterLock _ = lock(command, patience.longest(), patience.waiting());
                History history = History.of(this)) {
            Recovery recovery = Recovery.of(this, Disk.real());
            Optional<String> done = recovery.recover(history);
            recovery.tidy();
            return done;
        }
    }

    /** A journal in the environment's own folder: nobody whom this user has to believe wrote it. */
    public Optional<String> planted() {
        Path file = environment.folder().resolve(JOURNAL);
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(
                        "%s came with the folder and was not followed; remove it".formatted(file))
                : Optional.empty();
    }

    Path journal() {
        return folder.resolve(JOURNAL);
    }

    public Path lockFile() {
        return folder.resolve("lock");
    }

    Path unmade() {
        return folder.resolve("unmade");
    }

    public Path history() {
        return folder.resolve(HISTORY);
    }
}
