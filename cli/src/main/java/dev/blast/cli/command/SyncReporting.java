package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.CompareReport;
import dev.blast.cli.report.NoSolutionReport;
import dev.blast.cli.report.ShownWaysReport;
import dev.blast.cli.syntax.Arguments;
import dev.blast.cli.syntax.CommandName;
import dev.blast.cli.syntax.Nearest;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.advisories.AdvisoryStore;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.Dossier;
import dev.blast.environment.change.History;
import dev.blast.environment.change.Impasse;
import dev.blast.environment.change.KeptDecisions;
import dev.blast.environment.change.Unmade;
import dev.blast.environment.interpreter.Elsewhere;
import dev.blast.environment.project.PlannedEdit;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Grounds;
import dev.blast.environment.session.Policies;
import dev.blast.environment.session.Workspace;
import dev.blast.environment.sync.Compared;
import dev.blast.environment.sync.Comparison;
import dev.blast.environment.sync.Sync;
import dev.blast.environment.sync.SyncResult;
import dev.blast.index.IndexException;
import dev.blast.index.IndexStatistics;
import dev.blast.index.settings.ForeignSettings;
import dev.blast.solver.PrereleaseWish;
import dev.blast.solver.repair.RepairListener;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One synchronisation as {@code start} and {@code sync} ask for it; what is not an answer for
 * people becomes a failure.
 */
final class SyncReporting {
    /** What they make of a project is said by its file alone. */
    private static final List<String> PARTS =
            List.of("--group", "--only-group", "--requirement", "--constraint");

    private static final List<String> PARTS_AT_ONCE =
            List.of("--all-groups", "--all-extras", "--no-dev", "--no-default-groups");

    /** What no shell takes for more than a word. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./=-]+");

    private final Invocation invocation;
    private final Workspace workspace;
    private final Environment environment;
    private final @Nullable String name;
    private final ConflictTelling conflict;

    /**
     * @param folder of the project
     * @throws Failure where no project can be there, or no environment where one is asked for
     */
    SyncReporting(Invocation invocation, Workspace workspace, Path folder)
            throws EnvironmentException, Failure {
        this(
                invocation,
                workspace,
                Whereabouts.of(invocation, workspace, Grounds.real(folder)),
                null);
        Workspaces.requireGround(environment.project(), workspace);
    }

    /**
     * @param name of the environment, if it is made now; null where the project has one for it
     */
    SyncReporting(
            Invocation invocation,
            Workspace workspace,
            Environment environment,
            @Nullable String name) {
        this.environment = environment;
        this.name = name;
        this.invocation = invocation;
        this.workspace = workspace;
        this.conflict =
                new ConflictTelling(
                        invocation.console(),
                        invocation.arguments().has("--explain"),
                        isEdit() ? "blast %s …".formatted(command()) : "blast sync");
    }

    private String command() {
        return invocation.arguments().command();
    }

    /** What ways out there are is for the project as it would be, and it is as it was. */
    private boolean isEdit() {
        return List.of(CommandName.ADD.word(), CommandName.REMOVE.word()).contains(command());
    }

    /** The project as it is written, with the lock of this environment. */
    Project project() throws EnvironmentException {
        return Project.at(environment.project()).lockedIn(environment);
    }

    /** The one that it is about; it need not be there yet. */
    Environment environment() {
        return environment;
    }

    /**
     * What a finished run leaves for the report.
     *
     * @param statistics what was read of the index
     * @param prereleases when they may be chosen
     */
    record Finished(
            SyncResult.Reached result,
            IndexStatistics statistics,
            PrereleaseWish prereleases,
            AskedProject.Parts parts) {}

