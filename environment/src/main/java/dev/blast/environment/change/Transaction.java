package dev.blast.environment.change;

import dev.blast.environment.Cause;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.HeldFolder;
import dev.blast.environment.install.Inode;
import dev.blast.environment.install.OrdinaryFile;
import dev.blast.environment.tree.Tree;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change of one environment: everything or nothing, killed at whatever instant. Made and used
 * by the thread that holds the {@link WriterLock}.
 *
 * <ol>
 *   <li>What comes is laid out under {@link #staging}; what goes is named. The environment is
 *       untouched, and a kill leaves only a folder that the next command removes.
 *   <li>{@link #commit} plans the renames ({@link Renames}) and makes the plan durable ({@link
 *       Journal}).
 *   <li>The renames are done, then the edits of the project's own files. A kill from here on is
 *       undone by {@link Recovery}, which reads off the disk how far they got.
 *   <li>The journal says {@code commit}: the change has happened. A kill from here on is finished
 *       by {@link Recovery}.
 *   <li>Texts outside the packages ({@code applied}, the lock file) are published, the generation
 *       enters the history, and what went is deleted.
 * </ol>
 */
public final class Transaction implements AutoCloseable {
    private final Dossier dossier;
    private final Environment environment;
    private final Disk disk;
    private final String id;
    private final Staging staging;
    private final HeldEnvironment held;
    private final HeldFolder fresh;
    private final SharedLock shared;
    private final Set<String> going = new TreeSet<>();
    private final Set<String> lasting = new TreeSet<>();
    private final List<Journal.Edit> edits = new ArrayList<>();
    private final List<Restorable.FileEdit> edited = new ArrayList<>();
    private final List<Journal.Publication> publications = new ArrayList<>();
    private final Map<Path, String> published = new HashMap<>();
    private Tree now = Tree.EMPTY;
    private Tree coming = Tree.EMPTY;
    private boolean decided;

    private Transaction(
            Dossier dossier,
            Disk disk,
            String id,
            Staging staging,
            HeldEnvironment held,
            HeldFolder fresh,
            SharedLock shared) {
        this.dossier = dossier;
        this.environment = dossier.environment();
        this.disk = disk;
        this.id = id;
        this.staging = staging;
        this.held = held;
        this.fresh = fresh;
        this.shared = shared;
    }

    /**
     * Begins with an empty staging folder. An earlier, interrupted change must have been recovered
     * before.
     */
    public static Transaction begin(Dossier dossier, Disk disk) throws EnvironmentException {
        String id = UUID.randomUUID().toString();
        Staging staging = Staging.of(dossier, id);
        HeldEnvironment held = null;
        try {
            // what our texts do not name is taken for another's
            disk.createDirectories(staging.texts());
            held = HeldEnvironment.make(dossier.environment(), disk);
            disk.makeFolders(held.root(), staging.fresh());
            disk.makeFolders(held.root(), staging.old());
            HeldFolder fresh = held.root().folder(staging.fresh());
            SharedLock shared = SharedLock.ensure(dossier.environment());
            return new Transaction(dossier, disk, id, staging, held, fresh, shared);
        } catch (IOException e) {
            if (held != null) {
                held.close();
            }
            throw failed("prepare", dossier.environment(), e);
        }
    }

    /** Where new files are laid out, as they will lie in the environment. */
    public HeldFolder fresh() {
        return fresh;
    }

    public String id() {
        return id;
    }

    /** These go: files, or folders with all that is in them; relative to the environment. */
    public void remove(Set<String> paths) {
        going.addAll(paths);
    }

    /** These folders stay even if nothing is left in them. */
    public void keep(Set<String> folders) {
        lasting.addAll(folders);
    }

    /** Writes a file outside the packages once the change is decided, replacing it whole. */
    public void publish(Path target, String text) throws EnvironmentException {
        Path folder = target.toAbsolutePath().getParent();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        if (folder == null || !Files.isWritable(folder)) {
            // found out now, while nothing has changed; once the change is decided it would only be
            // stuck
            throw new EnvironmentException(
                    Message.of(
                            "cannot write %s: %s cannot be written to\nnothing has been changed",
                            target, folder));
        }
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new EnvironmentException(
                    Message.of(
                            "cannot write %s: it is a folder\nremove it; nothing has been changed",
                            target));
        }
        int slot = publications.size();
        try {
            disk.append(staging.publish(slot), text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failed("prepare", environment, e);
        }
        publications.add(new Journal.Publication(slot, target.toAbsolutePath().normalize()));
        published.put(target.toAbsolutePath().normalize(), text);
    }

    /** What the environment consists of until now, and what is laid out in {@link #fresh}. */
    public void trees(Tree now, Tree coming) {
        this.now = now;
        this.coming = coming;
    }

