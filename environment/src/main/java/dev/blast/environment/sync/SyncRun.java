package dev.blast.environment.sync;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Environments;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.Disk;
import dev.blast.environment.change.Dossier;
import dev.blast.environment.change.Entries;
import dev.blast.environment.change.Generation;
import dev.blast.environment.change.HeldEnvironment;
import dev.blast.environment.change.History;
import dev.blast.environment.change.KeptDecisions;
import dev.blast.environment.change.Snapshot;
import dev.blast.environment.change.Transaction;
import dev.blast.environment.install.ChangedWheelException;
import dev.blast.environment.install.HeldFolder;
import dev.blast.environment.install.StoredWheel;
import dev.blast.environment.project.AmendedFile;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.solver.Note;
import dev.blast.solver.Resolution;
import dev.blast.solver.Unsolvable;
import dev.blast.solver.repair.WaysOut;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One sync under the writer lock, from what is found to what is committed. */
final class SyncRun {
    private final Sync.Tools tools;

    private final Sync.Job job;
    private final History history;
    private final Optional<String> recovered;
    private final boolean historyIsNew;
    private final boolean torn;
    private final Mending mending;

    private final ChangedWheels changed;

    /** The environment knows of generations, and this user's data has none. */
    private boolean lost;

    /**
     * @param historyIsNew an old one was put aside: a generation is made even if nothing else is to
     *     be done
     * @param torn a change was begun here that this user's data does not know
     * @param mending what is done besides
     */
    SyncRun(
            Sync.Tools tools,
            Sync.Job job,
            History history,
            Optional<String> recovered,
            boolean historyIsNew,
            boolean torn,
            Mending mending) {
        this.mending = mending;
        this.changed = new ChangedWheels(tools.store());
        this.tools = tools;
        this.job = job;
        this.history = history;
        this.recovered = recovered;
        this.historyIsNew = historyIsNew;
        this.torn = torn;
    }

    SyncResult run() throws EnvironmentException, IndexException {
        return run(
                Base.of(
                        job.environment(),
                        job.project(),
                        job.options(),
                        tools.interpreters(),
                        torn));
    }

    SyncResult run(Base on) throws EnvironmentException, IndexException {
        return switch (on) {
            case Base.NotFound(var search) -> new SyncResult.NoInterpreter(search);
            case Base.Found base -> {
                if (!job.project().declared()) {
                    Undeclared.requireNothingLost(job, base);
                }
                yield resolve(AddressSearch.situation(tools, job, base));
            }
        };
    }

    /** What came of versions that were tried. */
    private sealed interface Outcome {
        record Ended(SyncResult result) implements Outcome {}

        /** Some cannot be installed. */
        record Unusable(List<dev.blast.environment.sync.Unusable> versions) implements Outcome {}

        /** The rules refuse the files of some, whatever else is installed. */
        record Refused(List<SyncResult.Refusal> refusals) implements Outcome {}

        /** A wheel was changed in the store, and has to be brought again. */
        record Discarded() implements Outcome {}

        /** What is installed has to be brought again, for the reasons given. */
        record Again(Map<PackageName, String> reasons) implements Outcome {}
    }

