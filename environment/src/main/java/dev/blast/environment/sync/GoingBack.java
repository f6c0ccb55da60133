package dev.blast.environment.sync;

import dev.blast.environment.Caller;
import dev.blast.environment.Cause;
import dev.blast.environment.Directories;
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
import dev.blast.environment.change.Patience;
import dev.blast.environment.change.Recovery;
import dev.blast.environment.change.Restorable;
import dev.blast.environment.change.Snapshot;
import dev.blast.environment.change.Timeline;
import dev.blast.environment.change.Transaction;
import dev.blast.environment.change.WriterLock;
import dev.blast.environment.install.Contents;
import dev.blast.environment.install.InstallException;
import dev.blast.environment.install.Store;
import dev.blast.environment.tree.Tree;
import dev.blast.environment.tree.TreeChange;
import dev.blast.environment.tree.TreeEntry;
import dev.blast.environment.tree.TreeStage;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes an environment again what a generation left, file for file, without an index. That is a
 * change like any other, journaled, and a generation of its own. One at a time for each object.
 */
public final class GoingBack {
    private final Directories directories;
    private final Store store;
    private final Caller caller;
    private final Disk disk;

    public GoingBack(Directories directories, Store store, Caller caller) {
        this(directories, store, caller, Disk.real());
    }

    /** On a disk that may stop. */
    GoingBack(Directories directories, Store store, Caller caller, Disk disk) {
        this.directories = directories;
        this.store = store;
        this.caller = caller;
        this.disk = disk;
    }

    /** Where to. */
    public sealed interface To {
        /** To a generation. */
        record Numbered(int number) implements To {}

        /** To before the last change. */
        record Undo() implements To {}

        /** To where the last undo came from. */
        record Redo() implements To {}
    }

    /** What came of it. */
    public sealed interface Answer {
        /**
         * The environment is what it was.
         *
         * @param to the generation that it is as; 0 where nothing had been there
         * @param generation that this is
         * @param diff from what was there before
         * @param found what had been made of the environment by others meanwhile
         * @param remarks what is not as it was, or should be known
         */
        record Done(
                int to,
                Generation generation,
                GenerationDiff diff,
                Optional<Generation> found,
                Optional<String> recovered,
                List<String> remarks,
                Duration elapsed)
                implements Answer {}

        /** It is that already. */
        record There(int number) implements Answer {}

        /**
         * There is nothing to undo or to redo.
         *
         * @param why where that is not as it should be
         */
        record Nowhere(To to, Optional<String> why) implements Answer {}

        /**
         * No such generation is known.
         *
         * @param why where that is not as it should be
         */
        record Unknown(int number, List<Integer> known, Optional<String> why) implements Answer {}
    }

    /**
     * Does it.
     *
     * @param command as it was typed
     * @throws dev.blast.environment.change.LockedException where another command is changing the
     *     environment and the patience ends
     */
    public Answer run(Dossier dossier, To to, String command, Patience patience)
            throws EnvironmentException {
        long began = System.nanoTime();
        try (WriterLock _ = dossier.lock(command, patience.longest(), patience.waiting());
                History history = History.of(dossier)) {
            Recovery recovery = Recovery.of(dossier, disk);
            Optional<String> recovered = recovery.recover(history);
            history.verify();
            Optional<String> lost =
                    history.isLost(Applied.left(dossier.environment()))
                            ? Optional.of(History.LOST)
                            : Optional.empty();
            try (Snapshot now = Snapshot.take(dossier, history, store, caller, Instant.now())) {
                return to(to, command, dossier, history, now, recovered, lost, began);
            } finally {
                recovery.tidy();
            }
        }
    }