    /**
     * A file of the project, below the folder that the environment lies in, holds this when the
     * change is decided, and what it held before when it is not. If it holds anything else by then,
     * nothing is changed at all.
     *
     * @param file relative to that folder
     * @param before null where there is no such file
     */
    public void edit(Path file, byte @Nullable [] before, byte[] after)
            throws EnvironmentException {
        int slot = edits.size();
        try {
            if (before != null) {
                disk.append(staging.edited(slot, true), before);
            }
            disk.append(staging.edited(slot, false), after);
        } catch (IOException e) {
            throw failed("prepare", environment, e);
        }
        edits.add(new Journal.Edit(slot, file));
        edited.add(new Restorable.FileEdit(file, before, after));
    }

    /**
     * Does it. When this returns, the change is durable and finished. When it throws, nothing has
     * changed, unless the message says that undoing failed too; then the next command goes on
     * undoing.
     */
    public void commit(Generation generation, History history) throws EnvironmentException {
        Path journal = dossier.journal();
        try {
            HeldFolder root = held.root();
            disk.append(staging.generation(), generation.text().getBytes(StandardCharsets.UTF_8));
            List<Rename> steps = Renames.plan(root.path(), fresh.path(), going, lasting);
            disk.append(staging.restorable(), left(steps).text().getBytes(StandardCharsets.UTF_8));
            var plan =
                    new Journal(id, generation.number(), steps, edits, publications, true, false);
            disk.append(journal, plan.plan());
            for (Path folder = staging.texts(); ; folder = HeldFolder.above(folder)) {
                disk.sync(folder); // the names of the texts and of the journal
                if (folder.equals(HeldFolder.above(dossier.folder()))) {
                    break;
                }
            }
            long planned = Files.size(journal);
            try {
                apply(steps, root);
                var files = new ProjectEdits(held.project(), staging, id, disk);
                for (Journal.Edit edit : edits) {
                    files.apply(edit);
                }
                disk.append(journal, Journal.commit());
            } catch (IOException e) {
                withdraw(journal, planned, e);
                throw e;
            }
            decided = true;
        } catch (IOException e) {
            throw failed("change", environment, e);
        }
        Recovery.of(dossier, disk).finish(history, held);
    }

    /** What a lock file holds; empty where there is none that can be read. */
    public static Optional<String> there(Path lockFile) {
        try {
            return Optional.of(OrdinaryFile.text(lockFile));
        } catch (IOException _) {
            return Optional.empty(); // what nobody can read, nobody will miss
        }
    }

    private Restorable left(List<Rename> steps) throws IOException {
        var gone = new ArrayList<String>();
        var come = new ArrayList<String>();
        steps.forEach(step -> (step instanceof Rename.Remove ? gone : come).add(step.path()));
        Path lockFile = environment.lockFile();
        String lock = published.get(lockFile);
        return new Restorable(
                now.after(gone, come, coming),
                Optional.ofNullable(published.get(Applied.file(environment))),
                lock == null ? there(lockFile) : Optional.of(lock),
                edited,
                Inode.of(staging.generation()).changedNanos());
    }

    /**
     * A commit line that reached the disk although its write failed would turn an undoing that is
     * interrupted into a finished change with half its files taken back. So it is cut off first;
     * where even that fails, the next command reads which it is.
     */
    private void withdraw(Path journal, long planned, IOException failure)
            throws EnvironmentException {
        try {
            disk.truncate(journal, planned);
        } catch (IOException e) {
            decided = true;
            throw new EnvironmentException(
                    Message.of(
                            "cannot change %s: %s\nThe next command finishes the change or undoes it",
                            environment.root(), Cause.of(failure)),
                    failure);
        }
    }

    private void apply(List<Rename> steps, HeldFolder root) throws IOException {
        var touched = new LinkedHashSet<Path>();
        for (Rename step : steps) {
            Path place = Path.of(step.path());
            switch (step) {
                case Rename.Remove(_, int slot, _) -> disk.move(root, place, staging.old(slot));
                case Rename.Place(String path) -> disk.move(root, staging.fresh(path), place);
            }
            touched.add(place.getNameCount() == 1 ? HeldFolder.HERE : HeldFolder.above(place));
        }
        for (Path folder : touched) {
            if (folder.equals(HeldFolder.HERE) || root.exists(folder)) {
                disk.sync(root, folder);
            }
        }
    }

    private static EnvironmentException failed(
            String what, Environment environment, IOException e) {
        return new EnvironmentException(
                Message.of(
                        "cannot %s %s: %s%s\nnothing has been changed",
                        what, environment.root(), Cause.of(e), Cause.advice(e, environment.root())),
                e);
    }

    /** Undoes what has been begun and not decided, and clears the staging folder away. */
    @Override
    public void close() throws EnvironmentException {
        try (held;
                shared) {
            fresh.close();
            if (!decided) {
                Recovery.of(dossier, disk).undo(held);
            }
        } catch (IOException e) {
            throw failed("give up the lock of", environment, e);
        }
    }
}
