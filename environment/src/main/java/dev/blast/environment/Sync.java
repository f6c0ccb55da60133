package dev.blast.environment;

import dev.blast.environment.install.Store;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.interpreter.Interpreters;
import dev.blast.rules.Policy;
import dev.blast.solver.Progress;
import dev.blast.solver.Resolution;
import dev.blast.solver.Strategy;
import dev.blast.solver.index.Index;
import dev.blast.solver.index.IndexException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes an environment hold what its project asks for; makes the environment where there is none.
 * One sync at a time for each object; the writer lock keeps others off the same environment.
 */
public final class Sync {
    private final Tools tools;

    public Sync(Tools tools) {
        this.tools = tools;
    }

    /** What a sync works with, and where it takes things from and keeps them. */
    public record Tools(
            Directories directories,
            Interpreters interpreters,
            Store store,
            IndexSource index,
            Progress progress,
            InstantSource clock) {}

    /**
     * Opens the index; the interpreter is the environment's, whose pip may know where packages are.
     */
    public interface IndexSource {
        Index open(Interpreter interpreter) throws IndexException;
    }

    /**
     * How long to wait for another writer.
     *
     * @param longest zero: not at all
     * @param waiting called once, with whom we wait for
     */
    public record Patience(Duration longest, Consumer<WriterLock.Holder> waiting) {}

    /**
     * What is to be synchronised.
     *
     * @param policyInputs {@link PolicySources#inputs}
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

        String name() {
            return options.name().orElse(project.name());
        }
    }

    /**
     * Whether a sync would change nothing, answered from a few small files: nothing that the last
     * change followed from is different, and the same distributions are there. Empty where a sync
     * has to look.
     */
    public static Optional<Applied> upToDate(Environment environment, SyncOptions options)
            throws EnvironmentException {
        if (!options.maySkip() || Files.exists(Recovery.journal(environment))) {
            return Optional.empty();
        }
        Optional<Applied> applied = environment.applied();
        if (applied.isEmpty()) {
            return Optional.empty();
        }
        Applied last = applied.get();
        boolean same =
                !last.fingerprint().isEmpty()
                        && last.options().equals(options.identity())
                        && options.name().map(last.name()::equals).orElse(true)
                        && last.fingerprint()
                                .equals(
                                        Fingerprint.of(
                                                last.inputs(),
                                                last.interpreter(),
                                                last.options(),
                                                Map.of()))
                        && Files.isExecutable(environment.root().resolve("bin/python"))
                        && SitePackages.distInfos(environment.root().resolve(last.sitePackages()))
                                .equals(last.distributions());
        return same ? applied : Optional.empty();
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
        Optional<Applied> untouched = upToDate(environment, job.options());
        if (untouched.isPresent()) {
            return new SyncResult.UpToDate(untouched.get());
        }
        try (WriterLock lock =
                        environment.lock(
                                job.options().command(),
                                job.patience().longest(),
                                job.patience().waiting());
                History history = History.of(environment)) {
            Optional<String> recovered = Recovery.of(environment, Disk.real()).recover(history);
            try {
                return locked(job, history, recovered);
            } finally {
                Recovery.of(environment, Disk.real())
                        .undo(); // nothing is open; a folder made only for the lock goes
            }
        }
    }

    private SyncResult locked(Job job, History history, Optional<String> recovered)
            throws EnvironmentException, IndexException {
        return switch (Base.of(
                job.environment(), job.project(), job.options(), tools.interpreters())) {
            case Base.NotFound(var search) -> new SyncResult.NoInterpreter(search);
            case Base.Found base -> resolve(job, Situation.of(job, base), history, recovered);
        };
    }

