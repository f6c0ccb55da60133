package dev.blast.packaging.archive;

import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.packaging.WheelName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The folder of a wheel that describes the wheel, and the texts in it (PEP 427). */
public final class DistInfo {
    private static final String SUFFIX = ".dist-info";

    /** What others take for the description of a distribution when it lies in site-packages. */
    private static final String[] DESCRIPTIONS = {SUFFIX, ".egg-info", ".egg-link", ".egg"};

    private static final int TEXT_CAP_BYTES = 16 << 20;

    /** Above any line of a RECORD: a path of 3000 bytes with quotes, a SHA-512, a size. */
    private static final long RECORD_LINE_BYTES = 4096;

    private final Archive archive;
    private final String folder;

    private DistInfo(Archive archive, String folder) {
        this.archive = archive;
        this.folder = folder;
    }

    /**
     * The only one at the top of an archive, which has to be the one of the wheel that the archive
     * is named as.
     *
     * @throws RefusedWheelException where there is none, or anything that describes another
     */
    public static DistInfo of(Archive archive, WheelName name) throws RefusedWheelException {
        @Nullable String own = null;
        for (ArchiveMember member : archive.members()) {
            String top = top(member.name());
            if (!describes(top) || top.equals(own)) {
                continue;
            }
            if (own != null || !isOf(name, top)) {
                throw archive.refuse(Refusal.FOREIGN_DIST_INFO, top);
            }
            own = top;
        }
        if (own == null) {
            throw archive.refuse(
                    Refusal.NO_DIST_INFO, name.name().escaped() + "-" + name.version());
        }
        return new DistInfo(archive, own);
    }

    /**
     * Whether a name directly in site-packages is taken for a distribution's description, in
     * whatever case, as importlib.metadata and pkg_resources do.
     */
    public static boolean describes(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (String suffix : DESCRIPTIONS) {
            if (lower.endsWith(suffix)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Old wheels spell name and version in the folder otherwise than in the file name, with hyphens
     * too; what counts is what they mean.
     */
    private static boolean isOf(WheelName name, String folder) {
        return isOf(name.name(), name.version(), folder);
    }

    /** Whether a folder of this name describes that version of that project. */
    public static boolean isOf(PackageName name, Version version, String folder) {
        if (!folder.endsWith(SUFFIX)) {
            return false;
        }
        String stem = folder.substring(0, folder.length() - SUFFIX.length());
        for (int dash = stem.indexOf('-'); dash > 0; dash = stem.indexOf('-', dash + 1)) {
            try {
                if (new PackageName(stem.substring(0, dash)).equals(name)
                        && Version.parse(stem.substring(dash + 1)).equals(version)) {
                    return true;
                }
            } catch (InvalidSyntaxException _) {
                // not here
            }
        }
        return false;
    }

    private static String top(String path) {
        int slash = path.indexOf('/');
        return slash < 0 ? path : path.substring(0, slash);
    }

    /** Its name, without a slash. */
    public String folder() {
        return folder;
    }

    /** RECORD, which is as long as the archive has entries. */
    public byte[] record() throws IOException {
        long cap = RECORD_LINE_BYTES * (archive.members().size() + 1);
        return bytes("RECORD", Refusal.NO_RECORD, cap);
    }

    /**
     * Another of its files.
     *
     * @throws RefusedWheelException where it is missing, or larger than any that a person wrote
     */
    public byte[] bytes(String name) throws IOException {
        return bytes(name, Refusal.NO_METADATA, TEXT_CAP_BYTES);
    }

    private byte[] bytes(String name, Refusal missing, long capBytes) throws IOException {
        String path = folder + "/" + name;
        for (ArchiveMember member : archive.members()) {
            if (member.name().equals(path)) {
                if (member.sizeBytes() > capBytes) {
                    throw archive.refuse(Refusal.TEXT_TOO_LARGE, path);
                }
                var bytes = new ByteArrayOutputStream((int) member.sizeBytes());
                archive.read(member, bytes);
                return bytes.toByteArray();
            }
        }
        throw archive.refuse(missing, path);
    }
}
