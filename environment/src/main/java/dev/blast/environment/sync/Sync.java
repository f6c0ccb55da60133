package dev.blast.environment.sync;

import dev.blast.environment.Caller;
import dev.blast.environment.Cause;
import dev.blast.environment.Directories;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Environments;
import dev.blast.environment.SitePackages;
import dev.blast.environment.address.Repositories;
import dev.blast.environment.build.Builds;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.Disk;
import dev.blast.environment.change.Dossier;
import dev.blast.environment.change.Entries;
import dev.blast.environment.change.History;
import dev.blast.environment.change.LockedException;
import dev.blast.environment.change.Patience;
import dev.blast.environment.change.ProjectEdits;
import dev.blast.environment.change.Recovery;
import dev.blast.environment.change.Staging;
import dev.blast.environment.change.WriterLock;
import dev.blast.environment.install.Store;
import dev.blast.environment.install.Venv;
import dev.blast.environment.interpreter.Elsewhere;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.interpreter.Interpreters;
import dev.blast.environment.policies.PolicySources;
import dev.blast.environment.project.AmendedFile;
import dev.blast.environment.project.PlannedEdit;
import dev.blast.environment.project.Project;
import dev.blast.environment.project.UnnamedRequirement;
import dev.blast.index.DistributionFile;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Session;
import dev.blast.solver.BuildException;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.repair.RepairListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Makes an environment hold what its project asks for; makes the environment where there is none.
 * One sync at a time for each object; the writer lock keeps others off the same environment.
 */
public final class Sync {
    private final Tools tools;

    public Sync(Tools tools) {
        this.tools = tools;
    }

    /**
     * What a sync works with, and where it takes things from and keeps them.
     *
     * @param repairs hears of a conflict and its ways out while they are found
     */
    public record Tools(
            Directories directories,
            Interpreters interpreters,
            Store store,
            IndexSource index,
            BuildsSource builds,
            Progress progress,
            RepairListener repairs,
            InstantSource clock) {
        Tools with(RepairListener other) {
            return new Tools(
                    directories, interpreters, store, index, builds, progress, other, clock);
        }

        Tools with(Progress other) {
            return new Tools(
                    directories, interpreters, store, index, builds, other, repairs, clock);
        }
    }

    /** Opens the index of a sync. */
    public interface IndexSource {
        /**
         * Opens it.
         *
         * @param interpreter the environment's, whose pip may know where packages are
         * @param bound names that one index is asked for and no other, with its address
         */
        Index open(Interpreter interpreter, Map<PackageName, String> bound) throws IndexException;
    }

    /** Opens what builds the sources of a sync. */
    public interface BuildsSource {
        /**
         * Opens it.
         *
         * @param session who asks
         * @param interpreter that the wheels are for
         * @param index where archives and what their builds need are had from
         * @param asking how the sync asks the solver
         */
        Builds open(
                Job job,
                Session session,
                Interpreter interpreter,
                Index index,
                UnaryOperator<Request> asking);

        /** Where repositories are brought from. */
        Repositories repositories();

        /** Hears of a source that gave no wheel; another version may be taken instead. */
        default void failed(DistributionFile source, BuildException why) {}
    }

    /**
     * What is to be synchronised.
     *
     * @param policyInputs {@link PolicySources#inputs}, and what else the rules know things by
     */
    public record Job(
            Project project,
            Environment environment,
            Policy policy,
            List<Path> policyInputs,
            Caller caller,
            SyncOptions options,
            Patience patience) {
        public Job {
            policyInputs = List.copyOf(policyInputs);
        }

        /** The same, but only the plan. */
        Job asPlan() {
            return with(options.asPlan());
        }

        /** The same, asked for in another way. */
        public Job with(SyncOptions other) {
            return new Job(project, environment, policy, policyInputs, caller, other, patience);
        }

        Job with(Project other) {
            return new Job(other, environment, policy, policyInputs, caller, options, patience);
        }
    }

    /**
     * Whether a sync would change nothing, answered from a few small files: nothing that the last
     * change followed from is different, its interpreter is one that this user's Blast was told of
     * or found, and the same distributions are there. Empty where a sync has to look.
     */
    public static Optional<Applied> upToDate(
            Dossier dossier, SyncOptions options, Interpreters interpreters)
            throws EnvironmentException {
        Environment environment = dossier.environment();
        if (!options.maySkip() || dossier.isChanging() || Staging.isIn(environment)) {
            return Optional.empty();
        }
        Optional<Applied> applied = Applied.of(environment);
        if (applied.isEmpty()) {
            return Optional.empty();
        }
        Applied last = applied.get();
        boolean same =
                !last.fingerprint().isEmpty()
                        && !last.strategies().isEmpty()
                        && isOf(last, environment)
                        && last.options().equals(options.identity())
                        && options.name().map(last.name()::equals).orElse(true)
                        && last.fingerprint()
                                .equals(
                                        Fingerprint.of(
                                                last.inputs(),
                                                last.interpreter(),
                                                last.options(),
                                                Map.of()))
                        && interpreters.believes(last.interpreter())
                        && leadsTo(environment.root().resolve("bin/python"), last.interpreter())
                        && SitePackages.distInfos(environment.root().resolve(last.sitePackages()))
                                .equals(last.distributions())
                        && Entries.areThere(environment, last.sitePackages());
        return same && isConfigured(environment) ? applied : Optional.empty();
    }

