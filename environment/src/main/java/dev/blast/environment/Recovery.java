package dev.blast.environment;

import dev.blast.environment.install.Trees;
import java.io.IOException;
import java.nio.file.DirectoryStream;
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
final class Recovery {
    private final Environment environment;
    private final Disk disk;

    private Recovery(Environment environment, Disk disk) {
        this.environment = environment;
        this.disk = disk;
    }

    static Recovery of(Environment environment, Disk disk) {
        return new Recovery(environment, disk);
    }

    static Path journal(Environment environment) {
        return environment.folder().resolve("journal");
    }

    /**
     * Finishes or undoes what an earlier command left open, and removes leftovers. Says what it
     * did, in one line.
     */
    Optional<String> recover(History history) throws EnvironmentException {
        Optional<Journal> journal = read();
        if (journal.isPresent() && journal.get().committed()) {
            finish(history);
            return Optional.of(
                    "the change to generation %d was interrupted when it was already decided, and has been finished"
                            .formatted(journal.get().generation()));
        }
        Optional<String> undone =
                journal.filter(Journal::planned)
                        .map(j -> {
                            Staging staging = Staging.of(environment, j.id());
                            return "the change to generation %d was interrupted after %d of %d steps and has been undone (nothing lost)"
                                    .formatted(
                                            j.generation(),
                                            j.steps().stream().filter(staging::isDone).count(),
                                            j.steps().size());
                        });
        undo();
        return undone;
    }

    private Optional<Journal> read() throws EnvironmentException {
        try {
            Optional<Journal> journal = Journal.read(journal(environment));
            if (journal.isPresent()) {
                Confines.check(environment, journal.get());
            }
            return journal;
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /**
     * To the state before. A place where something else has appeared meanwhile gets its old
     * content; the other is kept.
     */
    void undo() throws EnvironmentException {
        Optional<Journal> journal = read();
        if (journal.isPresent() && journal.get().committed()) {
            throw new IllegalStateException("a decided change cannot be undone: " + environment);
        }
        try {
            if (journal.isPresent() && journal.get().planned()) {
                Staging staging = Staging.of(environment, journal.get().id());
                for (Step step : journal.get().steps().reversed()) {
                    if (staging.isDone(step)) {
                        undo(step, staging, journal.get());
                    }
                }
            }
            clear();
        } catch (IOException e) {
            throw failed("undo the interrupted change of", e);
        }
    }

    /**
     * The last thing that a command does under the lock: an environment that was never made, and is
     * there only to hold the lock, goes; with it the lock's file, so nothing may be changed
     * afterwards.
     */
    void tidy() throws EnvironmentException {
        try {
            removeIfNeverMade();
        } catch (IOException e) {
            throw failed("tidy up", e);
        }
    }

    private void undo(Step step, Staging staging, Journal journal) throws IOException {
        Path place = environment.root().resolve(step.path());
        switch (step) {
            case Step.Place(String path) -> {
                if (Staging.exists(place)) {
                    move(place, staging.fresh(path));
                }
            }
            case Step.Remove(String path, int slot, _) -> {
                if (Staging.exists(place)) {
                    setAside(place, path, journal);
                }
                move(staging.old(slot), place);
            }
        }
    }

    /**
     * From the decided change to its end. The history comes before the journal's removal, so no
     * generation is ever left out.
     */
    void finish(History history) throws EnvironmentException {
        Journal journal =
                read().orElseThrow(() ->
                        new IllegalStateException("nothing is being changed in " + environment));
        Staging staging = Staging.of(environment, journal.id());
        try {
            for (Journal.Publication publication : journal.publications()) {
                Path text = staging.publish(publication.slot());
                if (Staging.exists(text)) {
                    Confines.inside(environment, text);
                    Confines.regular(text);
                    disk.replace(publication.target(), Files.readString(text));
                    disk.delete(text); // an edit made after it was written is not overwritten by a
                    // second finish
                }
            }
            for (Step step : journal.steps()) {
                if (step instanceof Step.Remove(String path, int slot, boolean keep)
                        && keep
                        && Staging.exists(staging.old(slot))) {
                    setAside(staging.old(slot), path, journal);
                }
            }
            Confines.inside(environment, staging.generation());
            Confines.regular(staging.generation());
            history.add(Generation.parse(Files.readString(staging.generation())));
            clear();
        } catch (IOException e) {
            throw new EnvironmentException(
                    "%s has been changed (generation %d), but not tidied up: %s\nthe next command does it"
                            .formatted(environment.root(), journal.generation(), Cause.of(e)),
                    e);
        }
    }

    private void setAside(Path what, String path, Journal journal) throws IOException {
        Path displaced = environment.folder().resolve("displaced").resolve(journal.id());
        Path target = displaced.resolve(path);
        Path folder = target.getParent();
        Confines.inside(environment, target);
        disk.createDirectories(folder == null ? displaced : folder);
        move(what, target);
    }

    private void move(Path from, Path to) throws IOException {
        Confines.inside(environment, from);
        Confines.inside(environment, to);
        disk.move(from, to);
    }

    /**
     * The journal first: a step's state is read off the staging folder, so no journal may outlive
     * it.
     */
    private void clear() throws IOException {
        disk.delete(journal(environment));
        if (Files.isDirectory(environment.folder())) {
            disk.sync(environment.folder());
        }
        Trees.delete(Staging.all(environment), disk::delete);
    }

    /**
     * An environment whose first change was undone has not been there before: what the lock made
     * goes too.
     */
    private void removeIfNeverMade() throws IOException {
        List<String> ours = List.of("lock");
        if (names(environment.root()).equals(List.of(environment.folder().getFileName().toString()))
                && ours.containsAll(names(environment.folder()))) {
            disk.delete(environment.folder().resolve("lock"));
            disk.delete(environment.folder());
            disk.delete(environment.root());
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            List<String> names = new ArrayList<>();
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
            return names;
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private EnvironmentException failed(String what, IOException e) {
        return new EnvironmentException(
                "cannot %s %s: %s\nthe next command tries again"
                        .formatted(what, environment.root(), Cause.of(e)),
                e);
    }
}