    /**
     * What the last change left, where nothing could come out differently: no rule is loaded and no
     * project parsed.
     */
    Optional<Applied> upToDate() throws EnvironmentException, Failure {
        for (String line : Wishes.elsewhere(environment, invocation.environment())) {
            invocation.console().complain(line);
        }
        Arguments asked = invocation.arguments();
        if (PARTS.stream().anyMatch(option -> !asked.values(option).isEmpty())
                || PARTS_AT_ONCE.stream().anyMatch(asked::has)) {
            return Optional.empty();
        }
        Optional<Applied> applied =
                Sync.upToDate(
                        workspace.dossier(environment),
                        new AskedSync(invocation, workspace)
                                .options(null, name(null).orElse(null), indexes()),
                        workspace.interpreters().startingNothingIn(environment.project()));
        if (applied.isPresent()) {
            workspace.environments().enter(applied.get().name(), environment);
        }
        return applied;
    }

    /** Runs it; an answer without versions, interpreter or permission is thrown. */
    Finished run(Project declared, Policies policies)
            throws EnvironmentException, IndexException, Failure {
        return run(
                declared, policies, (indexes, job) -> new Sync(tools(indexes, conflict)).run(job));
    }

    /** The same for a way out that was shown. */
    Finished repair(Project declared, Policies policies, String letter)
            throws EnvironmentException, IndexException, Failure {
        return run(
                declared,
                policies,
                (indexes, job) ->
                        new Sync(tools(indexes, RepairListener.SILENT)).repair(job, letter));
    }

    /**
     * The same with an edit of the project's files; empty where these are no more as the edit was
     * planned for, and nothing was done.
     *
     * @param edited as the project is then
     */
    Optional<Finished> edit(Project edited, Policies policies, PlannedEdit edit)
            throws EnvironmentException, IndexException, Failure {
        var meanwhile = new AtomicBoolean();
        try {
            return Optional.of(
                    run(
                            edited,
                            policies,
                            (indexes, job) -> {
                                SyncResult result =
                                        new Sync(tools(indexes, conflict)).edit(job, edit);
                                meanwhile.set(result instanceof SyncResult.EditedMeanwhile);
                                return result;
                            }));
        } catch (Failure no) {
            if (meanwhile.get()) {
                return Optional.empty();
            }
            throw no;
        }
    }

    /** The ways out that were shown last. */
    ShownWaysReport shown() throws EnvironmentException, Failure {
        try (History history = History.of(workspace.dossier(environment))) {
            List<Impasse> impasses = history.impasses();
            Optional<Impasse> last =
                    impasses.stream().filter(impasse -> !impasse.ways().isEmpty()).findFirst();
            if (last.isEmpty()) {
                answered(new SyncResult.NothingShown());
            }
            return ShownWaysReport.of(last.orElseThrow(), impasses.size());
        }
    }

    /** What is run between the beginning and the end of a synchronisation. */
    private interface Running {
        SyncResult run(Indexes indexes, Sync.Job job) throws EnvironmentException, IndexException;
    }

    private Finished run(Project declared, Policies policies, Running running)
            throws EnvironmentException, IndexException, Failure {
        var lock = new LockOnly(invocation);
        Project project = lock.lockOf(told(declared));
        try (Indexes indexes = indexes().forProject(project)) {
            Sync.Job job = job(project, policies);
            Optional<Elsewhere> machine = lock.machine();
            if (machine.isPresent()) {
                var sync = new Sync(tools(indexes, conflict));
                SyncResult.Reached planned =
                        answered(
                                agreed(
                                        (_, asked) -> sync.elsewhere(asked, machine.get()),
                                        indexes,
                                        job));
                sayWhatIsNotLifted(planned);
                return new Finished(
                        planned,
                        indexes.statistics(),
                        project.prereleases(),
                        AskedProject.parts(invocation.arguments(), project));
            }
            SyncResult.Reached result =
                    noted(agreed(running, indexes, job), workspace.dossier(environment));
            sayWhatTheLockLost(result);
            sayWhatIsNotLifted(result);
            indexes.cacheProblem().ifPresent(invocation.console()::complain);
            Wishes.say(project, result, invocation.environment(), invocation.console());
            return new Finished(
                    result,
                    indexes.statistics(),
                    project.prereleases(),
                    AskedProject.parts(invocation.arguments(), project));
        }
    }

