package dev.blast.environment;

import dev.blast.environment.install.HeldFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * One change of one environment: everything or nothing, killed at whatever instant. Made and used
 * by the thread that holds the {@link WriterLock}.
 *
 * <ol>
 *   <li>What comes is laid out under {@link #staging}; what goes is named. The environment is
 *       untouched, and a kill leaves only a folder that the next command removes.
 *   <li>{@link #commit} plans the renames ({@link Renames}) and makes the plan durable ({@link
 *       Journal}).
 *   <li>The renames are done. A kill from here on is undone by {@link Recovery}, which reads off
 *       the disk how far they got.
 *   <li>The journal says {@code commit}: the change has happened. A kill from here on is finished
 *       by {@link Recovery}.
 *   <li>Texts outside the packages ({@code applied}, the lock file) are published, the generation
 *       enters the history, and what went is deleted.
 * </ol>
 */
final class Transaction implements AutoCloseable {
    private final Dossier dossier;
    private final Environment environment;
    private final Disk disk;
    private final String id;
    private final Staging staging;
    private final Set<String> going = new TreeSet<>();
    private final Set<String> lasting = new TreeSet<>();
    private final List<Journal.Publication> publications = new ArrayList<>();
    private boolean decided;

    private Transaction(Dossier dossier, Disk disk, String id) {
        this.dossier = dossier;
        this.environment = dossier.environment();
        this.disk = disk;
        this.id = id;
        this.staging = Staging.of(dossier, id);
    }

    /**
     * Begins with an empty staging folder. An earlier, interrupted change must have been recovered
     * before.
     */
    static Transaction begin(Dossier dossier, Disk disk) throws EnvironmentException {
        var transaction = new Transaction(dossier, disk, UUID.randomUUID().toString());
        try {
            disk.createDirectories(transaction.staging());
            disk.createDirectories(dossier.environment().root().resolve(transaction.staging.old()));
            disk.createDirectories(transaction.staging.texts());
        } catch (IOException e) {
            throw transaction.failed("prepare", e);
        }
        return transaction;
    }

    /** Where new files are laid out, as they will lie in the environment. */
    Path staging() {
        return environment.root().resolve(staging.fresh());
    }

    String id() {
        return id;
    }

    /** These go: files, or folders with all that is in them; relative to the environment. */
    void remove(Set<String> paths) {
        going.addAll(paths);
    }

    /** These folders stay even if nothing is left in them. */
    void keep(Set<String> folders) {
        lasting.addAll(folders);
    }

    /** Writes a file outside the packages once the change is decided, replacing it whole. */
    void publish(Path target, String text) throws EnvironmentException {
        Path folder = target.toAbsolutePath().getParent();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        if (folder == null || !Files.isWritable(folder)) {
            // found out now, while nothing has changed; once the change is decided it would only be
            // stuck
            throw new EnvironmentException(
                    "cannot write %s: %s cannot be written to\nnothing has been changed"
                            .formatted(target, folder));
        }
        int slot = publications.size();
        try {
            disk.append(staging.publish(slot), text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failed("prepare", e);
        }
        publications.add(new Journal.Publication(slot, target.toAbsolutePath().normalize()));
    }

    /**
     * Does it. When this returns, the change is durable and finished. When it throws, nothing has
     * changed, unless the message says that undoing failed too; then the next command goes on
     * undoing.
     */
    void commit(Generation generation, History history) throws EnvironmentException {
        Path journal = dossier.journal();
        try (HeldFolder root = HeldFolder.open(environment.root())) {
            disk.append(staging.generation(), generation.text().getBytes(StandardCharsets.UTF_8));
            List<Step> steps = Renames.plan(environment.root(), staging(), going, lasting);
            var plan = new Journal(id, generation.number(), steps, publications, true, false);
            disk.append(journal, plan.plan());
            disk.sync(dossier.folder());
            long planned = Files.size(journal);
            try {
                apply(steps, root);
                disk.append(journal, Journal.commit());
            } catch (IOException e) {
                withdraw(journal, planned, e);
                throw e;
            }
            decided = true;
        } catch (IOException e) {
            throw failed("change", e);
        }
        Recovery.of(dossier, disk).finish(history);
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
                    "cannot change %s: %s\nThe next command finishes the change or undoes it"
                            .formatted(environment.root(), Cause.of(failure)),
                    failure);
        }
    }

    private void apply(List<Step> steps, HeldFolder root) throws IOException {
        Set<Path> touched = new LinkedHashSet<>();
        for (Step step : steps) {
            Path place = Path.of(step.path());
            switch (step) {
                case Step.Remove(_, int slot, _) -> disk.move(root, place, staging.old(slot));
                case Step.Place(String path) -> disk.move(root, staging.fresh(path), place);
            }
            touched.add(environment.root().resolve(place).getParent());
        }
        for (Path folder : touched) {
            if (Files.isDirectory(folder)) {
                disk.sync(folder);
            }
        }
    }

    private EnvironmentException failed(String what, IOException e) {
        return new EnvironmentException(
                "cannot %s %s: %s%s\nnothing has been changed"
                        .formatted(
                                what,
                                environment.root(),
                                Cause.of(e),
                                Cause.advice(e, environment.root())),
                e);
    }

    /** Undoes what has been begun and not decided, and clears the staging folder away. */
    @Override
    public void close() throws EnvironmentException {
        if (!decided) {
            Recovery.of(dossier, disk).undo();
        }
    }
}
