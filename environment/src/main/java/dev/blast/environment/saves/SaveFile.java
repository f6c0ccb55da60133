package dev.blast.environment.saves;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import dev.blast.environment.install.Contents;
import dev.blast.environment.install.HeldFolder;
import dev.blast.environment.install.RecordHash;
import dev.blast.environment.tree.TreeEntry;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * A save with all that it names, as one file for another machine: a tar file packed by zstd, which
 * {@code tar --zstd -tf} lists too. First {@code manifest.json}, then {@code contents/HASH} for
 * each content, once, sorted, named by its SHA-256 in hexadecimal; exactly those that the manifest
 * names, and nothing after them. One thread.
 */
public final class SaveFile implements AutoCloseable {
    static final String MANIFEST = "manifest.json";
    static final String CONTENTS = "contents/";

    private static final int MANIFEST_CAP_BYTES = 64 << 20;
    private static final long UNPACKED_CAP_BYTES = 32L << 30;

    /** As for sources: only what grows beyond both is called a bomb. */
    private static final long DENSE_ABOVE_BYTES = 64L << 20;

    private static final int DENSITY_CAP = 200;

    private static final int LEVEL = 3;
    private static final int BUFFER_BYTES = 1 << 16;

    private final Save save;
    private final InputStream in;

    private SaveFile(Save save, InputStream in) {
        this.save = save;
        this.in = in;
    }

