package dev.blast.environment.copy;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.HeldFolder;
import dev.blast.environment.install.Inode;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a program wrote, once nothing of it runs any more. All of it is a stranger's: names,
 * kinds, modes, depths; no link is followed, and nothing is opened that is not a file or a folder.
 */
final class WrittenTree {
    /** Names that are looked at. */
    static final int MOST = 200_000;

    /** Folders in one another; a descriptor each is held meanwhile. */
    static final int DEEPEST = 100;

    private static final int KIND = 0170000;
    private static final Map<Integer, String> OTHERS =
            Map.of(
                    0010000, "a pipe",
                    0020000, "a device",
                    0060000, "a device",
                    0140000, "a socket");

    /** Of an upper layer that its user mounted, see the kernel's overlayfs.rst. */
    private static final String OPAQUE = "overlay.opaque";

    private static final String MARK = "overlay.whiteout";
    private static final Set<PosixFilePermission> OWNERS =
            PosixFilePermissions.fromString("rwx------");

    private final HeldFolder tree;
    private final boolean layered;
    private final Baseline baseline;
    private final SortedMap<Path, WrittenEntry> found = new TreeMap<>();

    private WrittenTree(HeldFolder tree, boolean layered, Baseline baseline) {
        this.tree = tree;
        this.layered = layered;
        this.baseline = baseline;
    }

    /**
     * By path, parents first.
     *
     * @param tree an upper layer, or a whole copy
     * @param baseline whose closed paths are passed over
     * @throws EnvironmentException where there are more than {@link #MOST} names
     */
    static SortedMap<Path, WrittenEntry> read(HeldFolder tree, boolean layered, Baseline baseline)
            throws EnvironmentException, IOException {
        var reading = new WrittenTree(tree, layered, baseline);
        reading.walk();
        return reading.found;
    }

    private void walk() throws EnvironmentException, IOException {
        var left = new ArrayDeque<Path>();
        open(HeldFolder.HERE, left);
        while (!left.isEmpty()) {
            Path path = left.pop();
            tree.releaseAllBut(path.getNameCount() == 1 ? HeldFolder.HERE : HeldFolder.above(path));
            if (baseline.isClosed(path)) {
                continue;
            }
            if (found.size() >= MOST) {
                throw new EnvironmentException(
                        Message.of(
                                "the program left more than %,d names, which nobody looks through; nothing is kept",
                                MOST));
            }
            WrittenEntry written = look(path);
            found.put(path, written);
            if (written instanceof WrittenEntry.Folder) {
                open(path, left);
            }
        }
    }

    private WrittenEntry look(Path path) throws IOException {
        if (!isText(path)) {
            return new WrittenEntry.Other(path, "a name that is not text in UTF-8");
        }
        if (path.getNameCount() > DEEPEST) {
            return new WrittenEntry.Other(path, "deeper than %d folders".formatted(DEEPEST));
        }
        Inode inode = tree.at(path, Inode::of);
        if (inode.isFolder()) {
            return tree.at(path, place -> folder(path, place));
        }
        if (inode.isLink()) {
            return new WrittenEntry.Link(path, tree.at(path, Files::readSymbolicLink));
        }
        if (inode.isRegularFile()) {
            return tree.at(path, place -> file(path, place, inode));
        }
        return layered && isMark(path)
                ? new WrittenEntry.Gone(path)
                : new WrittenEntry.Other(
                        path, OTHERS.getOrDefault(inode.mode() & KIND, "no file, folder or link"));
    }

    /** What is not text would come back as another name. */
    private static boolean isText(Path path) {
        return Path.of(path.toString()).equals(path);
    }

    /** A character device 0/0 stands for what was removed. */
    private boolean isMark(Path path) throws IOException {
        return tree.at(
                path,
                place -> {
                    var values =
                            Files.readAttributes(
                                    place, "unix:mode,rdev", LinkOption.NOFOLLOW_LINKS);
                    return values.get("mode") instanceof Integer mode
                            && (mode & KIND) == 0020000
                            && values.get("rdev") instanceof Long device
                            && device == 0;
                });
    }

    /** The owner may read again what the program took from itself. */
    private WrittenEntry folder(Path path, Path place) throws IOException {
        if (!Files.getPosixFilePermissions(place, LinkOption.NOFOLLOW_LINKS).containsAll(OWNERS)) {
            Files.setPosixFilePermissions(place, OWNERS);
        }
        return new WrittenEntry.Folder(path, layered && "y".equals(attribute(place, OPAQUE)));
    }

    private WrittenEntry file(Path path, Path place, Inode inode) throws IOException {
        return layered && inode.sizeBytes() == 0 && attribute(place, MARK) != null
                ? new WrittenEntry.Gone(path)
                : new WrittenEntry.File(path, inode);
    }

    private static @Nullable String attribute(Path place, String name) {
        try {
            UserDefinedFileAttributeView view =
                    Files.getFileAttributeView(
                            place, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            if (view == null || !view.list().contains(name)) {
                return null;
            }
            ByteBuffer value = ByteBuffer.allocate(view.size(name));
            view.read(name, value);
            return new String(value.array(), StandardCharsets.UTF_8);
        } catch (IOException _) {
            return null; // it has none, or they cannot be read: then nothing is taken away by it
        }
    }

    private void open(Path folder, ArrayDeque<Path> left) throws IOException {
        try {
            for (Path name : tree.names(folder)) {
                left.push(folder.resolve(name));
            }
        } catch (NoSuchFileException | AccessDeniedException _) {
            found.put(folder, new WrittenEntry.Other(folder, "a folder that cannot be read"));
        }
    }
}
