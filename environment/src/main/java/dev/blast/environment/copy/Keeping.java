package dev.blast.environment.copy;

import dev.blast.environment.Cause;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Lines;
import dev.blast.environment.copy.CopyChange.Deed;
import dev.blast.environment.copy.CopyChange.Thing;
import dev.blast.environment.install.HeldFolder;
import dev.blast.environment.install.Inode;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
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
import java.util.Optional;
import java.util.Set;

/**
 * Brings changes of a throwaway copy into the folder: all that were chosen or nothing, killed at
 * whatever instant. For one thread.
 *
 * <ol>
 *   <li>What comes is copied into a folder beside it, {@code .blast-keep-ID}, on the same
 *       filesystem; a kill leaves only that.
 *   <li>The steps become durable in the place of the copy, as {@code keep}. From here on {@link
 *       #recover} goes on to the end.
 *   <li>Each name is exchanged, carried in or carried away in one rename. What comes out is what
 *       was looked at before, or nothing of all stays: then {@code undo} is noted, and {@link
 *       #recover} goes back to the beginning.
 *   <li>{@code done} is noted, and the folder beside goes.
 * </ol>
 */
final class Keeping {
    static final String PREFIX = ".blast-keep-";
    private static final String STEPS = "keep";
    private static final String UNDO = "undo";
    private static final String DONE = "done";

    private final Path notes;
    private final Path project;
    private final Path slots;
    private final HeldFolder folder;
    private final KeepDisk disk;

    private Keeping(Path notes, Path project, HeldFolder folder, KeepDisk disk) {
        this.notes = notes;
        this.project = project;
        this.folder = folder;
        this.disk = disk;
        this.slots = slots(notes);
    }

    /** The folder beside what is changed, while it is; relative to that. */
    static Path slots(Path notes) {
        return Path.of(PREFIX + notes.getFileName());
    }

