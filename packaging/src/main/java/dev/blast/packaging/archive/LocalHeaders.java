package dev.blast.packaging.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares what stands before each entry's data with what the central directory says of it
 * (APPNOTE.TXT 4.3.7, 4.3.9), and accounts for every byte from the start of the file to the
 * directory. A reader that streams the archive, as CVE-2025-54368 showed, must not be able to see
 * other files than one that uses the directory.
 */
final class LocalHeaders {
    private static final int SIGNATURE = 0x04034b50;
    private static final int HEADER_BYTES = 30;
    private static final int DESCRIPTOR_SIGNATURE = 0x08074b50;
    private static final int EXTRA_ZIP64 = 0x0001;
    private static final int EXTRA_UNICODE_PATH = 0x7075;
    private static final long FULL_32 = 0xffff_ffffL;

    /** What is searched at once; the next window begins before the last three bytes of this one. */
    private static final int WINDOW_BYTES = 1 << 16;

    private final ByteSource file;
    private final String wheel;
    private final long directoryOffset;
    private final Map<ArchiveMember, Long> dataOffsets = new HashMap<>();
    private final ByteBuffer buffer =
            ByteBuffer.allocate(HEADER_BYTES + 2 * 0x1_0000).order(ByteOrder.LITTLE_ENDIAN);

    /**
     * @param directoryOffset where the central directory begins: all entries end before
     */
    LocalHeaders(ByteSource file, String wheel, long directoryOffset) {
        this.file = file;
        this.wheel = wheel;
        this.directoryOffset = directoryOffset;
    }

    /** Where the data of an entry begins, after its own header has been compared. */
    long dataOffset(ArchiveMember member) throws IOException {
        Long known = dataOffsets.get(member);
        return known != null ? known : header(member);
    }

    /** Compares all headers, and accounts for every byte before the directory. */
    void checkAll(List<ArchiveMember> members) throws IOException {
        List<ArchiveMember> inFileOrder =
                members.stream()
                        .sorted(Comparator.comparingLong(ArchiveMember::headerOffset))
                        .toList();
        long expected = 0;
        for (int i = 0; i < inFileOrder.size(); i++) {
            ArchiveMember member = inFileOrder.get(i);
            if (member.headerOffset() != expected) {
                throw misplaced(member, expected);
            }
            long data = header(member);
            dataOffsets.put(member, data);
            long dataEnd = data + member.compressedBytes();
            long next =
                    i + 1 < inFileOrder.size()
                            ? inFileOrder.get(i + 1).headerOffset()
                            : directoryOffset;
            if (dataEnd > next) {
                throw refuse(
                        Refusal.OVERLAP,
                        i + 1 < inFileOrder.size() ? inFileOrder.get(i + 1).name() : member.name());
            }
            boolean described = (member.flags() & ArchiveMember.FLAG_DESCRIPTOR) != 0;
            if (described && member.method() == ArchiveMember.STORED) {
                noHeaderIn(member, data);
            }
            expected = described ? dataEnd + descriptor(member, dataEnd, next - dataEnd) : dataEnd;
        }
        if (expected != directoryOffset) {
            throw expected == 0
                    ? refuse(Refusal.LEADING_BYTES, directoryOffset)
                    : refuse(Refusal.STRAY_BYTES, "the central directory");
        }
    }

    private RefusedWheelException misplaced(ArchiveMember member, long expected) {
        if (member.headerOffset() < expected) {
            return refuse(Refusal.OVERLAP, member.name());
        }
        return expected == 0
                ? refuse(Refusal.LEADING_BYTES, member.headerOffset())
                : refuse(Refusal.STRAY_BYTES, member.name());
    }

