package dev.blast.packaging.archive;

/**
 * One entry of an archive, as the central directory has it.
 *
 * @param name '/' between parts; a folder's ends with one
 * @param flags the general purpose bits
 * @param method 0 stored, 8 deflated
 * @param crc CRC-32 of the content
 * @param compressedBytes length in the archive
 * @param sizeBytes length when unpacked
 * @param headerOffset where its local header begins
 * @param mode the Unix mode, 0 where the archive has none
 */
public record ArchiveMember(
        String name,
        int flags,
        int method,
        long crc,
        long compressedBytes,
        long sizeBytes,
        long headerOffset,
        int mode) {
    public static final int STORED = 0;
    public static final int DEFLATED = 8;

    /** Encrypted, strongly encrypted, with masked headers. */
    static final int FLAGS_ENCRYPTED = 1 | 1 << 6 | 1 << 13;

    public static final int FLAG_DESCRIPTOR = 1 << 3;
    public static final int FLAG_UTF8 = 1 << 11;

    /** Also how hard was tried to compress it, which makes no difference to a reader. */
    static final int FLAGS_KNOWN = FLAG_DESCRIPTOR | FLAG_UTF8 | 1 << 1 | 1 << 2;

    private static final int TYPE_MASK = 0170000;
    private static final int TYPE_FILE = 0100000;
    private static final int TYPE_FOLDER = 0040000;

    public boolean isFolder() {
        return name.endsWith("/");
    }

    public boolean isExecutable() {
        return (mode & 0111) != 0;
    }

    /**
     * Whether the mode says something else than the name does: a link, a device, a folder without
     * the slash.
     */
    boolean isSpecial() {
        int type = mode & TYPE_MASK;
        return type != 0 && type != (isFolder() ? TYPE_FOLDER : TYPE_FILE);
    }
}
