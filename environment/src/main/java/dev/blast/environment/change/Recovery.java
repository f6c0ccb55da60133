package dev.blast.environment.change;

import dev.blast.environment.Cause;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.HeldFolder;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings an environment whose change was interrupted back to the state before it, or on to the
 * state after it: before, unless the journal says {@code commit}. Each part may itself be
 * interrupted and is then done again. Used by the thread that holds the {@link WriterLock}.
 */
public final class Recovery {
    private final Dossier dossier;
    private final Environment environment;
    private final Disk disk;

    private Recovery(Dossier dossier, Disk disk) {
        this.dossier = dossier;
        this.environment = dossier.environment();
        this.disk = disk;
    }

    public static Recovery of(Dossier dossier, Disk disk) {
        return new Recovery(dossier, disk);
    }

    /**
     * Finishes or undoes what an earlier command left open, and removes leftovers. Says what it
     * did, in one line.
     */
    public Optional<String> recover(History history) throws EnvironmentException {
        Optional<Journal> found = read();
        if (found.isEmpty() && !Files.exists(texts()) && !Staging.isIn(environment)) {
            return Optional.empty();
        }
        try (HeldEnvironment held = HeldEnvironment.open(environment)) {
            if (found.isEmpty() || !found.get().planned()) {
                clear(held);
                return Optional.empty();
            }
            Journal journal = found.get();
            if (!isOf(journal, held)) {
                if (!journal.committed()) {
                    undoEdits(journal, held);
                }
                clear(held);
                return Optional.of(
                        "the change to generation %d was interrupted, and %s has been replaced since: it is left as it is"
                                .formatted(journal.generation(), environment.root()));
            }
            if (journal.committed()) {
                finish(history, held);
                return Optional.of(
                        "the change to generation %d was interrupted when it was already decided, and has been finished"
                                .formatted(journal.generation()));
            }
            int done = 0;
            Staging staging = Staging.of(dossier, journal.id());
            for (Rename step : journal.steps()) {
                done += staging.isDone(step, held.root()) ? 1 : 0;
            }
            undo(journal, held);
            return Optional.of(
                    "the change to generation %d was interrupted after %d of %d steps and has been undone (nothing lost)"
                            .formatted(journal.generation(), done, journal.steps().size()));
        } catch (IOException e) {
            throw failed("undo the interrupted change of", e);
        }
    }

    private Path texts() {
        return dossier.folder().resolve(Staging.TEXTS);
    }

