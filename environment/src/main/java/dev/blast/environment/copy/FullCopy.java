package dev.blast.environment.copy;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.HeldFolder;
import dev.blast.environment.install.Inode;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * Copies a folder where no layer can lie over it. A filesystem that can share the blocks of two
 * files does so (copy_file_range(2)).
 */
final class FullCopy {
    /** More than this is not copied for one run. */
    static final long MOST_BYTES = 2L << 30;

    private FullCopy() {}

    /**
     * What the baseline names, but nothing in what is closed: of that only the name, so that
     * something can be mounted on it.
     *
     * @param why a layered copy cannot be had
     * @throws EnvironmentException where that is more than {@link #MOST_BYTES}
     */
    static void make(Path folder, Baseline baseline, Path tree, long mostBytes, String why)
            throws EnvironmentException, IOException {
        long bytes = 0;
        for (Map.Entry<Path, Inode> entry : baseline.entries().entrySet()) {
            bytes += isCopied(baseline, entry) ? entry.getValue().sizeBytes() : 0;
        }
        if (bytes > mostBytes) {
            throw new EnvironmentException(
                    Message.of(
                            "%s is %,d MiB, more than the %,d MiB that are copied for one run; and it must be copied, because a layered copy cannot be had here: %s",
                            folder, bytes >> 20, mostBytes >> 20, why));
        }
        try (HeldFolder held = HeldFolder.openReal(folder)) {
            Files.createDirectory(tree);
            for (Map.Entry<Path, Inode> entry : baseline.entries().entrySet()) {
                Path path = entry.getKey();
                held.releaseAllBut(
                        path.getNameCount() == 1 ? HeldFolder.HERE : HeldFolder.above(path));
                Path to = tree.resolve(path.toString());
                if (entry.getValue().isFolder()) {
                    Files.createDirectory(
                            to,
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rwx------")));
                } else if (isCopied(baseline, entry) || entry.getValue().isLink()) {
                    copy(held, path, to);
                } else {
                    Files.createFile(to);
                }
            }
        }
    }

    private static boolean isCopied(Baseline baseline, Map.Entry<Path, Inode> entry) {
        return entry.getValue().isRegularFile() && !baseline.isClosed(entry.getKey());
    }

    private static void copy(HeldFolder held, Path path, Path to) throws IOException {
        try {
            held.at(
                    path,
                    from ->
                            Files.copy(
                                    from,
                                    to,
                                    LinkOption.NOFOLLOW_LINKS,
                                    StandardCopyOption.COPY_ATTRIBUTES));
        } catch (AccessDeniedException _) {
            Files.deleteIfExists(to);
            Files.createFile(
                    to,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(
                                    "---------"))); // nor can the program read it
        }
    }
}