    /**
     * Writes one: whole or not at all, and durable.
     *
     * @param contents holds all that travels
     * @param aside what it is called until it is whole
     * @param replaces whether a file of that name may be replaced; a link of that name is, not what
     *     it leads to
     * @return its length in bytes
     * @throws FileAlreadyExistsException where it may not
     * @throws java.nio.file.AtomicMoveNotSupportedException where it cannot be renamed from there
     */
    static long write(Save save, Contents contents, Path aside, Path file, boolean replaces)
            throws IOException {
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            aside,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
                try (OutputStream out =
                        new BufferedOutputStream(
                                new ZstdOutputStream(
                                                new Unclosed(Channels.newOutputStream(channel)),
                                                LEVEL)
                                        .setChecksum(true),
                                BUFFER_BYTES)) {
                    write(save, contents, out);
                }
                channel.force(true);
            }
            long bytes = Files.size(aside);
            if (replaces) {
                Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
            } else {
                link(aside, file);
            }
            try (FileChannel names =
                    FileChannel.open(
                            HeldFolder.above(file.toAbsolutePath()), StandardOpenOption.READ)) {
                names.force(true);
            }
            return bytes;
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    /** Gives it its name where nothing has it; where there are no hard links, after a look. */
    private static void link(Path aside, Path file) throws IOException {
        try {
            Files.createLink(file, aside);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException _) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void write(Save save, Contents contents, OutputStream out) throws IOException {
        byte[] manifest = SaveText.of(save);
        out.write(TarHeader.of(MANIFEST, manifest.length));
        out.write(manifest);
        pad(manifest.length, out);
        for (Map.Entry<String, Long> it : save.contents().entrySet()) {
            long size = it.getValue();
            if (size > TarHeader.LARGEST_BYTES) {
                throw new IOException("a file in it is larger than 8 GiB");
            }
            out.write(TarHeader.of(member(it.getKey()), size));
            contents.copy(it.getKey(), size, out);
            pad(size, out);
        }
        out.write(new byte[2 * TarHeader.BLOCK_BYTES]);
    }

    private static void pad(long size, OutputStream out) throws IOException {
        out.write(new byte[padding(size)]);
    }

    private static int padding(long size) {
        return (int) (-size & (TarHeader.BLOCK_BYTES - 1));
    }

    private static String member(String hash) {
        return CONTENTS + RecordHash.hex(hash);
    }

    /**
     * Opens one and reads what it says of itself.
     *
     * @throws RefusedSaveException where it is none
     */
    public static SaveFile open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new RefusedSaveException(
                    Files.isDirectory(file) ? "it is a folder" : "it is no ordinary file");
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            ZstdFrame.require(channel);
            var in =
                    new Understood(
                            new ZstdInputStream(Channels.newInputStream(channel))
                                    .setLongMax(ZstdFrame.WINDOW_LOG_CAP));
            return open(in, channel.size());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static SaveFile open(InputStream in, long packedBytes) throws IOException {
        byte[] header = block(in);
        long size = TarHeader.sizeBytes(header, MANIFEST);
        if (size > MANIFEST_CAP_BYTES) {
            throw new RefusedSaveException(
                    "its manifest is larger than %d MiB".formatted(MANIFEST_CAP_BYTES >> 20));
        }
        requireSparse(size, packedBytes);
        byte[] manifest = in.readNBytes((int) size);
        if (manifest.length < size) {
            throw new RefusedSaveException("it ends in the middle of its manifest");
        }
        requirePadding(in, size);
        Save save = SaveReading.of(manifest);
        if (save.applied().isPresent()) {
            throw new RefusedSaveException(
                    "its manifest says what Blast believes of an environment of its own");
        }
        long total = size;
        Map<String, Long> sizes = new HashMap<>();
        for (TreeEntry entry : save.tree().entries()) {
            SavedPaths.requirePlain(entry.path());
            if (entry instanceof TreeEntry.File it) {
                Long other = sizes.putIfAbsent(it.hash(), it.sizeBytes());
                if (other != null && other != it.sizeBytes()) {
                    throw new RefusedSaveException(
                            "'%s' has two sizes by its manifest".formatted(it.path()));
                }
                total += it.sizeBytes(); // deduplicated, it is laid out as often as it is named
                if (it.sizeBytes() > TarHeader.LARGEST_BYTES || total > UNPACKED_CAP_BYTES) {
                    throw new RefusedSaveException(
                            "unpacked it would be larger than %d GiB"
                                    .formatted(UNPACKED_CAP_BYTES >> 30));
                }
            }
        }
        requireSparse(total, packedBytes);
        return new SaveFile(save, in);
    }

    private static void requireSparse(long unpackedBytes, long packedBytes)
            throws RefusedSaveException {
        if (unpackedBytes > DENSE_ABOVE_BYTES && unpackedBytes / packedBytes > DENSITY_CAP) {
            throw new RefusedSaveException(
                    "it grows by a factor of more than %d: a decompression bomb"
                            .formatted(DENSITY_CAP));
        }
    }

    /** What it says of itself. */
    public Save save() {
        return save;
    }

    /**
     * Takes all that it holds, each compared with its hash; what is there already is only compared.
     * Nothing is kept before the last byte has been seen, and only where the caller keeps it. Once.
     *
     * @throws RefusedSaveException where it does not hold what it says, or more
     */
    public void into(Contents contents) throws IOException {
        SortedMap<String, Long> all = save.contents();
        for (Map.Entry<String, Long> it : all.entrySet()) {
            String name = member(it.getKey());
            long size = it.getValue();
            byte[] header = block(in);
            if (!Arrays.equals(header, TarHeader.of(name, size))) {
                throw TarHeader.refused(header, name, size);
            }
            var content = new Limited(in, size);
            String hash = contents.take(it.getKey(), content);
            if (content.left > 0) {
                throw new RefusedSaveException("it ends in the middle of '%s'".formatted(name));
            }
            if (!hash.equals(it.getKey())) {
                throw new RefusedSaveException("'%s' does not have its hash".formatted(name));
            }
            requirePadding(in, size);
        }
        for (int i = 0; i < 2; i++) {
            byte[] header = block(in);
            if (!TarHeader.isEnd(header)) {
                throw new RefusedSaveException("it holds more than its manifest names");
            }
        }
        if (in.read() >= 0) {
            throw new RefusedSaveException("something follows its last member");
        }
    }

    private static byte[] block(InputStream in) throws IOException {
        byte[] block = in.readNBytes(TarHeader.BLOCK_BYTES);
        if (block.length < TarHeader.BLOCK_BYTES) {
            throw new RefusedSaveException("it ends in the middle of a header");
        }
        return block;
    }

    private static void requirePadding(InputStream in, long size) throws IOException {
        byte[] padding = in.readNBytes(padding(size));
        if (!Arrays.equals(padding, new byte[padding(size)])) {
            throw new RefusedSaveException("something stands between its members");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** The file is made durable before it is closed. */
    private static final class Unclosed extends OutputStream {
        private final OutputStream out;

        Unclosed(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }
    }

    /** What cannot be unpacked is the file's fault, and not that of the disk. */
    private static final class Understood extends FilterInputStream {
        Understood(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return in.read(buffer, offset, length);
            } catch (IOException e) {
                throw new RefusedSaveException("it is damaged: " + e.getMessage());
            }
        }
    }

    /** As much as belongs to one member. */
    private static final class Limited extends InputStream {
        private final InputStream in;
        private long left;

        Limited(InputStream in, long bytes) {
            this.in = in;
            this.left = bytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.read(buffer, offset, (int) Math.min(length, left));
            left -= Math.max(read, 0);
            return read;
        }
    }
}
