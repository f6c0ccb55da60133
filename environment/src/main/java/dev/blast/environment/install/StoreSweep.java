package dev.blast.environment.install;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Takes out of the store what nobody names: no history and no save, and no environment by a hard
 * link. One at a time, and while nobody else uses the store; {@link #close} when done.
 */
public final class StoreSweep implements AutoCloseable {
    private final Path store;
    private final StoreUse alone;

    private StoreSweep(Path store, StoreUse alone) {
        this.store = store;
        this.alone = alone;
    }

    /** Empty where another command uses the store. */
    public static Optional<StoreSweep> of(Store store) throws IOException {
        return StoreUse.alone(store.directory())
                .map(alone -> new StoreSweep(store.directory(), alone));
    }

    /** Some of what lies in the store. */
    public record Amount(int count, long bytes) {
        public static final Amount NONE = new Amount(0, 0);

        private Amount and(long more) {
            return new Amount(count + 1, bytes + more);
        }
    }

    /**
     * What becomes of the store.
     *
     * @param linked wheels that stay for an environment alone whose history does not name them
     */
    public record Swept(
            Amount wheelsKept, Amount wheelsGone, Amount filesKept, Amount filesGone, int linked) {}

    /**
     * Does it, or tells what it would do.
     *
     * @param wheels keys of those that are named
     * @param hashes of single files that are named, as RECORD spells them
     */
    public Swept run(Set<String> wheels, Set<String> hashes, boolean dry) throws IOException {
        Amount wheelsKept = Amount.NONE;
        Amount wheelsGone = Amount.NONE;
        int linked = 0;
        for (Path entry : entries(store)) {
            String key = entry.getFileName().toString();
            if (!Store.isKey(key)) {
                continue;
            }
            var content = new Content();
            Files.walkFileTree(entry, content);
            if (wheels.contains(key)) {
                wheelsKept = wheelsKept.and(content.bytes);
            } else if (content.linked) {
                wheelsKept = wheelsKept.and(content.bytes);
                linked++;
            } else {
                wheelsGone = wheelsGone.and(content.bytes);
                remove(entry, dry);
            }
        }
        Amount filesKept = Amount.NONE;
        Amount filesGone = Amount.NONE;
        for (Path leftover : names(store.resolve(Contents.FOLDER), Store.MAKING + "*")) {
            remove(leftover, dry); // nobody else uses the store: whoever made it is gone
        }
        for (Path file : entries(store.resolve(Contents.FOLDER))) {
            long bytes = Files.size(file);
            if (hashes.contains(RecordHash.ofHex(file.getFileName().toString()))) {
                filesKept = filesKept.and(bytes);
            } else {
                filesGone = filesGone.and(bytes);
                remove(file, dry);
            }
        }
        return new Swept(wheelsKept, wheelsGone, filesKept, filesGone, linked);
    }

    /** Whole or not at all: killed in between, what is aside goes with the next leftovers. */
    private void remove(Path entry, boolean dry) throws IOException {
        if (!dry) {
            Path aside = store.resolve(Store.DISCARDED + UUID.randomUUID());
            Files.move(entry, aside, StandardCopyOption.ATOMIC_MOVE);
            Trees.delete(aside);
        }
    }

    /** What lies in the folders of two digits. */
    private static List<Path> entries(Path folder) throws IOException {
        var entries = new ArrayList<Path>();
        for (Path digits : names(folder, "[0-9a-f][0-9a-f]")) {
            entries.addAll(names(digits, "*"));
        }
        return entries;
    }

    private static List<Path> names(Path folder, String pattern) throws IOException {
        var names = new ArrayList<Path>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
            found.forEach(names::add);
        } catch (NoSuchFileException _) {
            return List.of();
        }
        return names;
    }

    private static final class Content extends SimpleFileVisitor<Path> {
        private long bytes;
        private boolean linked;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            bytes += attributes.size();
            linked |= (int) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS) > 1;
            return FileVisitResult.CONTINUE;
        }
    }

    @Override
    public void close() {
        alone.close();
    }
}
