package dev.blast.solver.index;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Reads METADATA out of a wheel from its end, as the ZIP format means it (APPNOTE 6.3): the end
 * record, the central directory, the one entry. Few bytes are read, which is the point when they
 * come over a network. It judges nothing else about the archive: that is for whoever installs it.
 */
final class WheelDirectory {
    /** How much of the end is read at first. */
    static final int TAIL_BYTES = 16 * 1024;

    private static final int END_BYTES = 22;
    private static final int END_MARK = 0x06054b50;
    private static final int END64_LOCATOR_BYTES = 20;
    private static final int END64_LOCATOR_MARK = 0x07064b50;
    private static final int END64_BYTES = 56;
    private static final int END64_MARK = 0x06064b50;
    private static final int ENTRY_BYTES = 46;
    private static final int ENTRY_MARK = 0x02014b50;
    private static final int LOCAL_BYTES = 30;
    private static final int LOCAL_MARK = 0x04034b50;
    private static final int MOST_COMMENT_BYTES = 0xffff;
    private static final int MOST_DIRECTORY_BYTES = 64 << 20;
    private static final int MOST_METADATA_BYTES = 16 << 20;

    private record Entry(String name, int method, long crc, long packed, long size, long offset) {}

    private final ByteSource wheel;

    WheelDirectory(ByteSource wheel) {
        this.wheel = wheel;
    }

    /**
     * The METADATA of the only {@code .dist-info} at the top.
     *
     * @throws ZipException when it is no such archive
     */
    byte[] metadata() throws IOException, IndexException {
        List<Entry> found = entries().stream().filter(WheelDirectory::isMetadata).toList();
        if (found.size() != 1) {
            throw new ZipException(
                    "%d entries named *.dist-info/METADATA, where one should be"
                            .formatted(found.size()));
        }
        return content(found.getFirst());
    }

    private static boolean isMetadata(Entry entry) {
        return entry.name().endsWith(".dist-info/METADATA")
                && entry.name().indexOf('/') == entry.name().lastIndexOf('/');
    }

    private List<Entry> entries() throws IOException, IndexException {
        int length = (int) Math.min(TAIL_BYTES, wheel.size());
        ByteBuffer tail = read(wheel.size() - length, length);
        int end = endRecord(tail);
        if (end < 0 && length < wheel.size()) {
            length = (int) Math.min(END_BYTES + MOST_COMMENT_BYTES, wheel.size());
            tail = read(wheel.size() - length, length);
            end = endRecord(tail);
        }
        if (end < 0) {
            throw new ZipException("not a ZIP archive: it has no end record");
        }
        long directoryEnd = wheel.size() - length + end;
        long directoryBytes = Integer.toUnsignedLong(tail.getInt(end + 12));
        long directoryBegin = Integer.toUnsignedLong(tail.getInt(end + 16));
        if (directoryBytes == 0xffffffffL || directoryBegin == 0xffffffffL) {
            ByteBuffer locator = read(directoryEnd - END64_LOCATOR_BYTES, END64_LOCATOR_BYTES);
            expect(locator, END64_LOCATOR_MARK, "ZIP64 locator");
            directoryEnd = locator.getLong(8);
            ByteBuffer end64 = read(directoryEnd, END64_BYTES);
            expect(end64, END64_MARK, "ZIP64 end record");
            directoryBytes = end64.getLong(40);
            directoryBegin = end64.getLong(48);
        }
        if (directoryBytes < 0
                || directoryBytes > MOST_DIRECTORY_BYTES
                || directoryBegin + directoryBytes != directoryEnd) {
            throw new ZipException("its directory is not where its end record says");
        }
        return entries(read(directoryBegin, (int) directoryBytes));
    }

    /**
     * Where the end record begins, whose comment must reach to the last byte; -1 where there is
     * none.
     */
    private static int endRecord(ByteBuffer tail) {
        for (int at = tail.capacity() - END_BYTES; at >= 0; at--) {
            if (tail.getInt(at) == END_MARK
                    && at + END_BYTES + Short.toUnsignedInt(tail.getShort(at + 20))
                            == tail.capacity()) {
                return at;
            }
        }
        return -1;
    }

