package dev.blast.environment.saves;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The one header of a tar file (POSIX.1-1988, "ustar") that a member of a save has: an ordinary
 * file with a short name, nobody's, of no time. There is one for each name and size, so a reader
 * compares bytes, and nothing that tar can say besides (links, devices, longer names, other sizes)
 * is understood at all.
 */
final class TarHeader {
    static final int BLOCK_BYTES = 512;

    /** Eleven octal digits. */
    static final long LARGEST_BYTES = (1L << 33) - 1;

    private static final int MODE = 100;
    private static final int OWNER = 108;
    private static final int GROUP = 116;
    private static final int SIZE = 124;
    private static final int TIME = 136;
    private static final int SUM = 148;
    private static final int TYPE = 156;
    private static final int MAGIC = 257;
    private static final int MAJOR = 329;
    private static final int MINOR = 337;
    private static final int NAME_CAP_BYTES = 100;

    private TarHeader() {}

    static byte[] of(String name, long sizeBytes) {
        byte[] header = new byte[BLOCK_BYTES];
        put(header, 0, name);
        put(header, MODE, "0000644");
        put(header, OWNER, "0000000");
        put(header, GROUP, "0000000");
        put(header, SIZE, "%011o".formatted(sizeBytes));
        put(header, TIME, "00000000000");
        put(header, TYPE, "0");
        put(header, MAGIC, "ustar\00000");
        put(header, MAJOR, "0000000");
        put(header, MINOR, "0000000");
        put(header, SUM, "%06o\0 ".formatted(sum(header)));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    /** With blanks in the place of the sum itself. */
    private static int sum(byte[] header) {
        int sum = 8 * ' ';
        for (int i = 0; i < BLOCK_BYTES; i++) {
            sum += i >= SUM && i < SUM + 8 ? 0 : header[i] & 0xff;
        }
        return sum;
    }

    static boolean isEnd(byte[] header) {
        return Arrays.equals(header, new byte[BLOCK_BYTES]);
    }

    /** The size that a header of this name says, where all else in it is as it has to be. */
    static long sizeBytes(byte[] header, String name) throws RefusedSaveException {
        String digits = text(header, SIZE, TIME);
        long size = digits.matches("[0-7]{11}") ? Long.parseLong(digits, 8) : -1;
        if (size < 0 || !Arrays.equals(header, of(name, size))) {
            throw refused(header, name, size);
        }
        return size;
    }

    /** What is wrong with a header that is not the one that was expected. */
    static RefusedSaveException refused(byte[] header, String name, long sizeBytes) {
        String there = text(header, 0, NAME_CAP_BYTES);
        String kind =
                switch (header[TYPE]) {
                    case '0', 0 -> "";
                    case '1', '2' -> "a link";
                    case '3', '4' -> "a device";
                    case '5' -> "a folder";
                    case '6' -> "a named pipe";
                    case 'g', 'x', 'L', 'K' -> "a header for other members";
                    default -> "no ordinary file";
                };
        if (isEnd(header)) {
            return new RefusedSaveException("it ends before '%s'".formatted(name));
        }
        if (!kind.isEmpty()) {
            return new RefusedSaveException("'%s' in it is %s".formatted(there, kind));
        }
        if (!there.equals(name)) {
            return new RefusedSaveException(
                    "'%s' is there where '%s' has to be".formatted(there, name));
        }
        if (!Arrays.equals(header, SIZE, TIME, of(name, Math.max(sizeBytes, 0)), SIZE, TIME)) {
            return new RefusedSaveException(
                    "'%s' has not the size that its manifest says".formatted(name));
        }
        return new RefusedSaveException(
                "the header of '%s' is not as Blast writes it".formatted(name));
    }

    private static String text(byte[] header, int from, int to) {
        int end = from;
        while (end < to && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8);
    }
}
