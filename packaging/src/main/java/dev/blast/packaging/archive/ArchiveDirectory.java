package dev.blast.packaging.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the end record and the central directory of a ZIP archive (APPNOTE.TXT 4.3.12 to 4.3.16),
 * strictly: the end record is the last thing in the file, the directory ends exactly where it
 * begins, and holds as many entries as it says. Readers that search for the end record instead can
 * be shown a different archive than the next reader.
 */
final class ArchiveDirectory {
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LOCATOR_SIGNATURE = 0x07064b50;
    private static final int LOCATOR_BYTES = 20;
    private static final int END64_SIGNATURE = 0x06064b50;
    private static final int END64_BYTES = 56;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int ENTRY_BYTES = 46;
    private static final int EXTRA_ZIP64 = 0x0001;
    private static final int EXTRA_UNICODE_PATH = 0x7075;
    private static final long FULL_32 = 0xffff_ffffL;
    private static final int FULL_16 = 0xffff;

    /** The largest directory read; the wheels with most files have a few mebibytes. */
    private static final long DIRECTORY_CAP_BYTES = 64L << 20;

    /** The entries in the order of the directory, and where it begins. */
    record Contents(List<ArchiveMember> members, long directoryOffset) {}

    private record End(long entries, long directoryBytes, long directoryOffset, long endOffset) {}

    private final ByteSource file;
    private final String wheel;

    private ArchiveDirectory(ByteSource file, String wheel) {
        this.file = file;
        this.wheel = wheel;
    }

    static Contents read(ByteSource file, String wheel) throws IOException {
        return new ArchiveDirectory(file, wheel).read();
    }

    private Contents read() throws IOException {
        End end = end();
        if (end.directoryOffset + end.directoryBytes != end.endOffset) {
            long before = end.endOffset - end.directoryOffset - end.directoryBytes;
            throw before > 0
                    ? refuse(Refusal.LEADING_BYTES, before)
                    : refuse(Refusal.END_RECORD, "the central directory reaches beyond it");
        }
        if (end.entries > Archive.ENTRY_CAP) {
            throw refuse(Refusal.TOO_MANY_FILES, Archive.ENTRY_CAP);
        }
        if (end.directoryBytes > DIRECTORY_CAP_BYTES) {
            throw refuse(
                    Refusal.END_RECORD, "a central directory of " + end.directoryBytes + " bytes");
        }
        return new Contents(entries(end), end.directoryOffset);
    }

    private End end() throws IOException {
        long size = file.size();
        if (size < END_BYTES) {
            throw refuse(Refusal.NOT_AN_ARCHIVE, size + " bytes");
        }
        long at = size - END_BYTES;
        ByteBuffer end = bytes(at, END_BYTES);
        if (end.getInt(0) != END_SIGNATURE) {
            at = beforeTheComment(size);
            end = bytes(at, END_BYTES);
        } else if (end.getShort(20) != 0) {
            throw refuse(Refusal.END_RECORD, "it announces a comment that is not there");
        }
        int disk = unsigned(end.getShort(4));
        int directoryDisk = unsigned(end.getShort(6));
        if ((disk != 0 && disk != FULL_16) || (directoryDisk != 0 && directoryDisk != FULL_16)) {
            throw refuse(Refusal.SPLIT, Math.max(disk, directoryDisk));
        }
        int entries = unsigned(end.getShort(10));
        if (entries != unsigned(end.getShort(8))) {
            throw refuse(Refusal.SPLIT, disk);
        }
        long directoryBytes = unsigned(end.getInt(12));
        long directoryOffset = unsigned(end.getInt(16));
        if (at >= LOCATOR_BYTES && bytes(at - LOCATOR_BYTES, 4).getInt(0) == LOCATOR_SIGNATURE) {
            return end64(at - LOCATOR_BYTES, entries, directoryBytes, directoryOffset);
        }
        if (entries == FULL_16 || directoryBytes == FULL_32 || directoryOffset == FULL_32) {
            throw refuse(Refusal.END_RECORD, "it refers to a ZIP64 record that is not there");
        }
        return new End(entries, directoryBytes, directoryOffset, at);
    }

    /**
     * The ZIP64 end record: it stands right before its locator, and nowhere else, whatever the
     * locator says.
     */
    private End end64(long locatorAt, int entries, long directoryBytes, long directoryOffset)
            throws IOException {
        long at = locatorAt - END64_BYTES;
        ByteBuffer locator = bytes(locatorAt, LOCATOR_BYTES);
        if (locator.getInt(4) != 0 || locator.getInt(16) > 1) {
            throw refuse(Refusal.SPLIT, locator.getInt(4));
        }
        if (at < 0 || locator.getLong(8) != at) {
            throw refuse(Refusal.END_RECORD, "the ZIP64 locator points elsewhere");
        }
        ByteBuffer end = bytes(at, END64_BYTES);
        if (end.getInt(0) != END64_SIGNATURE || end.getLong(4) != END64_BYTES - 12) {
            throw refuse(Refusal.END_RECORD, "the ZIP64 record is not one");
        }
        if (end.getInt(16) != 0 || end.getInt(20) != 0) {
            throw refuse(Refusal.SPLIT, end.getInt(16));
        }
        long entries64 = end.getLong(32);
        long bytes64 = end.getLong(40);
        long offset64 = end.getLong(48);
        boolean agree =
                (entries == FULL_16 || entries == entries64)
                        && (directoryBytes == FULL_32 || directoryBytes == bytes64)
                        && (directoryOffset == FULL_32 || directoryOffset == offset64)
                        && entries64 == end.getLong(24);
        if (!agree || entries64 < 0 || bytes64 < 0 || offset64 < 0) {
            throw refuse(Refusal.END_RECORD, "the ZIP64 record contradicts it");
        }
        return new End(entries64, bytes64, offset64, at);
    }

