package dev.blast.environment.sync;

import dev.blast.environment.Cause;
import dev.blast.environment.Directories;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Environments;
import dev.blast.environment.change.Dossier;
import dev.blast.environment.change.Generation;
import dev.blast.environment.change.History;
import dev.blast.environment.change.Patience;
import dev.blast.environment.change.Restorable;
import dev.blast.environment.change.Retention;
import dev.blast.environment.change.WriterLock;
import dev.blast.environment.install.Store;
import dev.blast.environment.install.StoreSweep;
import dev.blast.environment.install.Trees;
import dev.blast.environment.saves.Save;
import dev.blast.environment.saves.Saves;
import dev.blast.environment.tree.TreeEntry;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Forgets generations that need not be kept, and whole histories of what is gone: of a project
 * whose folder is not there, of an environment that was cleaned away. Then it takes out of the
 * store what no generation names any more. What cannot be read is taken for something that names
 * everything: then nothing goes.
 */
public final class Sweeping {
    private final Directories directories;
    private final Store store;
    private final boolean allGone;

    public Sweeping(Directories directories, Store store) {
        this(directories, store, false);
    }

    /**
     * One that may forget more.
     *
     * @param allGone whether projects whose folder is not there are forgotten though they are young
     */
    public Sweeping(Directories directories, Store store, boolean allGone) {
        this.directories = directories;
        this.store = store;
        this.allGone = allGone;
    }

    /**
     * What came of it.
     *
     * @param forgotten generations, by the name of their environment
     * @param gone the histories that were forgotten whole
     * @param histories how many name what stays
     * @param saves that name it too
     */
    public record Result(
            Map<String, Integer> forgotten,
            Gone gone,
            int histories,
            int saves,
            StoreSweep.Swept swept) {}

    /**
     * Histories that were forgotten whole.
     *
     * @param projects whose folders are not there, sorted
     * @param cleaned how many of environments that were taken away and never brought back
     */
    public record Gone(List<Path> projects, int cleaned) {
        public Gone {
            projects = List.copyOf(projects);
        }
    }