    private long header(ArchiveMember member) throws IOException {
        if (member.headerOffset() > directoryOffset - HEADER_BYTES) {
            throw refuse(Refusal.HEADERS_DIFFER, member.name());
        }
        read(member.headerOffset(), HEADER_BYTES);
        if (buffer.getInt(0) != SIGNATURE) {
            throw refuse(Refusal.HEADERS_DIFFER, member.name());
        }
        int flags = Short.toUnsignedInt(buffer.getShort(6));
        int method = Short.toUnsignedInt(buffer.getShort(8));
        long crc = Integer.toUnsignedLong(buffer.getInt(14));
        long compressed = Integer.toUnsignedLong(buffer.getInt(18));
        long size = Integer.toUnsignedLong(buffer.getInt(22));
        int nameBytes = Short.toUnsignedInt(buffer.getShort(26));
        int extraBytes = Short.toUnsignedInt(buffer.getShort(28));
        long data = member.headerOffset() + HEADER_BYTES + nameBytes + extraBytes;
        if (data > directoryOffset - member.compressedBytes()) {
            throw refuse(Refusal.HEADERS_DIFFER, member.name());
        }
        read(member.headerOffset() + HEADER_BYTES, nameBytes + extraBytes);
        var name = new String(buffer.array(), 0, nameBytes, StandardCharsets.UTF_8);
        ByteBuffer wide =
                zip64(
                        buffer.slice(nameBytes, extraBytes).order(ByteOrder.LITTLE_ENDIAN),
                        member.name());
        size = size == FULL_32 && wide.remaining() >= 8 ? wide.getLong() : size;
        compressed = compressed == FULL_32 && wide.remaining() >= 8 ? wide.getLong() : compressed;

        boolean described = (flags & ArchiveMember.FLAG_DESCRIPTOR) != 0;
        boolean figuresAgree =
                crc == member.crc()
                        && compressed == member.compressedBytes()
                        && size == member.sizeBytes();
        boolean figuresFollow = described && crc == 0 && compressed == 0 && size == 0;
        if (flags != member.flags()
                || method != member.method()
                || !name.equals(member.name())
                || !repeats(wide, size, compressed)
                || !(figuresAgree || figuresFollow)) {
            throw refuse(Refusal.HEADERS_DIFFER, member.name());
        }
        return data;
    }

    /**
     * Whether a ZIP64 field that nothing asks for says what is said already; some writers leave one
     * in each header.
     */
    private static boolean repeats(ByteBuffer field, long size, long compressed) {
        return !field.hasRemaining()
                || (field.remaining() == 16
                        && field.getLong() == size
                        && field.getLong() == compressed);
    }

    /** The ZIP64 field of an extra field; empty where there is none. */
    private ByteBuffer zip64(ByteBuffer extra, String name) throws RefusedWheelException {
        ByteBuffer wide = ByteBuffer.allocate(0);
        while (extra.remaining() >= 4) {
            int id = Short.toUnsignedInt(extra.getShort());
            int length = Short.toUnsignedInt(extra.getShort());
            if (length > extra.remaining() || (id == EXTRA_ZIP64 && wide.hasRemaining())) {
                throw refuse(Refusal.HEADERS_DIFFER, name);
            }
            if (id == EXTRA_UNICODE_PATH) {
                throw refuse(Refusal.NAME_ALIAS, name);
            }
            if (id == EXTRA_ZIP64) {
                wide = extra.slice(extra.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            }
            extra.position(extra.position() + length);
        }
        return wide;
    }

    /**
     * The end of what is neither compressed nor announced before is found by looking for a
     * descriptor, by those who read from front to back: so none stands inside, nor a header.
     */
    private void noHeaderIn(ArchiveMember member, long at) throws IOException {
        long end = at + member.sizeBytes();
        for (long from = at; end - from >= 4; from += WINDOW_BYTES) {
            int length = (int) Math.min(WINDOW_BYTES + 3, end - from);
            read(from, length);
            for (int i = 0; i + 4 <= length; i++) {
                int word = buffer.getInt(i);
                if (word == DESCRIPTOR_SIGNATURE || word == SIGNATURE) {
                    throw refuse(Refusal.STREAMED, member.name());
                }
            }
        }
    }

    /**
     * The data descriptor: with or without a signature, sizes in 4 or 8 bytes; the room that is
     * left decides which.
     */
    private long descriptor(ArchiveMember member, long at, long room) throws IOException {
        boolean signed = room == 16 || room == 24;
        boolean wide = room == 20 || room == 24;
        if (!signed && !wide && room != 12) {
            throw refuse(Refusal.STRAY_BYTES, member.name());
        }
        read(at, (int) room);
        boolean agree = !signed || buffer.getInt(0) == DESCRIPTOR_SIGNATURE;
        int fields = signed ? 4 : 0;
        agree &= Integer.toUnsignedLong(buffer.getInt(fields)) == member.crc();
        long compressed =
                wide
                        ? buffer.getLong(fields + 4)
                        : Integer.toUnsignedLong(buffer.getInt(fields + 4));
        long size =
                wide
                        ? buffer.getLong(fields + 12)
                        : Integer.toUnsignedLong(buffer.getInt(fields + 8));
        if (!agree || compressed != member.compressedBytes() || size != member.sizeBytes()) {
            throw refuse(Refusal.HEADERS_DIFFER, member.name());
        }
        return room;
    }

    private void read(long offset, int length) throws IOException {
        buffer.clear().limit(length);
        file.read(offset, buffer);
        buffer.flip();
    }

    private RefusedWheelException refuse(Refusal refusal, Object subject) {
        return new RefusedWheelException(wheel, refusal, subject);
    }
}