    /**
     * Does it.
     *
     * @param notes the place of the copy
     * @param chosen changes that can be kept
     * @throws EnvironmentException where it could not be done; nothing has been changed then
     */
    static void apply(
            Path notes,
            Path project,
            HeldFolder written,
            Baseline baseline,
            Collection<CopyChange> chosen,
            KeepDisk disk)
            throws EnvironmentException {
        try (HeldFolder folder = HeldFolder.openReal(project)) {
            var keeping = new Keeping(notes, project, folder, disk);
            List<KeepStep> steps;
            try {
                steps = keeping.staged(written, baseline, chosen);
                disk.note(notes.resolve(STEPS), keeping.text(steps));
            } catch (IOException e) {
                keeping.clear();
                throw e;
            }
            keeping.finish(steps);
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of(
                            "cannot keep changes in %s: %s%s\nnothing of them has been kept",
                            project, Cause.of(e), Cause.advice(e, project)),
                    e);
        }
    }

    /**
     * Finishes or undoes what was killed, and says which; empty where nothing was to be kept.
     *
     * @param notes the place of a copy whose Blast has ended
     * @param project its folder
     */
    static Optional<String> recover(Path notes, Path project, KeepDisk disk) throws IOException {
        if (!Files.isDirectory(project)) {
            return Optional.empty(); // gone, and all that was to be kept in it
        }
        try (HeldFolder folder = HeldFolder.openReal(project)) {
            var keeping = new Keeping(notes, project, folder, disk);
            Path file = notes.resolve(STEPS);
            if (!Files.exists(file)) {
                keeping.clear();
                return Optional.empty();
            }
            List<KeepStep> steps = read(Files.readString(file));
            if (Files.exists(notes.resolve(DONE))) {
                keeping.clear();
                return Optional.empty();
            }
            if (Files.exists(notes.resolve(UNDO))) {
                keeping.undo(steps);
                return Optional.of("undid");
            }
            try {
                keeping.finish(steps);
                return Optional.of("finished");
            } catch (IOException _) {
                return Optional.of("undid"); // finish has gone back
            }
        }
    }

    private String text(List<KeepStep> steps) {
        var text = new Lines.Writer().add("project", project.toString());
        steps.forEach(step -> text.add("step", step.line()));
        return text.text();
    }

    private static List<KeepStep> read(String text) throws IOException {
        try {
            return Lines.parse(text).all("step").stream().map(KeepStep::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new IOException("it cannot be read: " + e.getMessage(), e);
        }
    }

    /** What goes first, deepest first; then folders, and what comes. */
    private List<KeepStep> staged(
            HeldFolder written, Baseline baseline, Collection<CopyChange> chosen)
            throws IOException {
        disk.makeFolder(folder, slots);
        List<KeepStep> steps = new ArrayList<>();
        List<KeepStep> coming = new ArrayList<>();
        int slot = 0;
        for (CopyChange change : chosen) {
            if (!change.canBeKept()) {
                throw new IllegalArgumentException(change + " cannot be kept");
            }
            Path path = change.path();
            if (change.deed() == Deed.REMOVED) {
                steps.add(
                        change.thing() == Thing.FOLDER
                                ? new KeepStep.TakeFolder(path)
                                : new KeepStep.Take(
                                        path, slot, baseline.at(path).orElseThrow().number()));
            } else if (change.thing() == Thing.FOLDER) {
                coming.add(new KeepStep.MakeFolder(path));
            } else {
                Path staged = slots.resolve(Integer.toString(slot));
                stage(written, path, staged);
                long number = folder.at(staged, Inode::of).number();
                coming.add(
                        change.deed() == Deed.ADDED
                                ? new KeepStep.Place(path, slot, number)
                                : replace(path, slot, number, baseline.at(path).orElseThrow()));
            }
            slot++;
        }
        steps.sort(
                Comparator.comparing((KeepStep step) -> step instanceof KeepStep.TakeFolder)
                        .thenComparing(KeepStep::path, Comparator.reverseOrder()));
        coming.sort(
                Comparator.comparing((KeepStep step) -> !(step instanceof KeepStep.MakeFolder))
                        .thenComparing(KeepStep::path));
        steps.addAll(coming);
        folder.sync(slots);
        return steps;
    }

    private static KeepStep replace(Path path, int slot, long number, Inode before) {
        return new KeepStep.Replace(
                path, slot, number, before.number(), before.modifiedNanos(), before.sizeBytes());
    }

    /** A file without set-id bits, or a link; nothing of the copy is followed. */
    private void stage(HeldFolder written, Path path, Path staged) throws IOException {
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
        Files.setPosixFilePermissions(to, permissions(inode.permissions()));
        Inode.setModified(to, inode.modifiedNanos());
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values(); // from the owner's read down
        for (int i = 0; i < all.length; i++) {
            if ((mode >> (all.length - 1 - i) & 1) != 0) {
                permissions.add(all[i]);
            }
        }
        return permissions;
    }

    private void finish(List<KeepStep> steps) throws IOException {
        try {
            for (KeepStep step : steps) {
                release(step);
                forward(step);
            }
            KeepDisk.sync(folder, steps);
        } catch (IOException e) {
            try {
                disk.note(notes.resolve(UNDO), "");
                undo(steps);
            } catch (IOException second) {
                e.addSuppressed(second); // the next command goes on undoing
            }
            throw e;
        }
        disk.note(notes.resolve(DONE), "");
        clear();
    }

    private void undo(List<KeepStep> steps) throws IOException {
        for (KeepStep step : steps.reversed()) {
            release(step);
            back(step);
        }
        KeepDisk.sync(folder, steps);
        disk.note(notes.resolve(DONE), "");
        clear();
    }

    /** A descriptor for each folder of a large project would be too many. */
    private void release(KeepStep step) {
        Path path = step.path();
        folder.releaseAllBut(path.getNameCount() == 1 ? HeldFolder.HERE : HeldFolder.above(path));
    }

    private void forward(KeepStep step) throws IOException {
        switch (step) {
            case KeepStep.Take(Path path, int slot, long number) -> {
                if (number(slot(slot)).isEmpty()) {
                    require(path, number);
                    disk.carry(folder, path, slot(slot));
                    if (!number(slot(slot)).equals(Optional.of(number))) {
                        disk.carry(folder, slot(slot), path);
                        throw other(path);
                    }
                }
            }
            case KeepStep.TakeFolder(Path path) -> disk.removeFolder(folder, path);
            case KeepStep.MakeFolder(Path path) -> {
                Optional<Inode> there = Baseline.at(folder, path);
                if (there.isPresent() && !there.get().isFolder()) {
                    throw other(path);
                }
                disk.makeFolder(folder, path);
            }
            case KeepStep.Place(Path path, int slot, long number) -> {
                if (number(slot(slot)).equals(Optional.of(number))) {
                    try {
                        disk.carry(folder, slot(slot), path);
                    } catch (FileAlreadyExistsException _) {
                        throw other(path);
                    }
                }
            }
            case KeepStep.Replace replace -> exchange(replace);
        }
    }

    /**
     * What came out is looked at however often this is repeated: killed after the exchange, what
     * somebody wrote meanwhile may lie in the slot.
     */
    private void exchange(KeepStep.Replace step) throws IOException {
        Path slot = slot(step.slot());
        if (number(slot).equals(Optional.of(step.number()))) {
            disk.swap(folder, slot, step.path());
        }
        Inode out = folder.at(slot, Inode::of);
        if (out.number() != step.before()
                || out.modifiedNanos() != step.modifiedNanos()
                || out.sizeBytes() != step.sizeBytes()) {
            disk.swap(folder, slot, step.path());
            throw other(step.path());
        }
    }

    private void back(KeepStep step) throws IOException {
        switch (step) {
            case KeepStep.Take(Path path, int slot, long number) -> {
                if (number(slot(slot)).equals(Optional.of(number))) {
                    carryBack(slot(slot), path);
                }
            }
            case KeepStep.TakeFolder(Path path) -> {
                if (Baseline.at(folder, path).isEmpty()) {
                    disk.makeFolder(folder, path);
                }
            }
            case KeepStep.MakeFolder(Path path) -> disk.removeFolder(folder, path);
            case KeepStep.Place(Path path, int slot, long number) -> {
                if (number(slot(slot)).isEmpty() && number(path).equals(Optional.of(number))) {
                    disk.carry(folder, path, slot(slot));
                }
            }
            case KeepStep.Replace(Path path, int slot, long number, long before, _, _) -> {
                if (number(slot(slot)).equals(Optional.of(before))
                        && number(path).equals(Optional.of(number))) {
                    disk.swap(folder, slot(slot), path);
                }
            }
        }
    }

    /** What somebody has made there since stays, and what was taken lies beside it. */
    private void carryBack(Path slot, Path path) throws IOException {
        try {
            disk.carry(folder, slot, path);
        } catch (FileAlreadyExistsException _) {
            disk.carry(folder, slot, HeldFolder.aside(path, notes.getFileName().toString()));
        }
    }

    private void require(Path path, long number) throws IOException {
        if (!number(path).equals(Optional.of(number))) {
            throw other(path);
        }
    }

    private FileSystemException other(Path path) {
        return new FileSystemException(
                project.resolve(path).toString(), null, "it was changed here meanwhile");
    }

    private Optional<Long> number(Path path) throws IOException {
        return Baseline.at(folder, path).map(Inode::number);
    }

    private Path slot(int slot) {
        return slots.resolve(Integer.toString(slot));
    }

    private void clear() throws IOException {
        folder.deleteTree(slots, HeldFolder::delete);
    }
}
