package dev.blast.index.cache;

import dev.blast.index.IndexException;
import dev.blast.packaging.Hashes;
import dev.blast.packaging.IoFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The index cache: a folder that may be deleted at any time and shared by processes. For any
 * thread.
 *
 * <p>A cache that cannot be written is no reason to stop: the answers are the same without it. The
 * first reason is kept for whoever wants to tell the user.
 */
public final class Cache {
    private final Path folder;
    private final AtomicReference<@Nullable String> problem = new AtomicReference<>();

    public Cache(Path folder) {
        this.folder = folder;
    }

    /** Where things of a kind lie. */
    public Path folder(String kind) {
        return folder.resolve(kind);
    }

    /** A file name for an address or another text of any length. */
    public static String key(String text) {
        byte[] digest = Hashes.digest("sha256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, 16);
    }

    /**
     * The content with {@link CacheFile#begin} bytes before it; null where there is none that can
     * be used.
     */
    public byte @Nullable [] read(Path file) {
        return CacheFile.read(file);
    }

    /** Makes something of an entry's bytes. */
    public interface Form<T> {
        /**
         * Reads the content.
         *
         * @throws IllegalArgumentException where they are none of ours
         */
        T read(Unpacker in);
    }

    /** The same in its form; what is no entry of ours is as good as not there. */
    public <T> @Nullable T read(Path file, Form<T> form) {
        byte[] bytes = read(file);
        try {
            return bytes == null ? null : form.read(new Unpacker(bytes, CacheFile.begin()));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    public void write(Path file, byte[] content) {
        try {
            CacheFile.write(file, content);
        } catch (IOException e) {
            failed(e);
        }
    }

    /** A new folder for files that are looked into and deleted, elsewhere where here is no room. */
    public Path draft() throws IndexException {
        try {
            return Files.createTempDirectory(Files.createDirectories(folder("drafts")), "");
        } catch (IOException e) {
            failed(e);
        }
        try {
            return Files.createTempDirectory("blast-");
        } catch (IOException e) {
            throw new IndexException(
                    IndexException.Kind.DISK,
                    "a wheel cannot be looked into, since neither %s nor the folder for temporary files can be written: %s"
                            .formatted(folder, IoFailure.words(e)),
                    e);
        }
    }

    /** When an entry was last known to be what the index has; the epoch where there is none. */
    public static Instant validated(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            return Instant.EPOCH;
        }
    }

    /** The index said that an entry is still what it has. */
    public void validate(Path file, Instant now) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(now));
        } catch (NoSuchFileException e) {
            // Another process cleaned the cache meanwhile.
        } catch (IOException e) {
            failed(e);
        }
    }

    private void failed(IOException e) {
        problem.compareAndSet(
                null,
                "the index cache %s cannot be written: %s".formatted(folder, IoFailure.words(e)));
    }

    /** Why something could not be kept, if that happened. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem.get());
    }
}