    private static List<Entry> entries(ByteBuffer directory) throws ZipException {
        var entries = new ArrayList<Entry>();
        for (int at = 0; at + ENTRY_BYTES <= directory.capacity(); ) {
            if (directory.getInt(at) != ENTRY_MARK) {
                throw new ZipException("its directory is damaged at byte %d".formatted(at));
            }
            int name = Short.toUnsignedInt(directory.getShort(at + 28));
            int extra = Short.toUnsignedInt(directory.getShort(at + 30));
            int comment = Short.toUnsignedInt(directory.getShort(at + 32));
            int next = at + ENTRY_BYTES + name + extra + comment;
            if (next > directory.capacity()) {
                throw new ZipException("its directory is damaged at byte %d".formatted(at));
            }
            entries.add(
                    new Entry(
                            StandardCharsets.UTF_8
                                    .decode(directory.slice(at + ENTRY_BYTES, name))
                                    .toString(),
                            directory.getShort(at + 10),
                            Integer.toUnsignedLong(directory.getInt(at + 16)),
                            Integer.toUnsignedLong(directory.getInt(at + 20)),
                            Integer.toUnsignedLong(directory.getInt(at + 24)),
                            offset(directory, at, at + ENTRY_BYTES + name, extra)));
            at = next;
        }
        return entries;
    }

    /**
     * An entry beyond 4 GiB has its place in the ZIP64 field, after the sizes that are there only
     * when they too are large.
     */
    private static long offset(ByteBuffer directory, int entry, int extra, int extraBytes)
            throws ZipException {
        long offset = Integer.toUnsignedLong(directory.getInt(entry + 42));
        if (offset != 0xffffffffL) {
            return offset;
        }
        int before =
                (directory.getInt(entry + 24) == -1 ? 8 : 0)
                        + (directory.getInt(entry + 20) == -1 ? 8 : 0);
        for (int at = extra; at + 4 <= extra + extraBytes; ) {
            int length = Short.toUnsignedInt(directory.getShort(at + 2));
            if (directory.getShort(at) == 1
                    && length >= before + 8
                    && at + 4 + before + 8 <= directory.capacity()) {
                return directory.getLong(at + 4 + before);
            }
            at += 4 + length;
        }
        throw new ZipException("an entry's place is missing");
    }

    private byte[] content(Entry entry) throws IOException, IndexException {
        if (entry.size() > MOST_METADATA_BYTES || entry.packed() > MOST_METADATA_BYTES) {
            throw new ZipException(
                    "%s has %d bytes, more than is read".formatted(entry.name(), entry.size()));
        }
        ByteBuffer local = read(entry.offset(), LOCAL_BYTES);
        expect(local, LOCAL_MARK, "entry");
        int names =
                Short.toUnsignedInt(local.getShort(26)) + Short.toUnsignedInt(local.getShort(28));
        byte[] packed = bytes(entry.offset() + LOCAL_BYTES + names, (int) entry.packed());
        byte[] content =
                switch (entry.method()) {
                    case 0 -> packed;
                    case 8 -> inflate(packed, (int) entry.size());
                    default ->
                            throw new ZipException(
                                    "%s is packed by method %d"
                                            .formatted(entry.name(), entry.method()));
                };
        CRC32 sum = new CRC32();
        sum.update(content);
        if (content.length != entry.size() || sum.getValue() != entry.crc()) {
            throw new ZipException(
                    "%s is damaged: its size or checksum is not that of the directory"
                            .formatted(entry.name()));
        }
        return content;
    }

    private static byte[] inflate(byte[] packed, int size) throws ZipException {
        byte[] content = new byte[size];
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(packed);
            int length = 0;
            while (length < size) {
                int count = inflater.inflate(content, length, size - length);
                if (count == 0) {
                    throw new ZipException("an entry ends early");
                }
                length += count;
            }
            return content;
        } catch (DataFormatException e) {
            throw new ZipException("an entry is damaged: " + e.getMessage());
        }
    }

    private ByteBuffer read(long from, int length) throws IOException, IndexException {
        return ByteBuffer.wrap(bytes(from, length)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private byte[] bytes(long from, int length) throws IOException, IndexException {
        if (from < 0 || from + length > wheel.size()) {
            throw new EOFException(
                    "it should have bytes %d to %d, and has %d"
                            .formatted(from, from + length, wheel.size()));
        }
        return wheel.read(from, length);
    }

    private static void expect(ByteBuffer record, int mark, String what) throws ZipException {
        if (record.getInt(0) != mark) {
            throw new ZipException("there is no %s where one should be".formatted(what));
        }
    }
}