    private SyncResult resolve(
            Job job, Situation situation, History history, Optional<String> recovered)
            throws EnvironmentException, IndexException {
        var index = new LazyIndex(tools.index(), situation.interpreter());
        return switch (new Resolving(tools, job, situation).run(index)) {
            case Resolving.Result.StrategyConflict(var rules) ->
                    new SyncResult.StrategyConflict(rules);
            case Resolving.Result.NoSolution(var unsolvable) ->
                    new SyncResult.NoSolution(unsolvable);
            case Resolving.Result.Resolved(var resolution, var strategy, var reason) -> {
                SyncPlan plan = plan(job, situation, resolution);
                var answer =
                        new SyncResult.Answer(
                                plan,
                                situation.interpreter(),
                                strategy.name(),
                                reason,
                                resolution.notes(),
                                Optional.of(resolution.statistics()),
                                job.project().lockFile(),
                                false,
                                recovered);
                if (job.options().dryRun()) {
                    yield new SyncResult.Planned(answer);
                }
                boolean nothingToDo =
                        plan.isEmpty()
                                && !situation.base().isFresh()
                                && situation.applied().isPresent();
                yield nothingToDo
                        ? confirm(situation, situation.applied().get(), strategy, answer)
                        : apply(job, situation, resolution, strategy, answer, index, history);
            }
        };
    }

    private static SyncPlan plan(Job job, Situation situation, Resolution resolution) {
        List<Wanted> wanted = new ArrayList<>(Wanted.of(resolution));
        boolean hasPip = resolution.pin(Wanted.PIP).isPresent();
        if (!hasPip && situation.installed().stream().noneMatch(d -> d.name().equals(Wanted.PIP))) {
            Wanted.pip(situation.interpreter().bundledWheels()).ifPresent(wanted::add);
        }
        return SyncPlan.of(
                wanted,
                situation.installed(),
                situation.ours(),
                Map.of(),
                job.options().foreigners());
    }

    /**
     * What is there is what is wanted: only what it followed from is noted anew, and no generation
     * is made.
     */
    private static SyncResult confirm(
            Situation situation, Applied applied, Strategy strategy, SyncResult.Answer answer)
            throws EnvironmentException {
        Path file = situation.job().environment().appliedFile();
        try {
            Applied confirmed =
                    SyncRecord.applied(
                            applied.generation(),
                            applied.time(),
                            situation,
                            strategy,
                            applied.distributions(),
                            Map.of());
            AtomicFile.write(file, confirmed.text());
        } catch (IOException e) {
            throw new EnvironmentException("cannot write %s: %s".formatted(file, Cause.of(e)), e);
        }
        return new SyncResult.Planned(answer);
    }

    private SyncResult apply(
            Job job,
            Situation situation,
            Resolution resolution,
            Strategy strategy,
            SyncResult.Answer answer,
            LazyIndex index,
            History history)
            throws EnvironmentException, IndexException {
        long began = System.nanoTime();
        Thread warming = History.warm();
        history.verify();
        var wheels =
                new Wheels(
                        tools.store(),
                        tools.directories().cache().resolve("downloads"),
                        tools.progress());
        var installation =
                new Installation(
                        situation, answer.plan(), wheels.bring(answer.plan().incoming(), index));
        List<SyncResult.Refusal> refusals = installation.refusals(situation.context());
        if (!refusals.isEmpty()) {
            return new SyncResult.Refused(refusals);
        }
        tools.progress().phase("installing");
        try (Transaction transaction = Transaction.begin(job.environment(), Disk.real())) {
            installation.stage(transaction);
            Instant now = tools.clock().instant();
            Generation generation =
                    SyncRecord.generation(
                            transaction.id(), now, situation, resolution, strategy, installation);
            Applied applied =
                    SyncRecord.applied(
                            generation.number(),
                            now,
                            situation,
                            strategy,
                            installation.distInfos(),
                            Map.of());
            transaction.publish(job.environment().appliedFile(), applied.text());
            transaction.commit(generation, history);
            new Environments(tools.directories()).register(job.name(), job.environment());
            warming.join();
            return new SyncResult.Done(
                    answer,
                    generation,
                    situation.base().isNew(),
                    situation.base().rebuild(),
                    Duration.ofNanos(System.nanoTime() - began),
                    wheels.downloaded(),
                    installation.collisions());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException("interrupted after the change was made", e);
        }
    }
}