    /**
     * Does it.
     *
     * @param dry only tells what would be done
     * @return empty where another command uses the store
     * @throws dev.blast.environment.change.LockedException where another command is changing an
     *     environment and the patience ends
     */
    public Optional<Result> run(
            Retention retention, Instant now, boolean dry, String command, Patience patience)
            throws EnvironmentException {
        var forgotten = new TreeMap<String, Integer>();
        Map<Path, Set<Integer>> leaving = new HashMap<>();
        Map<Path, Environments.Entry> listed = new HashMap<>();
        for (Environments.Entry entry : new Environments(directories).list()) {
            Dossier dossier = Dossier.of(directories, entry.environment());
            listed.put(dossier.folder(), entry);
            if (!Files.exists(dossier.history()) || isAway(entry)) {
                continue;
            }
            try (WriterLock _ = dossier.lock(command, patience.longest(), patience.waiting());
                    History history = History.of(dossier)) {
                Set<Integer> numbers = retention.forgotten(history.generations(), now);
                if (!numbers.isEmpty()) {
                    forgotten.merge(entry.name(), numbers.size(), Integer::sum);
                    leaving.put(dossier.folder(), numbers);
                }
                if (!dry) {
                    history.forget(numbers);
                }
            }
        }
        try {
            Optional<StoreSweep> sweep = StoreSweep.of(store);
            if (sweep.isEmpty()) {
                return Optional.empty();
            }
            try (StoreSweep alone = sweep.get()) {
                var wheels = new HashSet<String>();
                var hashes = new HashSet<String>();
                var kept = new ArrayList<Path>();
                var lost = new ArrayList<Lost>();
                for (Path folder : histories()) {
                    var history = new Lost(folder, listed.get(folder));
                    if (history.isAway() && isOver(history, retention, now)) {
                        lost.add(history);
                    } else {
                        name(folder, leaving.getOrDefault(folder, Set.of()), wheels, hashes);
                        kept.add(folder);
                    }
                }
                var saves = new Saves(directories);
                int saved = name(saves, wheels, hashes);
                if (!dry) { // who saves or changes uses the store, and nobody does now
                    saves.tidy();
                    for (Lost history : lost) {
                        forget(history);
                    }
                }
                return Optional.of(
                        new Result(
                                forgotten,
                                gone(lost),
                                kept.size(),
                                saved,
                                alone.run(wheels, hashes, dry)));
            }
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of(
                            "cannot sweep %s: %s%s",
                            store.directory(), Cause.of(e), Cause.advice(e, store.directory())),
                    e);
        }
    }

    private static boolean isAway(Environments.Entry entry) {
        return !Files.exists(entry.environment().project());
    }

    /**
     * A history that may be forgotten whole.
     *
     * @param entry null where the environment was cleaned away
     */
    private record Lost(Path dossier, Environments.@Nullable Entry entry) {
        boolean isAway() {
            return (entry == null || Sweeping.isAway(entry)) && !Dossier.isChanging(dossier);
        }
    }

    private boolean isOver(Lost lost, Retention retention, Instant now)
            throws EnvironmentException {
        if (lost.entry() != null && allGone) {
            return true;
        }
        try (History history = History.in(lost.dossier())) {
            history.verify();
            return retention.isOver(history.generations(), now);
        } catch (EnvironmentException e) {
            throw unread(e);
        }
    }

    /** The list goes first: what is interrupted then is found once it is old. */
    private void forget(Lost lost) throws IOException, EnvironmentException {
        if (lost.entry() != null) {
            new Environments(directories).forget(lost.entry().environment());
        }
        Trees.delete(lost.dossier());
    }

    private static Gone gone(List<Lost> lost) {
        List<Path> projects =
                lost.stream()
                        .flatMap(it -> Stream.ofNullable(it.entry()))
                        .map(entry -> entry.environment().project())
                        .sorted()
                        .distinct()
                        .toList();
        return new Gone(projects, (int) lost.stream().filter(it -> it.entry() == null).count());
    }

    private static EnvironmentException unread(EnvironmentException e) {
        return new EnvironmentException(
                Message.of(
                        "%s\nnothing was taken out of the store: that history may name all of it",
                        e.getMessage()),
                e);
    }

    /** The dossiers that have one, those of environments that have been taken away too. */
    private List<Path> histories() throws IOException {
        var histories = new ArrayList<Path>();
        try (DirectoryStream<Path> dossiers =
                Files.newDirectoryStream(directories.data().resolve("environments"))) {
            for (Path dossier : dossiers) {
                if (Files.exists(dossier.resolve("state.db"))) {
                    histories.add(dossier);
                }
            }
        } catch (NoSuchFileException _) {
            return List.of();
        }
        return histories;
    }

    private static int name(Saves saves, Set<String> wheels, Set<String> hashes)
            throws EnvironmentException {
        try {
            List<Save> all = saves.list();
            for (Save save : all) {
                save.packages().forEach(it -> wheels.add(it.sha256()));
                save.tree().files().stream().map(TreeEntry.File::hash).forEach(hashes::add);
            }
            return all.size();
        } catch (EnvironmentException e) {
            throw new EnvironmentException(
                    Message.of(
                            "%s\nnothing was taken out of the store: that save may name all of it",
                            Message.of(e)),
                    e);
        }
    }

    private static void name(
            Path dossier, Set<Integer> leaving, Set<String> wheels, Set<String> hashes)
            throws EnvironmentException {
        try (History history = History.in(dossier)) {
            history.verify();
            for (Generation generation : history.generations()) {
                if (leaving.contains(generation.number())) {
                    continue;
                }
                generation.packages().forEach(it -> wheels.add(it.sha256()));
                Optional<Restorable> left = history.restorable(generation.number());
                if (left.isPresent()) {
                    left.get().tree().files().stream()
                            .map(TreeEntry.File::hash)
                            .forEach(hashes::add);
                }
            }
        } catch (EnvironmentException e) {
            throw unread(e);
        }
    }
}