    /** One bad file is one version less: the search goes on without it. */
    private SyncResult resolve(Situation situation) throws EnvironmentException, IndexException {
        Set<PackageName> unknown = new TreeSet<>(job.options().upgraded());
        unknown.removeAll(situation.names());
        if (!unknown.isEmpty()) {
            return new SyncResult.UnknownNames(List.copyOf(unknown), situation.names());
        }
        Index index = situation.index(tools.index());
        var lifting = Lifting.of(Inquiry.of(tools, situation.job(), situation), index);
        if (lifting.denied().isPresent()) {
            return lifting.denied().get();
        }
        var passedOver = new PassedOver(situation);
        Map<PackageName, String> again = new TreeMap<>();
        while (true) {
            var firstWay = new FirstWay(tools.repairs());
            var resolving =
                    new Resolving(
                            tools.with(firstWay),
                            situation.job(),
                            situation,
                            passedOver.unusable());
            switch (resolving.run(index)) {
                case Resolving.Result.NoSolution(var unsolvable) -> {
                    if (situation.parts().isWider()) {
                        return resolve(situation.narrowed());
                    }
                    return passedOver.refusedAlone().isPresent()
                            ? passedOver.refusedAlone().get()
                            : noSolution(situation, unsolvable, resolving, firstWay);
                }
                case Resolving.Result.Unresolved none -> {
                    return resolving.notReached(none);
                }
                case Resolving.Result.Resolved resolved -> {
                    if (!situation.canBeLocked(resolved.resolution())) {
                        return resolve(situation.narrowed());
                    }
                    switch (carryOut(situation, resolved, index, lifting, passedOver, again)) {
                        case Outcome.Ended(var result) -> {
                            return result;
                        }
                        case Outcome.Unusable(var versions) -> passedOver.add(versions);
                        case Outcome.Refused(var refusals) -> {
                            Optional<SyncResult> end = passedOver.addRefused(refusals);
                            if (end.isPresent()) {
                                return end.get();
                            }
                        }
                        case Outcome.Discarded() -> {
                            // what is brought now is unpacked anew
                        }
                        case Outcome.Again(var reasons) -> again.putAll(reasons);
                    }
                }
            }
        }
    }

    private SyncResult noSolution(
            Situation situation, Unsolvable unsolvable, Resolving resolving, FirstWay firstWay)
            throws EnvironmentException {
        History.warm();
        WaysOut waysOut = resolving.waysOut();
        return new SyncResult.NoSolution(
                unsolvable,
                waysOut,
                ImpasseRecord.of(
                        situation, unsolvable, waysOut, firstWay.time(), tools.clock().instant()));
    }

    private Outcome carryOut(
            Situation situation,
            Resolving.Result.Resolved resolved,
            Index index,
            Lifting lifting,
            PassedOver passedOver,
            Map<PackageName, String> again)
            throws EnvironmentException, IndexException {
        Resolution resolution = resolved.resolution();
        Resolving.Followed followed = resolved.followed();
        SyncPlan plan = SyncPlanner.plan(situation, resolution, again);
        Everywhere.Locked locked = locked(situation, resolution, index);
        Optional<String> lock =
                job.options().frozen()
                                || !situation.job().project().declared()
                                || isUnlockable(situation)
                                || isSettled(situation, resolution)
                        ? Optional.of(situation.lock().text())
                        : LockText.of(locked, Map.of(), situation);
        boolean lockChanged = !lock.equals(Optional.of(situation.lock().text()));
        Optional<SyncResult> kept = lockChanged ? situation.keepsLock() : Optional.empty();
        if (kept.isPresent()) {
            return new Outcome.Ended(kept.get());
        }
        List<Note> notes = new ArrayList<>(resolution.notes());
        notes.addAll(passedOver.notes());
        var answer =
                new SyncResult.Answer(
                        plan,
                        situation.interpreter(),
                        followed.strategies(),
                        resolved.lookedPast(),
                        Displacement.of(
                                plan,
                                resolved.request(),
                                resolution,
                                situation.lock().pins().values()),
                        job.options().explain()
                                ? Optional.of(worth(situation, resolved, plan, index))
                                : Optional.empty(),
                        SyncRecord.lifted(resolution),
                        lifting.remarks(resolution),
                        notes,
                        situation.installed(resolution).pins().size(),
                        Optional.of(resolution.statistics()),
                        job.project().lockFile(),
                        lock,
                        situation.covered(resolution),
                        lockChanged,
                        lockChanged ? situation.lost() : Optional.empty(),
                        locked.elsewhere(),
                        mending.edit().files(locked.lowest()),
                        recovered);
        if (job.options().dryRun()) {
            return new Outcome.Ended(new SyncResult.Planned(answer));
        }
        lost = !historyIsNew && history.isLost(situation.applied());
        boolean nothingToDo =
                plan.isEmpty()
                        && mending.repaired().isEmpty()
                        && answer.edits().isEmpty()
                        && !situation.base().isFresh()
                        && situation.base().missing().isEmpty()
                        && SyncRecord.isKnown(situation.applied(), answer.lifted())
                        && lock.isPresent()
                        && !historyIsNew
                        && !lost;
        return nothingToDo
                ? new Outcome.Ended(
                        confirm(situation, situation.applied().get(), followed, answer, lock.get()))
                : applyOrDiscard(situation, locked, resolution, followed, answer, index);
    }