    private Optional<Journal> read() throws EnvironmentException {
        try {
            return Journal.read(dossier.journal());
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /** Whether this is the folder that the journal was written for. */
    private boolean isOf(Journal journal, HeldEnvironment held) throws IOException {
        return held.isThere() && held.root().exists(Staging.of(dossier, journal.id()).folder());
    }

    /**
     * To the state before. A place where something else has appeared meanwhile gets its old
     * content; the other is kept.
     */
    void undo(HeldEnvironment held) throws EnvironmentException {
        Optional<Journal> journal = read();
        if (journal.isPresent() && journal.get().committed()) {
            throw new IllegalStateException("a decided change cannot be undone: " + environment);
        }
        try {
            if (journal.isPresent() && journal.get().planned() && isOf(journal.get(), held)) {
                undo(journal.get(), held);
            } else {
                clear(held);
            }
        } catch (IOException e) {
            throw failed("undo the interrupted change of", e);
        }
    }

    private void undo(Journal journal, HeldEnvironment held) throws IOException {
        Staging staging = Staging.of(dossier, journal.id());
        undoEdits(journal, held);
        for (Rename step : journal.steps().reversed()) {
            if (staging.isDone(step, held.root())) {
                undo(step, staging, journal, held.root());
            }
        }
        clear(held);
    }

    private void undoEdits(Journal journal, HeldEnvironment held) throws IOException {
        var files =
                new ProjectEdits(
                        held.project(), Staging.of(dossier, journal.id()), journal.id(), disk);
        for (Journal.Edit edit : journal.edits().reversed()) {
            files.undo(edit);
        }
    }

    private void undo(Rename step, Staging staging, Journal journal, HeldFolder root)
            throws IOException {
        Path place = Path.of(step.path());
        switch (step) {
            case Rename.Place(String path) -> {
                if (root.exists(place)) {
                    disk.move(root, place, staging.fresh(path));
                }
            }
            case Rename.Remove(String path, int slot, _) -> {
                if (root.exists(place)) {
                    setAside(root, place, path, journal);
                }
                disk.move(root, staging.old(slot), place);
            }
        }
    }

    /**
     * From the decided change to its end. The history comes before the journal's removal, so no
     * generation is ever left out.
     */
    void finish(History history, HeldEnvironment held) throws EnvironmentException {
        Journal journal =
                read().orElseThrow(() ->
                        new IllegalStateException("nothing is being changed in " + environment));
        Staging staging = Staging.of(dossier, journal.id());
        try {
            for (Journal.Publication publication : journal.publications()) {
                Path text = staging.publish(publication.slot());
                if (Files.exists(text)) {
                    held.publish(publication.target(), Files.readString(text), journal.id(), disk);
                    // an edit made after it was written is not overwritten by a second finish
                    disk.delete(text);
                }
            }
            HeldFolder root = held.root();
            for (Rename step : journal.steps()) {
                if (step instanceof Rename.Remove(String path, int slot, boolean keep)
                        && keep
                        && root.exists(staging.old(slot))) {
                    setAside(root, staging.old(slot), path, journal);
                }
            }
            history.add(
                    Generation.parse(Files.readString(staging.generation())),
                    Restorable.parse(Files.readString(staging.restorable())));
            clear(held);
            root.deleteTree(Staging.ALL, disk::delete); // another's too: it is all laid out anew
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of(
                            "%s has been changed (generation %d), but not tidied up: %s\nthe next command does it",
                            environment.root(), journal.generation(), Cause.of(e)),
                    e);
        }
    }

    private void setAside(HeldFolder root, Path what, String path, Journal journal)
            throws IOException {
        Path target = Path.of(".blast", "displaced", journal.id()).resolve(path);
        disk.makeFolders(root, HeldFolder.above(target));
        disk.move(root, what, target);
    }

    /**
     * The journal first: a step's state is read off the staging folder, so no journal may outlive
     * it. Then the staging folders that our texts name, and no other's; then the texts.
     */
    private void clear(HeldEnvironment held) throws IOException {
        if (!Files.isDirectory(dossier.folder())) {
            return;
        }
        disk.delete(dossier.journal());
        disk.sync(dossier.folder());
        try (HeldFolder own = HeldFolder.open(dossier.folder())) {
            for (Path id : own.names(Staging.TEXTS)) {
                if (held.isThere()) {
                    held.root().deleteTree(Staging.ALL.resolve(id), disk::delete);
                }
            }
            if (held.isThere() && held.root().names(Staging.ALL).isEmpty()) {
                disk.delete(held.root(), Staging.ALL);
            }
            own.deleteTree(Staging.TEXTS, disk::delete);
        }
    }

    /**
     * The last thing that a command does under the lock: an environment whose first change was
     * undone goes, and so does a dossier that holds nothing but the lock; with it the lock's file,
     * so nothing may be changed afterwards.
     */
    public void tidy() throws EnvironmentException {
        try {
            Path blast = environment.folder().getFileName();
            if (List.of(blast.toString()).containsAll(names(environment.root()))
                    && List.of("lock").containsAll(names(environment.folder()))) {
                disk.delete(SharedLock.file(environment));
                disk.delete(environment.folder());
                removeEmpty(environment.root());
            }
            if (names(dossier.folder()).equals(List.of("lock"))) {
                disk.delete(dossier.lockFile());
                disk.delete(dossier.folder());
            }
        } catch (IOException e) {
            throw failed("tidy up", e);
        }
    }

    /** One that something is mounted on stays. */
    private void removeEmpty(Path folder) throws IOException {
        try {
            disk.delete(folder);
        } catch (FileSystemException e) {
            if (!"Device or resource busy".equals(e.getReason())) {
                throw e;
            }
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            var names = new ArrayList<String>();
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
            return names;
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private EnvironmentException failed(String what, IOException e) {
        return new EnvironmentException(
                Message.of(
                        "cannot %s %s: %s\nthe next command tries again",
                        what, environment.root(), Cause.of(e)),
                e);
    }
}
