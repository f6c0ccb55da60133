package dev.blast.environment.copy;

import dev.blast.environment.copy.CopyChange.Deed;
import dev.blast.environment.copy.CopyChange.Thing;
import dev.blast.environment.install.HeldFolder;
import dev.blast.environment.install.Inode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Lays out what is to come in a folder beside what is there, and names the steps. */
final class KeepStaging {
    /** Whoever owns a folder can put into it what comes. */
    private static final int OWNERS = 0700;

    private final HeldFolder folder;
    private final Path slots;
    private final HeldFolder written;

    private KeepStaging(HeldFolder folder, Path slots, HeldFolder written) {
        this.folder = folder;
        this.slots = slots;
        this.written = written;
    }

    /**
     * Durably.
     *
     * @param slots a folder in {@code folder}, empty
     * @param chosen changes that can be kept
     */
    static List<KeepStep> of(
            HeldFolder folder,
            Path slots,
            HeldFolder written,
            Baseline baseline,
            Collection<CopyChange> chosen)
            throws IOException {
        return new KeepStaging(folder, slots, written).steps(baseline, chosen);
    }

    /** What goes first, deepest first; then folders, and what comes. */
    private List<KeepStep> steps(Baseline baseline, Collection<CopyChange> chosen)
            throws IOException {
        List<KeepStep> steps = new ArrayList<>();
        List<KeepStep> coming = new ArrayList<>();
        int slot = 0;
        for (CopyChange change : chosen) {
            if (!change.canBeKept()) {
                throw new IllegalArgumentException(change + " cannot be kept");
            }
            Path path = change.path();
            Path staged = slots.resolve(Integer.toString(slot));
            written.releaseAllBut(
                    path.getNameCount() == 1 ? HeldFolder.HERE : HeldFolder.above(path));
            if (change.deed() == Deed.REMOVED) {
                Inode before = baseline.at(path).orElseThrow();
                steps.add(
                        change.thing() == Thing.FOLDER
                                ? new KeepStep.TakeFolder(path, before.permissions())
                                : new KeepStep.Take(
                                        path,
                                        slot,
                                        before.number(),
                                        before.modifiedNanos(),
                                        before.sizeBytes()));
            } else if (change.thing() == Thing.FOLDER) {
                int mode = written.at(path, Inode::of).permissions() | OWNERS;
                long number = folder.at(staged, to -> folder(to, mode)).number();
                coming.add(new KeepStep.PlaceFolder(path, slot, number));
            } else {
                stage(path, staged);
                Inode after = folder.at(staged, Inode::of);
                coming.add(
                        change.deed() == Deed.ADDED
                                ? new KeepStep.Place(
                                        path,
                                        slot,
                                        after.number(),
                                        after.modifiedNanos(),
                                        after.sizeBytes())
                                : replace(path, slot, after, baseline.at(path).orElseThrow()));
            }
            slot++;
        }
        steps.sort(
                Comparator.comparing((KeepStep step) -> step instanceof KeepStep.TakeFolder)
                        .thenComparing(KeepStep::path, Comparator.reverseOrder()));
        coming.sort(
                Comparator.comparing((KeepStep step) -> !(step instanceof KeepStep.PlaceFolder))
                        .thenComparing(KeepStep::path));
        steps.addAll(coming);
        folder.sync(slots);
        return steps;
    }

    private static Inode folder(Path to, int mode) throws IOException {
        Files.createDirectory(to);
        setPermissions(to, mode);
        return Inode.of(to);
    }

    private static KeepStep replace(Path path, int slot, Inode after, Inode before) {
        return new KeepStep.Replace(
                path,
                slot,
                after.number(),
                after.modifiedNanos(),
                after.sizeBytes(),
                before.number(),
                before.modifiedNanos(),
                before.sizeBytes());
    }

    /** A file without set-id bits, or a link; nothing of the copy is followed. */
    private void stage(Path path, Path staged) throws IOException {
        Inode inode = written.at(path, Inode::of);
        folder.at(
                staged,
                to ->
                        written.at(
                                path,
                                from -> {
                                    if (inode.isLink()) {
                                        return Files.createSymbolicLink(
                                                to, Files.readSymbolicLink(from));
                                    }
                                    copy(from, to, inode);
                                    return to;
                                }));
    }

    private static void copy(Path from, Path to, Inode inode) throws IOException {
        if (!inode.isRegularFile()) {
            throw new FileSystemException(from.toString(), null, "it is no file any more");
        }
        if ((inode.mode() & 0400) == 0) { // the program took it from itself
            Files.setPosixFilePermissions(from, PosixFilePermissions.fromString("rw-------"));
        }
        Files.copy(from, to, LinkOption.NOFOLLOW_LINKS);
        try (FileChannel channel = FileChannel.open(to, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        setPermissions(to, inode.permissions());
        Inode.setModified(to, inode.modifiedNanos());
    }

    /** As chmod(2) does, without set-id bits. */
    static Path setPermissions(Path path, int mode) throws IOException {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values(); // from the owner's read down
        for (int i = 0; i < all.length; i++) {
            if ((mode >> (all.length - 1 - i) & 1) != 0) {
                permissions.add(all[i]);
            }
        }
        return Files.setPosixFilePermissions(path, permissions);
    }
}
