package dev.blast.environment.change;

import dev.blast.environment.install.HeldFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Every change that a transaction makes to the disk, one effect a call, so that a test can stop the
 * machine between any two. What is not written here (the layout of new files in staging) is without
 * meaning until the journal names it.
 */
public interface Disk {
    /** The folder and those above it, in the user's data. */
    void createDirectories(Path folder) throws IOException;

    /** {@link HeldFolder#makeFolders}. */
    void makeFolders(HeldFolder root, Path folder) throws IOException;

    /** Appends and makes durable, creating the file where it is missing. */
    void append(Path file, byte[] bytes) throws IOException;

    /** Cuts the file back to this many bytes and makes that durable. */
    void truncate(Path file, long length) throws IOException;

    /** {@link HeldFolder#move}: within an environment. */
    void move(HeldFolder root, Path from, Path to) throws IOException;

    /** Makes the names in a folder durable. */
    void sync(Path folder) throws IOException;

    /** {@link HeldFolder#sync}. */
    void sync(HeldFolder root, Path folder) throws IOException;

    /** Removes one file or empty folder; one that is not there is well removed. */
    void delete(Path path) throws IOException;

    /** {@link HeldFolder#delete}. */
    void delete(HeldFolder root, Path path) throws IOException;

    /** {@link HeldFolder#moveToNew}. */
    void moveToNew(HeldFolder root, Path from, Path to) throws IOException;

    /** {@link HeldFolder#create(Path, byte[])}. */
    void create(HeldFolder root, Path file, byte[] content) throws IOException;

    /** {@link HeldFolder#create(Path, byte[], Path)}. */
    void create(HeldFolder root, Path file, byte[] content, Path like) throws IOException;

    /** {@link HeldFolder#exchange}. */
    void exchange(HeldFolder root, Path one, Path other) throws IOException;

    static Disk real() {
        return new Disk() {
            @Override
            public void createDirectories(Path folder) throws IOException {
                Files.createDirectories(folder);
            }

            @Override
            public void makeFolders(HeldFolder root, Path folder) throws IOException {
                root.makeFolders(folder);
            }

            @Override
            public void append(Path file, byte[] bytes) throws IOException {
                try (FileChannel channel =
                        FileChannel.open(
                                file,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.APPEND)) {
                    ByteBuffer rest = ByteBuffer.wrap(bytes);
                    while (rest.hasRemaining()) {
                        channel.write(rest);
                    }
                    channel.force(true);
                }
            }

            @Override
            public void truncate(Path file, long length) throws IOException {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(length);
                    channel.force(true);
                }
            }

            @Override
            public void move(HeldFolder root, Path from, Path to) throws IOException {
                root.move(from, to);
            }

            @Override
            public void sync(Path folder) throws IOException {
                try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            }

            @Override
            public void sync(HeldFolder root, Path folder) throws IOException {
                root.sync(folder);
            }

            @Override
            public void delete(Path path) throws IOException {
                try {
                    Files.delete(path);
                } catch (NoSuchFileException e) {
                    // well removed
                }
            }

            @Override
            public void delete(HeldFolder root, Path path) throws IOException {
                root.delete(path);
            }

            @Override
            public void moveToNew(HeldFolder root, Path from, Path to) throws IOException {
                root.moveToNew(from, to);
            }

            @Override
            public void create(HeldFolder root, Path file, byte[] content) throws IOException {
                root.create(file, content);
            }

            @Override
            public void create(HeldFolder root, Path file, byte[] content, Path like)
                    throws IOException {
                root.create(file, content, like);
            }

            @Override
            public void exchange(HeldFolder root, Path one, Path other) throws IOException {
                root.exchange(one, other);
            }
        };
    }
}
