package dev.blast.environment.sync;

import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Environments;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.Disk;
import dev.blast.environment.change.Dossier;
import dev.blast.environment.change.Entries;
import dev.blast.environment.change.Generation;
import dev.blast.environment.change.GenerationDiff;
import dev.blast.environment.change.History;
import dev.blast.environment.change.Occasion;
import dev.blast.environment.change.Recovery;
import dev.blast.environment.change.Restorable;
import dev.blast.environment.change.Snapshot;
import dev.blast.environment.change.Transaction;
import dev.blast.environment.change.WriterLock;
import dev.blast.environment.install.Contents;
import dev.blast.environment.install.HeldFolder;
import dev.blast.environment.install.Venv;
import dev.blast.environment.saves.Save;
import dev.blast.environment.tree.Tree;
import dev.blast.environment.tree.TreeChange;
import dev.blast.environment.tree.TreeEntry;
import dev.blast.environment.tree.TreeStage;
import dev.blast.solver.lock.LockException;
import dev.blast.solver.lock.LockFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The change that makes an environment what was saved, once that has been looked at. */
final class Placing {
    private final Reviving.Tools tools;
    private final Disk disk;
    private final Reviving.Job job;
    private final Save save;
    private final Revival revival;
    private final Contents contents;
    private final List<String> remarks = new ArrayList<>();

    Placing(
            Reviving.Tools tools,
            Disk disk,
            Reviving.Job job,
            Save save,
            Revival revival,
            Contents contents) {
        this.tools = tools;
        this.disk = disk;
        this.job = job;
        this.save = save;
        this.revival = revival;
        this.contents = contents;
    }

    /**
     * Does it.
     *
     * @param began when all of it began, as {@link System#nanoTime} has it
     */
    Reviving.Answer run(long began) throws IOException, EnvironmentException {
        Dossier dossier = Dossier.of(tools.directories(), job.environment());
        try (WriterLock _ =
                        dossier.lock(
                                job.command(), job.patience().longest(), job.patience().waiting());
                History history = History.of(dossier)) {
            Recovery recovery = Recovery.of(dossier, disk);
            Optional<String> recovered = recovery.recover(history);
            history.verify();
            remarks.addAll(revival.remarks());
            if (history.isLost(Applied.of(job.environment()))) {
                remarks.add(History.LOST);
            }
            try (Snapshot now =
                    Snapshot.take(dossier, history, tools.store(), tools.caller(), Instant.now())) {
                Tree wanted = withOwnWord(now.tree());
                TreeChange change = TreeChange.between(now.tree(), wanted);
                if (change.isEmpty()) {
                    return new Reviving.Answer.There(save);
                }
                TreeStage.require(change.coming(), contents);
                contents.keep();
                return change(dossier, history, now, change, recovered, began);
            } finally {
                recovery.tidy();
            }
        }
    }

    /** What somebody wrote to have an environment ignored, or not, stays. */
    private Tree withOwnWord(Tree now) {
        Optional<TreeEntry> own =
                now.at(Venv.GIT_IGNORE).filter(_ -> revival.tree().at(Venv.GIT_IGNORE).isEmpty());
        if (own.isEmpty()) {
            return revival.tree();
        }
        var entries = new ArrayList<TreeEntry>(revival.tree().entries());
        entries.add(own.get());
        return Tree.of(entries);
    }

    private Reviving.Answer change(
            Dossier dossier,
            History history,
            Snapshot now,
            TreeChange change,
            Optional<String> recovered,
            long began)
            throws IOException, EnvironmentException {
        Environment environment = job.environment();
        Optional<Generation> last = now.generation();
        Optional<Restorable> lately =
                last.isPresent() ? history.restorable(last.get().number()) : Optional.empty();
        try (Transaction transaction = Transaction.begin(dossier, disk)) {
            TreeStage.lay(change.coming(), transaction.fresh(), contents);
            contents.keepSeals();
            transaction.remove(change.going());
            transaction.keep(change.lasting());
            transaction.trees(now.tree(), Tree.of(change.coming()));
            Generation generation = generation(history, transaction);
            Optional<Applied> applied = revival.applied().map(it -> named(it).as(generation));
            if (applied.isPresent()) {
                transaction.publish(Applied.file(environment), applied.get().text());
                transaction.publish(
                        new Environments(tools.directories()).file(environment),
                        Environments.entry(job.name(), environment));
            }
            lock(lately, transaction);
            transaction.commit(generation, history);
            applied.ifPresent(it -> Entries.note(environment, it.sitePackages()));
            return new Reviving.Answer.Done(
                    save,
                    generation,
                    last.isPresent()
                            ? GenerationDiff.of(last.get(), generation)
                            : GenerationDiff.first(generation),
                    now.found(),
                    recovered,
                    revival.other(),
                    remarks,
                    Duration.ofNanos(System.nanoTime() - began));
        }
    }

    private Generation generation(History history, Transaction transaction)
            throws EnvironmentException {
        return new Generation(
                history.next(Applied.of(job.environment())),
                transaction.id(),
                Instant.now(),
                Occasion.of(Occasion.Kind.LOAD, job.command(), tools.caller()),
                revival.strategy(),
                revival.python(),
                revival.policy(),
                revival.packages(),
                List.of(),
                revival.requirements());
    }

    private Applied named(Applied applied) {
        return new Applied(
                job.name(),
                applied.generation(),
                applied.time(),
                applied.python(),
                applied.interpreter(),
                applied.sitePackages(),
                applied.inputs(),
                applied.options(),
                applied.fingerprint(),
                applied.policy(),
                applied.strategies(),
                applied.lifted(),
                applied.distributions(),
                applied.folders());
    }

    /** Whether it is what it is called; a stranger may have written anything into it. */
    private static boolean isLock(String text, Path file) {
        try {
            LockFile.read(text, String.valueOf(file.getFileName()), HeldFolder.above(file));
            return true;
        } catch (LockException _) {
            return false;
        }
    }

    /**
     * Back where it was saved the lock comes back too, unless others have changed it since. At
     * another place it is put where there is none, or where that is asked for.
     */
    private void lock(Optional<Restorable> lately, Transaction transaction)
            throws EnvironmentException {
        Path file = job.environment().lockFile();
        String name = String.valueOf(file.getFileName());
        Optional<String> there = Transaction.there(file);
        if (save.lock().isEmpty() || save.lock().equals(there)) {
            return;
        }
        if (!revival.isBack() && !isLock(save.lock().get(), file)) {
            remarks.add("the lock in the save is none that can be read, and is left out");
            return;
        }
        boolean isOurs =
                revival.isBack() && lately.filter(it -> it.lock().equals(there)).isPresent();
        if (there.isEmpty() || isOurs || job.takesLock()) {
            transaction.publish(file, save.lock().get());
            if (!revival.isBack()) {
                remarks.add("%s is the save's: the next blast sync follows it".formatted(name));
            }
        } else if (revival.isBack()) {
            remarks.add(ProjectReturn.stays(name));
        } else {
            remarks.add(
                    "%s stays, and is not the save's: the next blast sync follows it (--overwrite-lock takes the save's)"
                            .formatted(name));
        }
    }
}