    private Everywhere.Locked locked(Situation situation, Resolution resolution, Index index)
            throws EnvironmentException, IndexException {
        return Everywhere.isWanted(situation)
                ? Everywhere.of(tools, situation, resolution, index)
                : Everywhere.alone(situation, resolution);
    }

    private static boolean isSettled(Situation situation, Resolution resolution) {
        return !situation.job().options().universal() && situation.lock().settles(resolution);
    }

    /** A project that can only be read, and has no lock, goes without. */
    private boolean isUnlockable(Situation situation) {
        Path folder = job.project().directory();
        return !situation.lock().isPresent()
                && !Files.isWritable(folder)
                && job.project().lockFile().startsWith(folder);
    }

    private static Worth worth(
            Situation situation, Resolving.Result.Resolved resolved, SyncPlan plan, Index index)
            throws IndexException {
        Resolution resolution = resolved.resolution();
        boolean fromLock =
                resolution.pins().stream()
                        .allMatch(pin -> situation.lock().pins().containsKey(pin.name()));
        return Worth.of(resolved.request(), resolution, fromLock, plan, index);
    }

    private Outcome applyOrDiscard(
            Situation situation,
            Everywhere.Locked locked,
            Resolution resolution,
            Resolving.Followed followed,
            SyncResult.Answer answer,
            Index index)
            throws EnvironmentException, IndexException {
        try {
            return apply(situation, locked, resolution, followed, answer, index);
        } catch (EnvironmentException e) {
            if (e.getCause() instanceof ChangedWheelException it && changed.discard(it)) {
                return new Outcome.Discarded();
            }
            throw e;
        }
    }

    /**
     * What is there is what is wanted: only what it followed from is noted anew, and no generation
     * is made.
     */
    private SyncResult confirm(
            Situation situation,
            Applied applied,
            Resolving.Followed followed,
            SyncResult.Answer answer,
            String lock)
            throws EnvironmentException {
        Path lockFile = job.project().lockFile();
        Applied confirmed =
                SyncRecord.applied(
                        applied.generation(),
                        applied.time(),
                        situation,
                        followed,
                        answer.lifted(),
                        situation.distInfosAfter(answer.plan()),
                        textOf(answer, lockFile, lock));
        if (answer.lockChanged()) {
            HeldEnvironment.write(job.environment(), lockFile, lock);
        }
        if (Files.isWritable(job.environment().folder())) { // else the next sync looks again
            HeldEnvironment.write(
                    job.environment(), Applied.file(job.environment()), confirmed.text());
            Entries.note(job.environment(), confirmed.sitePackages());
        }
        new Environments(tools.directories()).enter(situation.name(), job.environment());
        return new SyncResult.Planned(answer);
    }

    /** What files will hold. A lock without a text is a file that is not there. */
    private Map<Path, byte[]> textOf(SyncResult.Answer answer, Path lockFile, String lock) {
        Map<Path, byte[]> texts = new HashMap<>();
        for (AmendedFile file : answer.edits()) {
            texts.put(job.project().directory().resolve(file.file()), file.after());
        }
        if (!lock.isEmpty()) {
            texts.put(lockFile, lock.getBytes(StandardCharsets.UTF_8));
        }
        return texts;
    }

