package dev.blast.environment.sync;

import dev.blast.environment.Caller;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.Disk;
import dev.blast.environment.change.Dossier;
import dev.blast.environment.change.Generation;
import dev.blast.environment.change.History;
import dev.blast.environment.change.LockedException;
import dev.blast.environment.change.Occasion;
import dev.blast.environment.change.Patience;
import dev.blast.environment.change.Recovery;
import dev.blast.environment.change.Snapshot;
import dev.blast.environment.change.Transaction;
import dev.blast.environment.change.WriterLock;
import dev.blast.environment.install.Store;
import dev.blast.environment.install.Venv;
import dev.blast.environment.tree.Tree;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Takes away what can be made again: the venv with all its packages. The history stays, and the
 * next {@code start} goes on from there. A change like any other: journaled, and a generation of
 * its own.
 */
public final class Clean {
    private Clean() {}

    /**
     * Does it; empty where there is nothing to take away.
     *
     * @throws LockedException where another command is changing the environment and the patience
     *     ends
     */
    public static Optional<Generation> run(
            Dossier dossier,
            Store store,
            Caller caller,
            String command,
            Instant now,
            Patience patience)
            throws EnvironmentException {
        Environment environment = dossier.environment();
        try (WriterLock _ = dossier.lock(command, patience.longest(), patience.waiting());
                History history = History.of(dossier)) {
            Recovery recovery = Recovery.of(dossier, Disk.real());
            recovery.recover(history);
            if (!environment.exists()) {
                recovery.tidy();
                return Optional.empty();
            }
            history.verify();
            Optional<Applied> before = Applied.of(environment);
            try (Snapshot snapshot = Snapshot.take(dossier, history, store, caller, now);
                    Transaction transaction = Transaction.begin(dossier, Disk.real())) {
                transaction.trees(snapshot.tree(), Tree.EMPTY);
                transaction.remove(Venv.PARTS);
                var generation =
                        new Generation(
                                history.next(before),
                                transaction.id(),
                                now,
                                Occasion.of(Occasion.Kind.CLEAN, command, caller),
                                "",
                                before.map(Applied::python).orElse(""),
                                before.map(Applied::policy).orElse(""),
                                List.of(),
                                List.of(),
                                List.of());
                if (before.isPresent()) {
                    transaction.publish(
                            Applied.file(environment), before.get().emptied(generation).text());
                }
                transaction.commit(generation, history);
                return Optional.of(generation);
            }
        }
    }
}