    private static boolean isConfigured(Environment environment) throws EnvironmentException {
        try {
            return Venv.isConfigured(environment.root());
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot look at %s: %s"
                            .formatted(environment.root(), Cause.of(e, environment.root())),
                    e);
        }
    }

    /** A file of the project that was changed after this change, and not seen by a sync since. */
    public static Optional<Path> changedSince(Applied last, Project project)
            throws EnvironmentException {
        boolean same =
                !last.fingerprint().isEmpty()
                        && last.inputs().containsAll(project.inputs())
                        && last.fingerprint()
                                .equals(
                                        Fingerprint.of(
                                                last.inputs(),
                                                last.interpreter(),
                                                last.options(),
                                                Map.of()));
        if (same) {
            return Optional.empty();
        }
        for (Path file : project.inputs()) {
            if (isNewer(file, last)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    private static boolean isNewer(Path file, Applied last) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isAfter(last.time());
        } catch (IOException _) {
            return false; // it is not there, and was not
        }
    }

    /** Whether the environment's python works, and is no link to another interpreter. */
    private static boolean leadsTo(Path python, Path interpreter) throws EnvironmentException {
        try {
            return Files.isExecutable(python)
                    && (!Files.isSymbolicLink(python) || Files.isSameFile(python, interpreter));
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot look at %s: %s".formatted(python, Cause.of(e, python)), e);
        }
    }

    /** A project that was copied with its environment has the original's: its files are others. */
    private static boolean isOf(Applied last, Environment environment) {
        return !last.inputs().isEmpty()
                && last.inputs().getFirst().startsWith(environment.project());
    }

    /**
     * Does it. Whatever is thrown, or returned other than {@link SyncResult.Done}, the environment
     * is as it was.
     *
     * @throws LockedException where another command is changing the environment and the patience
     *     ends
     * @throws IndexException where versions or wheels cannot be had
     * @throws EnvironmentException where anything else does not work
     */
    public SyncResult run(Job job) throws EnvironmentException, IndexException {
        Environment environment = job.environment();
        Dossier dossier = Dossier.of(tools.directories(), environment);
        Optional<Applied> untouched =
                upToDate(
                        dossier,
                        job.options(),
                        tools.interpreters().startingNothingIn(job.project().directory()));
        if (untouched.isPresent()) {
            new Environments(tools.directories()).enter(untouched.get().name(), environment);
            return new SyncResult.UpToDate(untouched.get());
        }
        Base.requirePlace(environment);
        if (!Directories.canBeMade(dossier.folder())) {
            return withoutNotes(job, dossier);
        }
        return underLock(
                job,
                dossier,
                (history, running) -> remembered(running.run(job, Mending.NONE), history));
    }

    /**
     * Takes a way out that was shown for this project, if all that it was found from is the same:
     * the project's files, the environment and the lock become what it says, together.
     *
     * @param letter as it was shown
     */
    public SyncResult repair(Job job, String letter) throws EnvironmentException, IndexException {
        Dossier dossier = Dossier.of(tools.directories(), job.environment());
        Base.requirePlace(job.environment());
        if (!Directories.canBeMade(dossier.folder())) {
            return new SyncResult.NothingShown();
        }
        return underLock(
                job,
                dossier,
                (history, running) ->
                        remembered(
                                new Repairing(job, history.impasses(), running).take(letter),
                                history));
    }

    /**
     * Edits the project's files and makes the environment hold what they say then: both, or
     * neither.
     *
     * @param job with the project as it is then
     */
    public SyncResult edit(Job job, PlannedEdit edit) throws EnvironmentException, IndexException {
        Dossier dossier = Dossier.of(tools.directories(), job.environment());
        Base.requirePlace(job.environment());
        requireNotes(dossier);
        return underLock(
                job,
                dossier,
                (_, running) ->
                        edit.fits(job.project().directory())
                                ? running.run(job, new Mending(edit, Optional.empty()))
                                : new SyncResult.EditedMeanwhile());
    }

    /** Edits the project's files alone; whether they were still as the edit was planned for. */
    public boolean write(Job job, PlannedEdit edit) throws EnvironmentException, IndexException {
        Dossier dossier = Dossier.of(tools.directories(), job.environment());
        requireNotes(dossier);
        Path folder = job.project().directory();
        return underLock(
                job,
                dossier,
                (_, _) -> {
                    boolean fits = edit.fits(folder);
                    if (fits) {
                        for (AmendedFile file : edit.files()) {
                            write(folder, file);
                        }
                    }
                    return fits;
                });
    }

    private static void write(Path folder, AmendedFile file) throws EnvironmentException {
        try {
            ProjectEdits.alone(folder, file.file(), file.before(), file.after());
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of(
                            "cannot write %s: %s\nnothing was changed",
                            file.file(), Cause.of(e, folder.resolve(file.file()))),
                    e);
        }
    }

    private static void requireNotes(Dossier dossier) throws EnvironmentException {
        if (!Directories.canBeMade(dossier.folder())) {
            throw Directories.unwritable(dossier.folder());
        }
    }

    /**
     * What is behind an address that does not say it: its metadata are asked.
     *
     * @return empty where there is no interpreter to ask for
     */
    public Optional<PackageName> name(Job job, UnnamedRequirement unnamed)
            throws EnvironmentException, IndexException {
        if (!(Base.of(
                        job.environment(),
                        job.project(),
                        job.options(),
                        tools.interpreters(),
                        Staging.isIn(job.environment()))
                instanceof Base.Found base)) {
            return Optional.empty();
        }
        var addresses = new AddressSearch.Opened(new Workshop(tools, Situation.of(job, base)));
        return Optional.of(
                AddressSearch.find(
                                addresses,
                                unnamed.url(),
                                unnamed.editable(),
                                null,
                                unnamed.origin())
                        .metadata()
                        .name());
    }

    /** What is done with an environment while nobody else changes it. */
    private interface Locked<T> {
        T run(History history, Repairing.Running running)
                throws EnvironmentException, IndexException;
    }

    private <T> T underLock(Job job, Dossier dossier, Locked<T> locked)
            throws EnvironmentException, IndexException {
        Environment environment = job.environment();
        try (WriterLock _ =
                        dossier.lock(
                                job.options().command(),
                                job.patience().longest(),
                                job.patience().waiting());
                History history = History.of(dossier)) {
            boolean historyIsNew = job.options().force() && history.mend();
            Recovery recovery = Recovery.of(dossier, Disk.real());
            Optional<String> recovered = recovery.recover(history);
            try {
                boolean torn = Staging.isIn(environment);
                return locked.run(
                        history,
                        (what, mending) ->
                                new SyncRun(
                                                tools,
                                                what,
                                                history,
                                                recovered,
                                                historyIsNew,
                                                torn,
                                                mending)
                                        .run());
            } finally {
                recovery.tidy(); // an environment that was made only to hold the lock goes
            }
        }
    }

    /** What would be chosen for another machine. Nothing is changed here, and no lock is taken. */
    public SyncResult elsewhere(Job job, Elsewhere machine)
            throws EnvironmentException, IndexException {
        Job plan = job.with(job.options().asPlan());
        try (History history = History.of(Dossier.of(tools.directories(), job.environment()))) {
            return new SyncRun(tools, plan, history, Optional.empty(), false, false, Mending.NONE)
                    .run(Base.elsewhere(plan, tools.interpreters(), machine));
        }
    }

    /**
     * What could not be noted has been found all the same: only its letters are good for nothing.
     */
    private static SyncResult remembered(SyncResult result, History history) {
        try {
            return switch (result) {
                case SyncResult.NoSolution it -> it.with(history.remember(it.impasse()));
                case SyncResult.Outdated(String letter, String why, SyncResult.NoSolution now) ->
                        new SyncResult.Outdated(
                                letter, why, now.with(history.remember(now.impasse())));
                default -> result;
            };
        } catch (EnvironmentException e) {
            return result;
        }
    }

    /**
     * Where nothing can be noted nothing may be changed; but what is there may be what is wanted,
     * as in an image that is run by somebody without a home.
     */
    private SyncResult withoutNotes(Job job, Dossier dossier)
            throws EnvironmentException, IndexException {
        Environment environment = job.environment();
        Job plan = job.asPlan();
        try (History history = History.of(dossier)) {
            SyncResult result =
                    new SyncRun(
                                    tools,
                                    plan,
                                    history,
                                    Optional.empty(),
                                    false,
                                    Staging.isIn(environment),
                                    Mending.NONE)
                            .run();
            if (result instanceof SyncResult.Planned(SyncResult.Answer answer)
                    && !job.options().dryRun()
                    && (!answer.plan().isEmpty()
                            || answer.lockChanged()
                            || Applied.of(environment).isEmpty())) {
                throw Directories.unwritable(dossier.folder());
            }
            return result;
        }
    }
}
