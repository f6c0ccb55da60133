package dev.blast.environment.build;

import dev.blast.packaging.Digest;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A copy of a folder to be built: its files, and its links as they are, which lead nowhere in the
 * sandbox where they lead out. Environments in it, and what Python compiled, stay behind. One
 * thread.
 */
final class FolderCopy extends SimpleFileVisitor<Path> {
    private static final long CAP_BYTES = 4L << 30;
    private static final int FILE_CAP = 200_000;

    private final Path from;
    private final Path to;
    private final List<String> found = new ArrayList<>();
    private long bytes;

    private FolderCopy(Path from, Path to) {
        this.from = from;
        this.to = to;
    }

    /**
     * Copies a folder.
     *
     * @param from without links
     * @param to does not exist
     * @return a hash of all that was copied: names, links, contents, who may run them
     * @throws RefusedSourceException where it is too much
     */
    static String copy(Path from, Path to) throws IOException {
        var copy = new FolderCopy(from, to);
        Files.walkFileTree(from, copy);
        Collections.sort(copy.found);
        var digest = new Digest();
        copy.found.forEach(digest::add);
        return digest.hex();
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
            throws IOException {
        boolean stays =
                !folder.equals(from)
                        && (folder.getFileName().toString().equals("__pycache__")
                                || Files.exists(
                                        folder.resolve("pyvenv.cfg"), LinkOption.NOFOLLOW_LINKS));
        if (stays) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        Files.createDirectory(to.resolve(from.relativize(folder)));
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Path relative = from.relativize(file);
        Path target = to.resolve(relative);
        bytes += attributes.size();
        if (bytes > CAP_BYTES || found.size() > FILE_CAP) {
            throw new RefusedSourceException(
                    "it holds more than %d GiB, or %,d files".formatted(CAP_BYTES >> 30, FILE_CAP));
        }
        if (attributes.isSymbolicLink()) {
            Path leads = Files.readSymbolicLink(file);
            Files.createSymbolicLink(target, leads);
            found.add("link " + relative + "\0" + leads);
        } else if (attributes.isRegularFile()) {
            Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            String runs = Files.isExecutable(target) ? "x" : "-";
            found.add("file " + relative + "\0" + runs + BuildCache.sha256(target));
        }
        return FileVisitResult.CONTINUE; // sockets and the like are nothing to be built
    }
}
