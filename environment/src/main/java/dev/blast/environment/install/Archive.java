package dev.blast.environment.install;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A ZIP archive that means the same to every reader. Opening it checks the whole container: its
 * directory, its local headers, its names, its size when unpacked. Reading a member checks its
 * length and checksum. For one thread.
 */
final class Archive implements Closeable {
    /** The largest wheels known have some thirty thousand files. */
    static final int ENTRY_CAP = 200_000;

    /** Above any wheel on the public index, below what fills an ordinary disk. */
    private static final long UNPACKED_CAP_BYTES = 32L << 30;

    /** Real wheels shrink to a tenth; only beyond both figures is an archive called a bomb. */
    private static final long DENSE_ABOVE_BYTES = 64L << 20;

    private static final int DENSITY_CAP = 200;
    private static final int BUFFER_BYTES = 1 << 16;

    private final FileChannel file;
    private final String wheel;
    private final List<ArchiveMember> members;
    private final Map<ArchiveMember, Long> dataOffsets;
    private final Inflater inflater = new Inflater(true);
    private final byte[] input = new byte[BUFFER_BYTES];
    private final byte[] output = new byte[BUFFER_BYTES];

    private Archive(
            FileChannel file,
            String wheel,
            List<ArchiveMember> members,
            Map<ArchiveMember, Long> dataOffsets) {
        this.file = file;
        this.wheel = wheel;
        this.members = List.copyOf(members);
        this.dataOffsets = dataOffsets;
    }

    static Archive open(Path path) throws IOException {
        String wheel = String.valueOf(path.getFileName());
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            var contents = ArchiveDirectory.read(file, wheel);
            MemberNames.check(contents.members(), wheel);
            var dataOffsets = LocalHeaders.check(file, wheel, contents);
            var archive = new Archive(file, wheel, contents.members(), dataOffsets);
            archive.checkMembers();
            return archive;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    List<ArchiveMember> members() {
        return members;
    }

    private void checkMembers() throws IOException {
        long unpacked = 0;
        for (ArchiveMember member : members) {
            if ((member.flags() & ArchiveMember.FLAG_ENCRYPTED) != 0) {
                throw refuse(Refusal.ENCRYPTED, member.name());
            }
            if (member.method() != ArchiveMember.STORED
                    && member.method() != ArchiveMember.DEFLATED) {
                throw refuse(Refusal.METHOD, member.name());
            }
            if ((member.method() == ArchiveMember.STORED
                            && member.compressedBytes() != member.sizeBytes())
                    || (member.isFolder() && member.sizeBytes() != 0)) {
                throw refuse(Refusal.SIZE, member.name());
            }
            unpacked += member.sizeBytes();
            if (member.sizeBytes() > UNPACKED_CAP_BYTES || unpacked > UNPACKED_CAP_BYTES) {
                throw refuse(Refusal.TOO_LARGE, UNPACKED_CAP_BYTES);
            }
        }
        if (unpacked > DENSE_ABOVE_BYTES && unpacked / file.size() > DENSITY_CAP) {
            throw refuse(Refusal.TOO_DENSE, unpacked / file.size());
        }
    }

    /** Writes a member's content to {@code sink}, never more of it than the archive announced. */
    void read(ArchiveMember member, OutputStream sink) throws IOException {
        var content = new Content(member, sink);
        if (member.method() == ArchiveMember.STORED) {
            copy(member, content);
        } else {
            inflate(member, content);
        }
        content.finish();
    }

    private long dataOffset(ArchiveMember member) {
        return Objects.requireNonNull(dataOffsets.get(member), member.name());
    }

    private void copy(ArchiveMember member, Content content) throws IOException {
        long at = dataOffset(member);
        for (long left = member.compressedBytes(); left > 0; ) {
            int n = fill(at, left);
            content.take(input, n);
            at += n;
            left -= n;
        }
    }

    private void inflate(ArchiveMember member, Content content) throws IOException {
        long at = dataOffset(member);
        long left = member.compressedBytes();
        inflater.reset();
        try {
            while (!inflater.finished()) {
                if (inflater.needsInput()) {
                    if (left == 0) {
                        throw refuse(Refusal.BROKEN_DATA, member.name());
                    }
                    int n = fill(at, left);
                    inflater.setInput(input, 0, n);
                    at += n;
                    left -= n;
                }
                content.take(output, inflater.inflate(output));
                if (inflater.needsDictionary()) {
                    throw refuse(Refusal.BROKEN_DATA, member.name());
                }
            }
        } catch (DataFormatException _) {
            throw refuse(Refusal.BROKEN_DATA, member.name());
        }
        if (left > 0 || inflater.getRemaining() > 0) {
            throw refuse(Refusal.BROKEN_DATA, member.name());
        }
    }

    private int fill(long offset, long atMost) throws IOException {
        int n = file.read(ByteBuffer.wrap(input, 0, (int) Math.min(input.length, atMost)), offset);
        if (n <= 0) {
            throw new EOFException(wheel + " became shorter while it was read");
        }
        return n;
    }

    /** Passes bytes on, and holds them against the announced length and checksum. */
    private final class Content {
        private final ArchiveMember member;
        private final OutputStream sink;
        private final CRC32 crc = new CRC32();
        private long bytes;

        Content(ArchiveMember member, OutputStream sink) {
            this.member = member;
            this.sink = sink;
        }

        void take(byte[] from, int length) throws IOException {
            bytes += length;
            if (bytes > member.sizeBytes()) {
                throw refuse(Refusal.SIZE, member.name());
            }
            crc.update(from, 0, length);
            sink.write(from, 0, length);
        }

        void finish() throws RefusedWheelException {
            if (bytes != member.sizeBytes()) {
                throw refuse(Refusal.SIZE, member.name());
            }
            if (crc.getValue() != member.crc()) {
                throw refuse(Refusal.CHECKSUM, member.name());
            }
        }
    }

    RefusedWheelException refuse(Refusal refusal, Object subject) {
        return new RefusedWheelException(wheel, refusal, subject);
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        file.close();
    }
}
