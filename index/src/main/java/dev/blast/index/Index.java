package dev.blast.index;

import dev.blast.packaging.Metadata;
import dev.blast.packaging.PackageName;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where packages come from. Answers do not change during the life of one {@code Index}: the same
 * question gets the same answer, asked by whom and how often it may be. All methods may be called
 * from any thread.
 */
public interface Index {

    /**
     * The files of a project, from the first configured index that has the name, or from the one
     * that the name is bound to. A name that no index has gives a page that is {@linkplain
     * ProjectPage#isMissing() missing}, which is an answer and not an error.
     *
     * @throws IndexException when an index that would have to be asked first gives no usable
     *     answer: later indexes are then not asked, since a name must not move to another index
     *     because one is down
     */
    ProjectPage page(PackageName name) throws IndexException;

    /**
     * The core metadata of a wheel, without its description.
     *
     * @throws IllegalArgumentException for a file that is not a wheel
     */
    Metadata metadata(DistributionFile wheel) throws IndexException;

    /**
     * The SHA-256 in lower-case hex of the METADATA text that {@link #metadata} gave, now or in an
     * earlier run; present where that text was served beside the wheel and not read out of it.
     * Whoever installs the wheel compares it with what is inside. Asks no server.
     */
    Optional<String> metadataSha256(DistributionFile wheel) throws IndexException;

    /**
     * Downloads a file into a folder under its own name and checks every hash that the index gave
     * while the bytes pass.
     *
     * @return the file, whole: it appears under its name only when its size and hashes are right
     */
    Path fetch(DistributionFile file, Path folder, Transfer transfer) throws IndexException;

    /**
     * Begins to read a page, and returns at once. The page, when it is there, is given to {@code
     * then} on a thread of the index; a failure is kept for whoever asks by {@link #page}. Does
     * nothing where pages are at hand anyway.
     */
    default void prefetch(PackageName name, Consumer<ProjectPage> then) {}

    /**
     * Begins to read a wheel's metadata, and returns at once; as {@link #prefetch(PackageName,
     * Consumer)}.
     */
    default void prefetch(DistributionFile wheel, Consumer<Metadata> then) {}

    /** What has been asked and answered up to now. */
    IndexStatistics statistics();
}