    private Answer to(
            To to,
            String command,
            Dossier dossier,
            History history,
            Snapshot now,
            Optional<String> recovered,
            Optional<String> lost,
            long began)
            throws EnvironmentException {
        List<Generation> all = history.generations();
        Timeline timeline = Timeline.of(all);
        Optional<Timeline.Point> wanted =
                switch (to) {
                    case To.Numbered(int number) ->
                            Optional.of(new Timeline.Point(state(number, all), number));
                    case To.Undo() -> timeline.undo();
                    case To.Redo() -> timeline.redo();
                };
        if (wanted.isEmpty()) {
            return new Answer.Nowhere(to, lost);
        }
        int number = wanted.get().state();
        Optional<Generation> target = all.stream().filter(it -> it.number() == number).findFirst();
        if (number != 0 && target.isEmpty()) {
            return new Answer.Unknown(
                    to instanceof To.Numbered(int asked) ? asked : number,
                    all.stream().map(Generation::number).sorted().toList(),
                    lost);
        }
        if (number == timeline.now()) {
            return new Answer.There(number);
        }
        Restorable then =
                number == 0
                        ? Restorable.NOTHING
                        : history.restorable(number).orElseThrow(() -> notKept(number));
        Generation last = all.getFirst();
        Optional<Restorable> lately = history.restorable(last.number());
        TreeChange change = TreeChange.between(now.tree(), then.tree());
        requireInterpreter(number, then.tree());
        try (Contents contents = contents(target, last);
                Transaction transaction = Transaction.begin(dossier, disk)) {
            TreeStage.require(change.coming(), contents);
            TreeStage.lay(change.coming(), transaction.fresh(), contents);
            contents.keepSeals();
            transaction.remove(change.going());
            transaction.keep(change.lasting());
            transaction.trees(now.tree(), Tree.of(change.coming()));
            Generation generation = generation(to, number, target, last, transaction, command);
            var remarks = new ArrayList<String>();
            Optional<Applied> applied = applied(dossier.environment(), then);
            if (applied.isPresent()) {
                publish(transaction, dossier.environment(), applied.get(), generation, then);
            }
            lock(dossier.environment(), then, lately, transaction, remarks);
            var project = new ProjectReturn(dossier.environment().project());
            if (to instanceof To.Redo) {
                project.redo(wanted.get().by(), history);
            } else {
                project.undo(timeline.since(number), history);
            }
            project.into(transaction);
            remarks.addAll(project.remarks());
            transaction.commit(generation, history);
            applied.ifPresent(it -> Entries.note(dossier.environment(), it.sitePackages()));
            if (then.tree().isEmpty()) {
                new Environments(directories).forget(dossier.environment());
            }
            GenerationDiff diff = GenerationDiff.of(last, generation);
            return new Answer.Done(
                    number,
                    generation,
                    diff,
                    now.found(),
                    recovered,
                    remarks,
                    Duration.ofNanos(System.nanoTime() - began));
        } catch (InstallException e) {
            throw new EnvironmentException(
                    Message.of(
                            "generation %d cannot be brought back: %s\nnothing has been changed; blast sync brings what the project asks for",
                            number, e.getMessage()),
                    e);
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of(
                            "cannot bring generation %d back to %s: %s%s\nnothing has been changed",
                            number,
                            dossier.environment().root(),
                            Cause.of(e),
                            Cause.advice(e, dossier.environment().root())),
                    e);
        }
    }

    /** A generation that brought another one back is that one. */
    private static int state(int number, List<Generation> all) {
        return all.stream()
                .filter(it -> it.number() == number && it.occasion().isReturn())
                .mapToInt(it -> it.occasion().restored())
                .findFirst()
                .orElse(number);
    }

    private static EnvironmentException notKept(int number) {
        return new EnvironmentException(
                Message.of(
                        "generation %d cannot be brought back: it is from a Blast that did not keep what files there were\nnothing has been changed",
                        number));
    }

    private Contents contents(Optional<Generation> target, Generation last) throws IOException {
        return Contents.of(
                store,
                Stream.concat(target.stream(), Stream.of(last))
                        .flatMap(it -> it.packages().stream())
                        .map(Generation.Installed::sha256)
                        .toList());
    }

    /** It was there when the generation was made, and would not start without. */
    private static void requireInterpreter(int number, Tree tree) throws EnvironmentException {
        if (tree.at("bin/python").orElse(null) instanceof TreeEntry.Link(_, _, String target)
                && target.startsWith("/")
                && !Files.isExecutable(Path.of(target))) {
            throw new EnvironmentException(
                    Message.of(
                            "generation %d cannot be brought back: its interpreter %s is not there any more\nnothing has been changed; blast sync --python X makes the environment with another one",
                            number, target));
        }
    }

    private Generation generation(
            To to,
            int number,
            Optional<Generation> target,
            Generation last,
            Transaction transaction,
            String command) {
        Occasion.Kind kind =
                switch (to) {
                    case To.Numbered _ -> Occasion.Kind.ROLLBACK;
                    case To.Undo() -> Occasion.Kind.UNDO;
                    case To.Redo() -> Occasion.Kind.REDO;
                };
        return new Generation(
                last.number() + 1,
                transaction.id(),
                Instant.now(),
                Occasion.of(kind, command, caller).restoring(number),
                target.map(Generation::strategy).orElse(""),
                target.map(Generation::python).orElse(last.python()),
                target.map(Generation::policy).orElse(last.policy()),
                target.map(Generation::packages).orElse(List.of()),
                target.map(Generation::lifted).orElse(List.of()),
                target.map(Generation::requirements).orElse(List.of()));
    }

    /**
     * As the generation left it; where that was not Blast's, as of one whose packages are all
     * others'.
     */
    private static Optional<Applied> applied(Environment environment, Restorable then) {
        return then.applied().isPresent()
                ? Optional.of(Applied.parse(then.applied().get()))
                : Applied.left(environment);
    }

    private void publish(
            Transaction transaction,
            Environment environment,
            Applied applied,
            Generation generation,
            Restorable then)
            throws EnvironmentException {
        Applied now =
                then.applied().isPresent() ? applied.as(generation) : applied.emptied(generation);
        transaction.publish(Applied.file(environment), now.text());
        if (!then.tree().isEmpty()) {
            var environments = new Environments(directories);
            transaction.publish(
                    environments.file(environment),
                    Environments.entry(applied.name(), environment));
        }
    }

    /** The lock goes back with the environment, unless others have changed it since. */
    private static void lock(
            Environment environment,
            Restorable then,
            Optional<Restorable> lately,
            Transaction transaction,
            Collection<String> remarks)
            throws EnvironmentException {
        Optional<String> there = Transaction.there(environment.lockFile());
        if (then.lock().isEmpty() || then.lock().equals(there)) {
            return;
        }
        if (there.isEmpty() || lately.filter(it -> it.lock().equals(there)).isPresent()) {
            transaction.publish(environment.lockFile(), then.lock().get());
        } else {
            remarks.add(ProjectReturn.stays(String.valueOf(environment.lockFile().getFileName())));
        }
    }
}
