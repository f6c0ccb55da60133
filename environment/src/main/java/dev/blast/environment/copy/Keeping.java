package dev.blast.environment.copy;

import dev.blast.environment.Cause;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Lines;
import dev.blast.environment.install.HeldFolder;
import dev.blast.environment.install.Inode;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

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
 *   <li>{@code done} is noted, and the folder beside goes; then the notes, {@code keep} first.
 * </ol>
 *
 * <p>Where going back fails as well, or the end cannot be noted, all stays as it is, and the place
 * of the copy with it: the next {@link #recover} goes on.
 */
final class Keeping {
    static final String PREFIX = ".blast-keep-";
    private static final String STEPS = "keep";
    private static final String UNDO = "undo";
    private static final String DONE = "done";

    /** Neither all nor nothing so far. */
    private static final class HalfDone extends IOException {
        private static final long serialVersionUID = 1L;

        HalfDone(String what, IOException cause) {
            super(what, cause);
        }
    }

    private final Path notes;
    private final Path project;
    private final Path slots;
    private final HeldFolder folder;
    private final KeepDisk disk;

    private final LaidAside aside;

    private Keeping(Path notes, Path project, HeldFolder folder, KeepDisk disk) {
        this.notes = notes;
        this.project = project;
        this.folder = folder;
        this.disk = disk;
        this.slots = slots(notes);
        this.aside = new LaidAside(project);
    }

    /** The folder beside what is changed, while it is; relative to that. */
    static Path slots(Path notes) {
        return Path.of(PREFIX + notes.getFileName());
    }

    /** How what was interrupted came to its end, in words. */
    record Recovered(String how, String aside) {}

    /** Whether something is still to be finished, undone or removed by {@link #recover}. */
    static boolean isUnsettled(Path notes, Path project) {
        return Files.exists(notes.resolve(STEPS), LinkOption.NOFOLLOW_LINKS)
                || isThere(notes, project);
    }

    /**
     * Whether what was to be kept cannot be had just now: the folder is another one, or none, as
     * where a drive is not mounted.
     */
    static boolean waits(Path notes, Path project) {
        return Files.exists(notes.resolve(STEPS))
                && !Files.exists(notes.resolve(DONE))
                && !isThere(notes, project);
    }

    private static boolean isThere(Path notes, Path project) {
        return Files.isDirectory(project.resolve(slots(notes)), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Does it.
     *
     * @param notes the place of the copy
     * @param chosen changes that can be kept
     * @throws EnvironmentException where it could not be done; nothing has been changed then,
     *     unless it says so
     */
    static void apply(
            Path notes,
            Path project,
            HeldFolder written,
            Baseline baseline,
            Collection<CopyChange> chosen,
            KeepDisk disk)
            throws EnvironmentException {
        if (isUnsettled(notes, project)) {
            throw new EnvironmentException(
                    Message.of(
                            "cannot keep changes in %s: what was begun before is not at its end",
                            project));
        }
        try (HeldFolder folder = HeldFolder.openReal(project)) {
            var keeping = new Keeping(notes, project, folder, disk);
            List<KeepStep> steps;
            try {
                disk.makeFolder(folder, keeping.slots);
                steps = KeepStaging.of(folder, keeping.slots, written, baseline, chosen);
                disk.note(notes.resolve(STEPS), keeping.text(steps));
            } catch (IOException e) {
                keeping.endAfter(e);
                throw e;
            }
            keeping.finishOrSay(steps);
            keeping.endAfterAll();
        } catch (HalfDone e) {
            throw new EnvironmentException(
                    Message.of(
                            "changes in %s are half kept: %s\nwhat was there lies in %s until the next blast command has gone on with it",
                            project, String.valueOf(e.getMessage()), project.resolve(slots(notes))),
                    e);
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of(
                            "cannot keep changes in %s: %s%s\nnothing of them has been kept",
                            project, Cause.of(e), Cause.advice(e, project)),
                    e);
        }
    }

    /**
     * Finishes or undoes what was killed, and says which; empty where nothing was to be kept. Not
     * where that {@linkplain #waits waits}.
     *
     * @param notes the place of a copy whose Blast has ended
     * @param project its folder
     */
    static Optional<Recovered> recover(Path notes, Path project, KeepDisk disk) throws IOException {
        if (!Files.isDirectory(project)) {
            return Optional.empty(); // gone, with all that was kept in it or was to be
        }
        try (HeldFolder folder = HeldFolder.openReal(project)) {
            var keeping = new Keeping(notes, project, folder, disk);
            Path file = notes.resolve(STEPS);
            if (!Files.exists(file) || Files.exists(notes.resolve(DONE))) {
                keeping.end();
                return Optional.empty();
            }
            List<KeepStep> steps = read(Files.readString(file));
            String how;
            if (Files.exists(notes.resolve(UNDO))) {
                keeping.undo(steps);
                how = "undid";
            } else {
                how = keeping.finishedOrUndid(steps);
            }
            keeping.end();
            return Optional.of(new Recovered(how, keeping.aside.text()));
        }
    }

    private String finishedOrUndid(List<KeepStep> steps) throws HalfDone {
        try {
            finish(steps);
            return "finished";
        } catch (HalfDone e) {
            throw e;
        } catch (IOException _) {
            return "undid"; // finish has gone back
        }
    }

    private void finishOrSay(List<KeepStep> steps) throws IOException {
        try {
            finish(steps);
        } catch (HalfDone e) {
            throw e;
        } catch (IOException e) {
            throw aside.text().isEmpty() ? e : new IOException(Cause.of(e) + aside.text(), e);
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

    /**
     * All of it, and says so in {@code done}.
     *
     * @throws HalfDone where it is neither all nor nothing
     * @throws IOException where it is nothing, and that is noted
     */
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
                throw new HalfDone(
                        "%s; and it could not be undone: %s"
                                .formatted(Cause.of(e), Cause.of(second)),
                        second);
            }
            endAfter(e);
            throw e;
        }
        try {
            disk.note(notes.resolve(DONE), "");
        } catch (IOException e) {
            throw new HalfDone("its end could not be noted: " + Cause.of(e), e);
        }
    }

    private void undo(List<KeepStep> steps) throws IOException {
        for (KeepStep step : steps.reversed()) {
            release(step);
            back(step);
        }
        KeepDisk.sync(folder, steps);
        disk.note(notes.resolve(DONE), "");
    }

    /** What cannot be removed now, the next command removes. */
    private void endAfter(IOException e) {
        try {
            if (!Files.exists(notes.resolve(DONE))) { // noted, and not begun
                Files.deleteIfExists(notes.resolve(STEPS));
            }
            end();
        } catch (IOException second) {
            e.addSuppressed(second);
        }
    }

    private void endAfterAll() throws EnvironmentException {
        try {
            end();
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of(
                            "the changes have been kept in %s, and what they replaced could not be removed: %s\nthe next blast command tries again",
                            project, Cause.of(e)),
                    e);
        }
    }

    /** The steps go before what says how far they have come. */
    private void end() throws IOException {
        folder.deleteTree(slots, HeldFolder::delete);
        for (String note : List.of(STEPS, UNDO, DONE)) {
            Files.deleteIfExists(notes.resolve(note));
        }
    }

    /** A descriptor for each folder of a large project would be too many. */
    private void release(KeepStep step) {
        folder.releaseAllBut(above(step.path()));
    }

    private static Path above(Path path) {
        return path.getNameCount() == 1 ? HeldFolder.HERE : HeldFolder.above(path);
    }

    private void forward(KeepStep step) throws IOException {
        switch (step) {
            case KeepStep.Take take -> take(take);
            case KeepStep.TakeFolder(Path path, _) -> disk.removeFolder(folder, path);
            case KeepStep.PlaceFolder(Path path, int slot, long number) -> {
                if (number(slot(slot)).equals(Optional.of(number))) {
                    placeFolder(path, slot(slot));
                }
            }
            case KeepStep.Place place -> place(place);
            case KeepStep.Replace replace -> exchange(replace);
        }
    }

    private void take(KeepStep.Take step) throws IOException {
        Path slot = slot(step.slot());
        boolean isNow = number(slot).isEmpty();
        if (isNow) {
            require(step.path(), step.number());
            disk.carry(folder, step.path(), slot);
        }
        if (!isAs(slot, step.number(), step.modifiedNanos(), step.sizeBytes())) {
            carryBack(slot, step.path(), isNow);
            throw other(step.path());
        }
    }

    private void place(KeepStep.Place step) throws IOException {
        Path slot = slot(step.slot());
        if (!number(slot).equals(Optional.of(step.number()))) {
            return; // it has come
        }
        if (!isAs(slot, step.number(), step.newModifiedNanos(), step.newSizeBytes())) {
            throw other(step.path());
        }
        try {
            disk.carry(folder, slot, step.path());
        } catch (FileAlreadyExistsException _) {
            throw other(step.path());
        }
    }

    /** One that somebody has made meanwhile is as good, and stays if this is undone. */
    private void placeFolder(Path path, Path slot) throws IOException {
        try {
            disk.carry(folder, slot, path);
        } catch (FileAlreadyExistsException _) {
            if (Baseline.at(folder, path).filter(Inode::isFolder).isEmpty()) {
                throw other(path);
            }
        }
    }

    private void exchange(KeepStep.Replace step) throws IOException {
        Path slot = slot(step.slot());
        boolean isNow = number(slot).equals(Optional.of(step.number()));
        if (isNow) {
            if (!isAs(slot, step.number(), step.newModifiedNanos(), step.newSizeBytes())) {
                throw other(step.path());
            }
            disk.swap(folder, slot, step.path());
        }
        if (!isAs(slot, step.before(), step.modifiedNanos(), step.sizeBytes())) {
            if (isNow) {
                disk.swap(folder, slot, step.path());
            }
            throw other(step.path());
        }
    }

    /**
     * What came out is looked at however often a step is repeated: killed after it did, what
     * somebody wrote meanwhile may lie in the slot.
     */
    private boolean isAs(Path path, long number, long modifiedNanos, long sizeBytes)
            throws IOException {
        return Baseline.at(folder, path)
                .filter(it ->
                        it.number() == number
                                && it.modifiedNanos() == modifiedNanos
                                && it.sizeBytes() == sizeBytes)
                .isPresent();
    }

    private void back(KeepStep step) throws IOException {
        switch (step) {
            case KeepStep.Take take -> {
                Path slot = slot(take.slot());
                if (number(slot).isPresent()) {
                    carryBack(
                            slot,
                            take.path(),
                            isAs(slot, take.number(), take.modifiedNanos(), take.sizeBytes()));
                }
            }
            case KeepStep.TakeFolder(Path path, int permissions) -> {
                if (Baseline.at(folder, path).isEmpty()) {
                    disk.makeFolder(folder, path);
                    folder.at(path, made -> KeepStaging.setPermissions(made, permissions));
                }
            }
            case KeepStep.PlaceFolder(Path path, int slot, long number) -> {
                if (number(slot(slot)).isEmpty() && number(path).equals(Optional.of(number))) {
                    disk.removeFolder(folder, path);
                }
            }
            case KeepStep.Place place -> {
                if (number(slot(place.slot())).isEmpty()
                        && isAs(
                                place.path(),
                                place.number(),
                                place.newModifiedNanos(),
                                place.newSizeBytes())) {
                    disk.carry(folder, place.path(), slot(place.slot()));
                }
            }
            case KeepStep.Replace replace -> exchangeBack(replace);
        }
    }

    /**
     * What came and was written by somebody since is theirs, and stays. Killed after what waited
     * went aside, only what came is left to take away.
     */
    private void exchangeBack(KeepStep.Replace step) throws IOException {
        Path slot = slot(step.slot());
        Optional<Long> waiting = number(slot);
        if (waiting.equals(Optional.of(step.number()))) {
            return;
        }
        boolean isOld = isAs(slot, step.before(), step.modifiedNanos(), step.sizeBytes());
        boolean isNew =
                isAs(step.path(), step.number(), step.newModifiedNanos(), step.newSizeBytes());
        if (isOld && isNew) {
            disk.swap(folder, slot, step.path());
            return;
        }
        if (waiting.isPresent()) {
            carryBack(slot, step.path(), isOld);
        }
        if (isNew) {
            disk.carry(folder, step.path(), slot);
        }
    }

    /**
     * What somebody has made there since stays, and what was taken lies beside it, or in the
     * project itself where its folder is gone. So does what is not as it was taken: a program may
     * have put it there.
     */
    private void carryBack(Path slot, Path path, boolean isOld) throws IOException {
        if (isOld) {
            try {
                disk.carry(folder, slot, path);
                return;
            } catch (FileAlreadyExistsException
                    | NoSuchFileException
                    | NotDirectoryException _) { // below
            }
        }
        Path beside = HeldFolder.aside(path, notes.getFileName().toString());
        if (Baseline.at(folder, above(path)).filter(Inode::isFolder).isEmpty()) {
            beside =
                    HeldFolder.aside(
                            path.getFileName(), notes.getFileName() + "." + slot.getFileName());
        }
        disk.carry(folder, slot, beside);
        aside.add(path, beside);
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
}