    private Outcome apply(
            Situation situation,
            Everywhere.Locked locked,
            Resolution resolution,
            Resolving.Followed followed,
            SyncResult.Answer answer,
            Index index)
            throws EnvironmentException, IndexException {
        long began = System.nanoTime();
        History.warm();
        HeldFolder.warm();
        var wheels =
                new Wheels(
                        tools.store(),
                        new Workshop(tools, situation),
                        tools.directories().cache().resolve("downloads"),
                        tools.progress());
        Map<PackageName, StoredWheel> stored = wheels.bring(answer.plan().incoming(), index);
        if (!wheels.unusable().isEmpty()) {
            return new Outcome.Unusable(wheels.unusable());
        }
        var installation = new Installation(situation, answer.plan(), stored);
        if (!installation.unusable().isEmpty()) {
            return new Outcome.Unusable(installation.unusable());
        }
        List<SyncResult.Refusal> refusals = installation.refusals(situation.context(), index);
        new KeptDecisions(dossier()).keep(installation.decisions());
        if (!refusals.isEmpty()) {
            return PassedOver.mayBePassedOver(refusals, situation)
                    ? new Outcome.Refused(refusals)
                    : new Outcome.Ended(new SyncResult.Refused(refusals));
        }
        if (!installation.repairs().isEmpty()) {
            return new Outcome.Again(installation.repairs());
        }
        tools.progress().phase("installing");
        history.verify();
        boolean another = !lost && history.isOfAnother(situation.applied());
        Instant now = tools.clock().instant();
        try (Snapshot snapshot =
                        Snapshot.take(dossier(), history, tools.store(), job.caller(), now);
                Transaction transaction = Transaction.begin(dossier(), Disk.real())) {
            installation.stage(transaction, tools.store(), snapshot);
            Path lockFile = job.project().lockFile();
            String lock =
                    answer.lockChanged()
                            ? LockText.whole(locked, stored, situation)
                            : situation.lock().text();
            Generation generation =
                    SyncRecord.generation(
                                    history.next(situation.applied()),
                                    transaction.id(),
                                    now,
                                    situation,
                                    situation.installed(resolution),
                                    followed.strategies().getFirst().name(),
                                    installation,
                                    snapshot.generation())
                            .with(mending.repaired());
            Applied applied =
                    SyncRecord.applied(
                            generation.number(),
                            now,
                            situation,
                            followed,
                            answer.lifted(),
                            installation.distInfos(),
                            textOf(answer, lockFile, lock));
            for (AmendedFile file : answer.edits()) {
                transaction.edit(file.file(), file.before(), file.after());
            }
            if (answer.lockChanged()) {
                transaction.publish(lockFile, lock);
            }
            transaction.publish(Applied.file(job.environment()), applied.text());
            transaction.publish(
                    new Environments(tools.directories()).file(job.environment()),
                    Environments.entry(situation.name(), job.environment()));
            transaction.commit(generation, history);
            Entries.note(job.environment(), applied.sitePackages());
            return new Outcome.Ended(
                    new SyncResult.Done(
                            answer,
                            generation,
                            situation.base().isNew(),
                            situation.base().rebuild(),
                            Duration.ofNanos(System.nanoTime() - began),
                            wheels.downloaded(),
                            warnings(situation, another, snapshot)));
        }
    }

    /**
     * @param another what stands here is not what our history is of
     */
    private List<String> warnings(Situation situation, boolean another, Snapshot snapshot) {
        List<String> warnings = new ArrayList<>(situation.base().unasked());
        List<String> missing = situation.base().missing();
        if (!missing.isEmpty()) {
            warnings.add("was missing, and is there again: " + String.join(", ", missing));
        }
        snapshot.found()
                .map(Generation::number)
                .ifPresent(number ->
                        warnings.add(
                                "what others had made of the environment is kept as generation %d: blast rollback %d brings it back"
                                        .formatted(number, number)));
        dossier().planted().ifPresent(warnings::add);
        warnings.addAll(situation.addressed().lacks());
        if (isUnlockable(situation)) {
            warnings.add(
                    "%s is not written, since %s cannot be written to: the next sync may choose other versions"
                            .formatted(
                                    job.project().lockFile().getFileName(),
                                    job.project().directory()));
        }
        if (lost) {
            warnings.add(History.LOST);
        }
        if (another) {
            warnings.add(
                    "another environment was put here than the one whose history is kept; the history goes on with this one");
        }
        warnings.addAll(changed.warnings());
        return warnings;
    }

    private Dossier dossier() {
        return Dossier.of(tools.directories(), job.environment());
    }
}
