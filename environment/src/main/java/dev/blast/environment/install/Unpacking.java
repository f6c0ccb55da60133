package dev.blast.environment.install;

import dev.blast.packaging.Hashes;
import dev.blast.packaging.RecordEntry;
import dev.blast.packaging.archive.Archive;
import dev.blast.packaging.archive.ArchiveMember;
import dev.blast.packaging.archive.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a checked wheel's files below a folder, read-only from the first byte, and compares each
 * with its hash in RECORD on the way.
 */
final class Unpacking {
    private static final FileAttribute<Set<PosixFilePermission>> READ_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r--r--r--"));
    private static final FileAttribute<Set<PosixFilePermission>> READ_AND_RUN =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x"));

    private final Archive archive;
    private final Path tree;
    private final Set<Path> folders = new HashSet<>();

    private Unpacking(Archive archive, Path tree) {
        this.archive = archive;
        this.tree = tree;
    }

    /** The files as stored, sorted by path. */
    static List<StoredFile> unpack(Archive archive, WheelContents contents, Path tree)
            throws IOException {
        var unpacking = new Unpacking(archive, tree);
        var files = new ArrayList<StoredFile>(contents.files().size());
        var inFileOrder =
                contents.files().entrySet().stream()
                        .sorted(
                                Map.Entry.comparingByKey(
                                        Comparator.comparingLong(ArchiveMember::headerOffset)))
                        .toList();
        for (var file : inFileOrder) {
            files.add(unpacking.file(file.getKey(), file.getValue()));
        }
        files.sort(Comparator.comparing(StoredFile::path));
        return files;
    }

    private StoredFile file(ArchiveMember member, RecordEntry line) throws IOException {
        Path path = tree.resolve(member.name());
        if (folders.add(path.getParent())) {
            Files.createDirectories(path.getParent());
        }
        String expected = String.valueOf(line.hash());
        String algorithm = RecordHash.algorithm(expected);
        boolean same = algorithm.equals(RecordHash.SHA256);
        MessageDigest own = Hashes.digest(RecordHash.SHA256);
        MessageDigest recorded = same ? own : Hashes.digest(algorithm);
        var mode = member.isExecutable() ? READ_AND_RUN : READ_ONLY;
        try (FileChannel file =
                FileChannel.open(
                        path,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        mode)) {
            archive.read(member, new Sink(file, same ? List.of(own) : List.of(own, recorded)));
        } catch (FileAlreadyExistsException _) { // the names differ, the filesystem does not care
            throw archive.refuse(
                    Refusal.SAME_BUT_FOR_CASE, "'%s' and another".formatted(member.name()));
        }
        byte[] digest = own.digest();
        byte[] inRecord = same ? digest : recorded.digest();
        if (!RecordHash.same(RecordHash.text(algorithm, inRecord), expected)) {
            throw archive.refuse(Refusal.RECORD_HASH, member.name());
        }
        return new StoredFile(
                member.name(),
                path,
                RecordHash.text(RecordHash.SHA256, digest),
                member.sizeBytes(),
                member.isExecutable());
    }

    /** Into the file and the digests, without a copy in between. */
    private static final class Sink extends OutputStream {
        private final FileChannel file;
        private final List<MessageDigest> digests;

        Sink(FileChannel file, List<MessageDigest> digests) {
            this.file = file;
            this.digests = digests;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            for (MessageDigest digest : digests) {
                digest.update(bytes, from, length);
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes, from, length);
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
        }
    }
}