    /** Runs it; a person at a terminal is asked before a lock loses something. */
    private SyncResult agreed(Running running, Indexes indexes, Sync.Job job)
            throws EnvironmentException, IndexException, Failure {
        SyncResult result = running.run(indexes, job);
        if (!(result instanceof SyncResult.LockKept kept) || !invocation.interactive()) {
            return result;
        }
        LockQuestion.requireConsent(kept, invocation.console());
        return running.run(indexes, job.with(job.options().overwritingLock()));
    }

    /** A question about the sync that would be run here. */
    interface Asking<T> {
        T of(Sync.Tools tools, Sync.Job job) throws EnvironmentException, IndexException, Failure;
    }

    /** Asks it. */
    <T> T ask(Project declared, Policies policies, Asking<T> question)
            throws EnvironmentException, IndexException, Failure {
        Project project = asked(declared, foreign(declared));
        try (Indexes indexes = indexes().forProject(project)) {
            return question.of(tools(indexes), job(project, policies));
        }
    }

    /** What each of these strategies would choose. */
    CompareReport compare(Project declared, Policies policies, List<String> names)
            throws EnvironmentException, IndexException, Failure {
        Project project = told(declared);
        try (Indexes indexes = indexes().forProject(project)) {
            return switch (new Comparison(tools(indexes)).of(job(project, policies), names)) {
                case Compared.Table table -> new CompareReport(project.name(), table);
                case Compared.UnknownStrategy(String name, var strategies) -> {
                    var known = new ArrayList<>(strategies);
                    known.add(Comparison.AUTO);
                    var help = new ArrayList<>(Nearest.hint(name, known));
                    help.add("strategies: " + String.join(", ", known));
                    throw new Failure(
                            Exit.USAGE,
                            "--compare: no rule defines the strategy '%s'".formatted(name),
                            help);
                }
                case Compared.NoSolution(var unsolvable, var waysOut) ->
                        throw new Failure(
                                Exit.NO_SOLUTION,
                                new NoSolutionReport(unsolvable.proof(), waysOut, false));
                case Compared.StrategyConflict(var rules) -> throw SyncFailures.conflict(rules);
                case Compared.NoInterpreter(var search) ->
                        throw new Failure(Exit.FINDINGS, search.message(), List.of());
            };
        }
    }

    /** The same; what of it is not read or followed is said. */
    private Project told(Project declared) throws EnvironmentException, IndexException, Failure {
        ForeignSettings foreign = foreign(declared);
        Project project = asked(declared, foreign);
        NotRead.say(project, invocation.console());
        sayWhatIsNotFollowed(foreign);
        return project;
    }

    /** The project with what the command line and variables say besides. */
    private Project asked(Project declared, ForeignSettings foreign)
            throws EnvironmentException, Failure {
        return new AskedProject(invocation).of(declared, foreign);
    }

    private Indexes indexes() {
        return Indexes.of(invocation.arguments(), workspace, environment);
    }

    private Sync.Tools tools(Indexes indexes) {
        return tools(indexes, RepairListener.SILENT);
    }

    private Sync.Tools tools(Indexes indexes, RepairListener repairs) {
        return new Sync.Tools(
                workspace.directories(),
                workspace.interpreters(),
                workspace.store(),
                indexes,
                new BuildBench(invocation, workspace),
                invocation.console().progress(),
                repairs,
                InstantSource.system());
    }

    private Sync.Job job(Project project, Policies policies) throws EnvironmentException, Failure {
        return new Sync.Job(
                project,
                environment,
                policies.policy(),
                followedFrom(project),
                workspace.caller(invocation.interactive(), environment),
                new AskedSync(invocation, workspace)
                        .options(project, name(project).orElse(null), indexes()),
                PatienceOption.of(invocation));
    }