    /**
     * Where the end record begins, when a comment follows it: one to the last byte, in which no
     * reader can find another record.
     */
    private long beforeTheComment(long size) throws IOException {
        int searched = (int) Math.min(size, END_BYTES + FULL_16);
        ByteBuffer tail = bytes(size - searched, searched);
        for (int i = searched - END_BYTES; i >= 0; i--) {
            if (tail.getInt(i) == END_SIGNATURE) {
                int after = searched - END_BYTES - i;
                if (unsigned(tail.getShort(i + 20)) != after) {
                    throw refuse(Refusal.TRAILING_BYTES, after);
                }
                for (int at = i + END_BYTES; at < searched - 1; at++) {
                    if (tail.get(at) == 'P' && tail.get(at + 1) == 'K') {
                        throw refuse(Refusal.COMMENT, after);
                    }
                }
                return size - END_BYTES - after;
            }
        }
        throw refuse(Refusal.NOT_AN_ARCHIVE, "no end record in its last " + searched + " bytes");
    }

    private List<ArchiveMember> entries(End end) throws IOException {
        ByteBuffer directory = bytes(end.directoryOffset, (int) end.directoryBytes);
        var members = new ArrayList<ArchiveMember>((int) end.entries);
        for (int number = 1; number <= end.entries; number++) {
            if (directory.remaining() < ENTRY_BYTES
                    || directory.getInt(directory.position()) != ENTRY_SIGNATURE) {
                throw refuse(Refusal.CENTRAL_DIRECTORY, number);
            }
            members.add(entry(directory, number));
        }
        if (directory.hasRemaining()) {
            throw refuse(Refusal.CENTRAL_DIRECTORY, end.entries + 1);
        }
        return members;
    }

    private ArchiveMember entry(ByteBuffer directory, int number) throws RefusedWheelException {
        int at = directory.position();
        int flags = unsigned(directory.getShort(at + 8));
        int nameBytes = unsigned(directory.getShort(at + 28));
        int extraBytes = unsigned(directory.getShort(at + 30));
        int commentBytes = unsigned(directory.getShort(at + 32));
        if (ENTRY_BYTES + nameBytes + extraBytes + commentBytes > directory.remaining()) {
            throw refuse(Refusal.CENTRAL_DIRECTORY, number);
        }
        String name = name(directory.slice(at + ENTRY_BYTES, nameBytes), flags, number);
        ByteBuffer extra =
                directory
                        .slice(at + ENTRY_BYTES + nameBytes, extraBytes)
                        .order(ByteOrder.LITTLE_ENDIAN);
        directory.position(at + ENTRY_BYTES + nameBytes + extraBytes + commentBytes);

        long compressed = unsigned(directory.getInt(at + 20));
        long size = unsigned(directory.getInt(at + 24));
        long offset = unsigned(directory.getInt(at + 42));
        boolean wideSeen = false;
        while (extra.remaining() >= 4) {
            int id = unsigned(extra.getShort());
            int length = unsigned(extra.getShort());
            if (length > extra.remaining()) {
                throw refuse(Refusal.CENTRAL_DIRECTORY, number);
            }
            ByteBuffer field = extra.slice(extra.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            extra.position(extra.position() + length);
            if (id == EXTRA_UNICODE_PATH) {
                throw refuse(Refusal.NAME_ALIAS, name);
            }
            if (id == EXTRA_ZIP64) {
                size = size == FULL_32 ? wide(field, number) : size;
                compressed = compressed == FULL_32 ? wide(field, number) : compressed;
                offset = offset == FULL_32 ? wide(field, number) : offset;
                boolean repeats = // what nothing asks for, and is said already
                        field.remaining() == 16
                                && field.getLong() == size
                                && field.getLong() == compressed;
                if (wideSeen || (field.hasRemaining() && !repeats)) {
                    throw refuse(Refusal.CENTRAL_DIRECTORY, number);
                }
                wideSeen = true;
            }
        }
        int disk = unsigned(directory.getShort(at + 34));
        if (disk != 0) {
            throw refuse(Refusal.SPLIT, disk);
        }
        int method = unsigned(directory.getShort(at + 10));
        long crc = unsigned(directory.getInt(at + 16));
        int mode = directory.getInt(at + 38) >>> 16;
        return new ArchiveMember(name, flags, method, crc, compressed, size, offset, mode);
    }

    private long wide(ByteBuffer field, int number) throws RefusedWheelException {
        if (field.remaining() < 8) {
            throw refuse(Refusal.CENTRAL_DIRECTORY, number);
        }
        long value = field.getLong();
        if (value < 0) {
            throw refuse(Refusal.CENTRAL_DIRECTORY, number);
        }
        return value;
    }

    /**
     * Names without the UTF-8 flag are in a code page that readers guess differently: only ASCII is
     * taken then.
     */
    private String name(ByteBuffer bytes, int flags, int number) throws RefusedWheelException {
        try {
            var charset =
                    (flags & ArchiveMember.FLAG_UTF8) != 0
                            ? StandardCharsets.UTF_8
                            : StandardCharsets.US_ASCII;
            return charset.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw refuse(Refusal.NAME_ENCODING, "entry " + number);
        }
    }

    private ByteBuffer bytes(long offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        file.read(offset, buffer);
        return buffer.flip();
    }

    private RefusedWheelException refuse(Refusal refusal, Object subject) {
        return new RefusedWheelException(wheel, refusal, subject);
    }

    private static int unsigned(short value) {
        return Short.toUnsignedInt(value);
    }

    private static long unsigned(int value) {
        return Integer.toUnsignedLong(value);
    }
}
