package dev.blast.index.http;

import dev.blast.index.DistributionFile;
import dev.blast.index.IndexException;
import dev.blast.index.IndexException.Kind;
import dev.blast.index.Transfer;
import dev.blast.index.cache.LocalFiles;
import dev.blast.packaging.Hashes;
import dev.blast.packaging.IoFailure;
import dev.blast.packaging.Message;
import dev.blast.packaging.Redaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings a file into a folder, checking size and hashes while the bytes pass. Until all is right
 * the bytes are in a file of another name, so that a part is never taken for the whole.
 */
final class Download {
    private static final int BLOCK_BYTES = 64 * 1024;

    private final Transport transport;

    Download(Transport transport) {
        this.transport = transport;
    }

    /**
     * @param from the index that names the file, null for a person's own word
     */
    Path fetch(DistributionFile file, Path folder, @Nullable URI from, Transfer transfer)
            throws IndexException {
        Path target = folder.resolve(file.filename());
        Path draft = draft(folder);
        try {
            if (file.uri().getScheme().equals("file")) {
                copy(file, draft, transfer);
            } else {
                transport.exchange(
                        "GET",
                        file.uri(),
                        Map.of(),
                        from,
                        answer -> {
                            Statuses.expectOk(answer, file.filename());
                            pass(file, answer.body(), answer.length(), draft, transfer);
                            return target;
                        });
            }
            return Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unwritable(target, e);
        } finally {
            remove(draft);
        }
    }

    private static void copy(DistributionFile file, Path draft, Transfer transfer)
            throws IndexException {
        Path source = Path.of(file.uri());
        try (InputStream in = Files.newInputStream(source)) {
            pass(file, in, Files.size(source), draft, transfer);
        } catch (IOException e) {
            throw new IndexException(
                    Kind.DISK, "cannot read %s: %s".formatted(source, IoFailure.words(e)), e);
        }
    }

    /** An IOException from here is the source's; failures of the draft are said as such. */
    private static void pass(
            DistributionFile file, InputStream in, long length, Path draft, Transfer transfer)
            throws IOException, IndexException {
        Map<String, MessageDigest> digests = digests(file);
        long total = file.sizeBytes().orElse(length);
        long done = 0;
        byte[] block = new byte[BLOCK_BYTES];
        try (OutputStream out = open(draft)) {
            transfer.advance(0, total);
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                for (MessageDigest digest : digests.values()) {
                    digest.update(block, 0, count);
                }
                write(out, block, count, draft);
                done += count;
                if (file.sizeBytes().isPresent() && done > total) {
                    break; // already wrong, and perhaps without end
                }
                transfer.advance(done, total);
            }
        }
        check(file, done, digests);
    }

    private static OutputStream open(Path draft) throws IndexException {
        try {
            return Files.newOutputStream(draft);
        } catch (IOException e) {
            throw unwritable(draft, e);
        }
    }

    private static void write(OutputStream out, byte[] block, int count, Path draft)
            throws IndexException {
        try {
            out.write(block, 0, count);
        } catch (IOException e) {
            throw unwritable(draft, e);
        }
    }

    private static void check(DistributionFile file, long done, Map<String, MessageDigest> digests)
            throws IndexException {
        if (file.sizeBytes().isPresent() && done != file.sizeBytes().getAsLong()) {
            throw new IndexException(
                    Kind.HASH,
                    Message.of(
                            "%s is not the file that the index lists: %s%d bytes came, and it should have %d\nfrom %s",
                            file.filename(),
                            done > file.sizeBytes().getAsLong() ? "more than " : "",
                            Math.min(done, file.sizeBytes().getAsLong()),
                            file.sizeBytes().getAsLong(),
                            Redaction.of(file.uri())));
        }
        for (var entry : digests.entrySet()) {
            String expected = file.hashes().getOrDefault(entry.getKey(), "");
            String actual = HexFormat.of().formatHex(entry.getValue().digest());
            if (!actual.equals(expected)) {
                throw new IndexException(
                        Kind.HASH,
                        Message.of(
                                "%s is not the file that the index lists\n  expected %s %s\n  came     %s %s\nfrom %s; nothing of it was kept",
                                file.filename(),
                                entry.getKey(),
                                expected,
                                entry.getKey(),
                                actual,
                                Redaction.of(file.uri())));
            }
        }
    }

    /** The strongest hash that the index gave, and SHA-256 since everybody compares by it. */
    private static Map<String, MessageDigest> digests(DistributionFile file) {
        var digests = new LinkedHashMap<String, MessageDigest>();
        Hashes.strongest(file.hashes()).ifPresent(name -> digests.put(name, Hashes.digest(name)));
        if (file.hashes().containsKey("sha256")) {
            digests.put("sha256", Hashes.digest("sha256"));
        }
        return digests;
    }

    private static Path draft(Path folder) throws IndexException {
        try {
            Files.createDirectories(folder);
            return Files.createTempFile(folder, ".", ".part");
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    private static void remove(Path draft) throws IndexException {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            throw unwritable(draft, e);
        }
    }

    private static IndexException unwritable(Path path, IOException e) {
        return new IndexException(
                Kind.DISK,
                Message.of("cannot write %s: %s%s", path, IoFailure.words(e), LocalFiles.advice(e)),
                e);
    }
}