    /** The policy files, and what the rules know of holes by. */
    private List<Path> followedFrom(Project project) throws EnvironmentException {
        var inputs = new ArrayList<Path>(workspace.sources().inputs(project, workspace.trust()));
        inputs.add(new AdvisoryStore(workspace.directories()).current());
        return inputs;
    }

    private void sayWhatTheLockLost(SyncResult.Reached result) {
        Optional<String> lost =
                switch (result) {
                    case SyncResult.Done done -> done.answer().lockLost();
                    case SyncResult.Planned(SyncResult.Answer answer) -> answer.lockLost();
                    case SyncResult.UpToDate _ -> Optional.empty();
                };
        lost.ifPresent(sentence -> invocation.console().complain(sentence));
    }

    private void sayWhatIsNotLifted(SyncResult.Reached result) {
        List<String> remarks =
                switch (result) {
                    case SyncResult.Done done -> done.answer().liftRemarks();
                    case SyncResult.Planned(SyncResult.Answer answer) -> answer.liftRemarks();
                    case SyncResult.UpToDate _ -> List.of();
                };
        remarks.forEach(invocation.console()::complain);
    }

    /** What people have set for pip and uv: its constraints narrow the project. */
    private ForeignSettings foreign(Project project) throws IndexException {
        return ForeignSettings.read(
                workspace.variables(), workspace.home(), environment.root(), project.directory());
    }

    private void sayWhatIsNotFollowed(ForeignSettings foreign) {
        var unread = new TreeSet<>(foreign.unread());
        unread.addAll(Wishes.notFollowed(workspace.variables()));
        if (!unread.isEmpty()) {
            invocation
                    .console()
                    .complain("not followed, though set: %s".formatted(String.join(", ", unread)));
        }
    }

    private Optional<String> name(@Nullable Project project) throws EnvironmentException {
        Optional<String> asked =
                invocation.arguments().value("--name").or(() -> Optional.ofNullable(name));
        return asked.isPresent() || project == null || environment.exists()
                ? asked
                : Whereabouts.nameBeside(workspace, environment, project.name());
    }

    /** Why there is no environment is kept for those who ask for it later. */
    private SyncResult.Reached noted(SyncResult result, Dossier dossier)
            throws EnvironmentException, Failure {
        try {
            SyncResult.Reached answered = answered(result);
            if (answered instanceof SyncResult.Done) {
                Unmade.forget(dossier);
            }
            return answered;
        } catch (Failure no) {
            if (!dossier.environment().exists() && !invocation.arguments().has("--repair")) {
                var why = new ArrayList<>(no.message().text().lines().toList());
                why.addAll(no.help());
                new Unmade(Instant.now(), invocation.line(), why).keep(dossier);
            }
            throw no;
        }
    }

    private SyncResult.Reached answered(SyncResult result) throws Failure {
        return switch (result) {
            case SyncResult.Reached reached -> reached;
            case SyncResult.NotReached no -> throw failure(no);
        };
    }

    /** What a sync without an answer is to people. */
    Failure failure(SyncResult.NotReached no) {
        return new SyncFailures(
                        invocation.console(),
                        conflict,
                        again(List.of()),
                        new KeptDecisions(workspace.dossier(environment)),
                        name == null && !isEdit(),
                        invocation.arguments().has("--frozen") ? "--frozen" : "the lock")
                .of(no);
    }

    /** The sync for what was asked, with some words more. */
    String again(List<String> more) {
        var words = new ArrayList<>(List.of("blast", "sync"));
        PARTS_AT_ONCE.stream().filter(invocation.arguments()::has).forEach(words::add);
        var options = new ArrayList<>(PARTS);
        options.addAll(List.of("--extra", "--strategy", "--prerelease", "--python"));
        for (String option : options) {
            for (String value : invocation.arguments().values(option)) {
                words.addAll(List.of(option, value));
            }
        }
        words.addAll(more);
        return words.stream()
                .map(word -> PLAIN.matcher(word).matches() ? word : "'%s'".formatted(word))
                .collect(Collectors.joining(" "));
    }
}
