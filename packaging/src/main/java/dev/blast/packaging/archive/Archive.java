package dev.blast.packaging.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A ZIP archive that means the same to every reader. Opening it checks its directory, its names and
 * its size when unpacked; for a file on disk also every local header and every byte between them,
 * which behind a server would mean to fetch all of it. Reading a member checks its local header,
 * its length and its checksum. For one thread.
 */
public final class Archive implements Closeable {
    /** The largest wheels known have some thirty thousand files. */
    public static final int ENTRY_CAP = 200_000;

    /** Above any wheel on the public index, below what fills an ordinary disk. */
    private static final long UNPACKED_CAP_BYTES = 32L << 30;

    /** Real wheels shrink to a tenth; only beyond both figures is an archive called a bomb. */
    private static final long DENSE_ABOVE_BYTES = 64L << 20;

    private static final int DENSITY_CAP = 200;
    private static final int BUFFER_BYTES = 1 << 16;

    private final ByteSource file;
    private final String wheel;
    private final List<ArchiveMember> members;
    private final LocalHeaders headers;
    private final Inflater inflater = new Inflater(true);
    private final byte[] input = new byte[BUFFER_BYTES];
    private final byte[] output = new byte[BUFFER_BYTES];

    private Archive(ByteSource file, String wheel) throws IOException {
        this.file = file;
        this.wheel = wheel;
        var contents = ArchiveDirectory.read(file, wheel);
        this.members = List.copyOf(contents.members());
        this.headers = new LocalHeaders(file, wheel, contents.directoryOffset());
        MemberNames.check(members, wheel);
        checkMembers();
    }

    /**
     * An archive on disk, checked whole.
     *
     * @throws RefusedWheelException when it can be read in more than one way
     */
    public static Archive open(Path path) throws IOException {
        var file = new FileBytes(path);
        try {
            var archive = new Archive(file, String.valueOf(path.getFileName()));
            archive.headers.checkAll(archive.members);
            return archive;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * An archive of which only some members are wanted. It closes with its source.
     *
     * @param wheel its file name, for messages
     * @throws RefusedWheelException when its directory can be read in more than one way
     */
    public static Archive over(ByteSource file, String wheel) throws IOException {
        return new Archive(file, wheel);
    }

    /** In the order of the directory. */
    public List<ArchiveMember> members() {
        return members;
    }

    private void checkMembers() throws IOException {
        long unpacked = 0;
        for (ArchiveMember member : members) {
            if ((member.flags() & ArchiveMember.FLAGS_ENCRYPTED) != 0) {
                throw refuse(Refusal.ENCRYPTED, member.name());
            }
            if ((member.flags() & ~ArchiveMember.FLAGS_KNOWN) != 0) {
                throw refuse(Refusal.FLAGS, member.name());
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
    public void read(ArchiveMember member, OutputStream sink) throws IOException {
        var content = new Content(member, sink);
        if (member.method() == ArchiveMember.STORED) {
            copy(member, content);
        } else {
            inflate(member, content);
        }
        content.finish();
    }

    private void copy(ArchiveMember member, Content content) throws IOException {
        long at = headers.dataOffset(member);
        for (long left = member.compressedBytes(); left > 0; ) {
            int n = fill(at, left);
            content.take(input, n);
            at += n;
            left -= n;
        }
    }

    private void inflate(ArchiveMember member, Content content) throws IOException {
        long at = headers.dataOffset(member);
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
        int count = (int) Math.min(input.length, atMost);
        file.read(offset, ByteBuffer.wrap(input, 0, count));
        return count;
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

    /** A refusal of this archive. */
    public RefusedWheelException refuse(Refusal refusal, Object subject) {
        return new RefusedWheelException(wheel, refusal, subject);
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        if (file instanceof Closeable open) {
            open.close();
        }
    }
}
