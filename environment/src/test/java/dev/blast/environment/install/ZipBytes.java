package dev.blast.environment.install;

import dev.blast.packaging.archive.ArchiveMember;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes ZIP archives byte by byte, so that each of their records can be made to lie. */
@SuppressWarnings("ByteBufferBackingArray") // little() allocates each of them
final class ZipBytes {
    final List<Entry> entries = new ArrayList<>();
    byte[] leading = {};
    byte[] trailing = {};
    byte[] comment = {};
    byte[] beforeDirectory = {};
    int disk;
    int announcedEntriesMore;
    int directoryOffsetMore;
    boolean zip64;
    long zip64LocatorMore;

    /** One entry; what begins with "local" or "central" is said there only. */
    static final class Entry {
        final byte[] content;
        byte[] name;
        byte[] localName;
        int flags = ArchiveMember.FLAG_UTF8;
        int method = ArchiveMember.DEFLATED;
        int mode = 0100644;
        long crcMore;
        long sizeMore;
        long localCrcMore;
        long localSizeMore;
        byte[] centralExtra = {};
        byte[] localExtra = {};
        byte[] stray = {};
        int centralDisk;
        boolean zip64Sizes;

        /** In a ZIP64 field of the local header what its ordinary fields say. */
        boolean zip64Repeated;

        boolean descriptor;
        long descriptorCrcMore;
        byte @org.jspecify.annotations.Nullable [] data;

        private int offset;

        Entry(String name, byte[] content) {
            this.name = name.getBytes(StandardCharsets.UTF_8);
            this.localName = this.name;
            this.content = content;
        }

        Entry named(byte[] bytes) {
            name = bytes;
            localName = bytes;
            return this;
        }

        /**
         * The two sizes in a ZIP64 field, of which the ordinary fields say only that it is there.
         */
        private byte[] wideSizes(boolean central) {
            return zip64Sizes || (zip64Repeated && !central)
                    ? little(20)
                            .putShort((short) 1)
                            .putShort((short) 16)
                            .putLong(content.length + sizeMore + (central ? 0 : localSizeMore))
                            .putLong(compressed().length)
                            .array()
                    : new byte[0];
        }

        private byte[] compressed() {
            if (data != null) {
                return data;
            }
            if (method != ArchiveMember.DEFLATED) {
                return content;
            }
            var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
            deflater.setInput(content);
            deflater.finish();
            var out = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 16];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            deflater.end();
            return out.toByteArray();
        }
    }

    Entry add(String name, String content) {
        return add(name, content.getBytes(StandardCharsets.UTF_8));
    }

    Entry add(String name, byte[] content) {
        var entry = new Entry(name, content);
        entries.add(entry);
        return entry;
    }

    Entry entry(String name) {
        return entries.stream()
                .filter(e -> new String(e.name, StandardCharsets.UTF_8).equals(name))
                .findFirst()
                .orElseThrow();
    }

    byte[] write() {
        var out = new ByteArrayOutputStream();
        out.writeBytes(leading);
        entries.forEach(entry -> local(entry, out));
        out.writeBytes(beforeDirectory);
        int directory = out.size();
        entries.forEach(entry -> central(entry, out));
        end(out, directory);
        out.writeBytes(trailing);
        return out.toByteArray();
    }

    private static void local(Entry entry, ByteArrayOutputStream out) {
        out.writeBytes(entry.stray);
        entry.offset = out.size();
        byte[] data = entry.compressed();
        int flags = entry.flags | (entry.descriptor ? ArchiveMember.FLAG_DESCRIPTOR : 0);
        ByteBuffer header =
                little(30)
                        .putInt(0x04034b50)
                        .putShort((short) 20)
                        .putShort((short) flags)
                        .putShort((short) entry.method)
                        .putInt(0)
                        .putInt(entry.descriptor ? 0 : (int) (crc(entry) + entry.localCrcMore))
                        .putInt(entry.descriptor ? 0 : entry.zip64Sizes ? -1 : data.length)
                        .putInt(
                                entry.descriptor
                                        ? 0
                                        : entry.zip64Sizes
                                                ? -1
                                                : (int)
                                                        (entry.content.length
                                                                + entry.sizeMore
                                                                + entry.localSizeMore))
                        .putShort((short) entry.localName.length)
                        .putShort(
                                (short) (entry.localExtra.length + entry.wideSizes(false).length));
        out.writeBytes(header.array());
        out.writeBytes(entry.localName);
        out.writeBytes(entry.localExtra);
        out.writeBytes(entry.wideSizes(false));
        out.writeBytes(data);
        if (entry.descriptor) {
            out.writeBytes(
                    little(16)
                            .putInt(0x08074b50)
                            .putInt((int) (crc(entry) + entry.descriptorCrcMore))
                            .putInt(data.length)
                            .putInt(entry.content.length)
                            .array());
        }
    }

    private static void central(Entry entry, ByteArrayOutputStream out) {
        int flags = entry.flags | (entry.descriptor ? ArchiveMember.FLAG_DESCRIPTOR : 0);
        ByteBuffer header =
                little(46)
                        .putInt(0x02014b50)
                        .putShort((short) (3 << 8 | 20))
                        .putShort((short) 20)
                        .putShort((short) flags)
                        .putShort((short) entry.method)
                        .putInt(0)
                        .putInt((int) crc(entry))
                        .putInt(entry.zip64Sizes ? -1 : entry.compressed().length)
                        .putInt(
                                entry.zip64Sizes
                                        ? -1
                                        : (int) (entry.content.length + entry.sizeMore))
                        .putShort((short) entry.name.length)
                        .putShort(
                                (short) (entry.centralExtra.length + entry.wideSizes(true).length))
                        .putShort((short) 0)
                        .putShort((short) entry.centralDisk)
                        .putShort((short) 0)
                        .putInt(entry.mode << 16)
                        .putInt(entry.offset);
        out.writeBytes(header.array());
        out.writeBytes(entry.name);
        out.writeBytes(entry.centralExtra);
        out.writeBytes(entry.wideSizes(true));
    }

    private void end(ByteArrayOutputStream out, int directory) {
        int length = out.size() - directory;
        int count = entries.size() + announcedEntriesMore;
        if (zip64) {
            int at = out.size();
            out.writeBytes(
                    little(56)
                            .putInt(0x06064b50)
                            .putLong(44)
                            .putShort((short) 45)
                            .putShort((short) 45)
                            .putInt(0)
                            .putInt(0)
                            .putLong(count)
                            .putLong(count)
                            .putLong(length)
                            .putLong(directory)
                            .array());
            out.writeBytes(
                    little(20)
                            .putInt(0x07064b50)
                            .putInt(0)
                            .putLong(at + zip64LocatorMore)
                            .putInt(1)
                            .array());
        }
        out.writeBytes(
                little(22)
                        .putInt(0x06054b50)
                        .putShort((short) disk)
                        .putShort((short) disk)
                        .putShort((short) (zip64 ? 0xffff : count))
                        .putShort((short) (zip64 ? 0xffff : count))
                        .putInt(zip64 ? -1 : length)
                        .putInt(zip64 ? -1 : directory + directoryOffsetMore)
                        .putShort((short) comment.length)
                        .array());
        out.writeBytes(comment);
    }

    private static long crc(Entry entry) {
        var crc = new CRC32();
        crc.update(entry.content);
        return crc.getValue() + entry.crcMore;
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
