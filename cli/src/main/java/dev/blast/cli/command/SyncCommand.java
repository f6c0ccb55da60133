package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.ChangeLine;
import dev.blast.cli.report.ComparePage;
import dev.blast.cli.report.CompareReport;
import dev.blast.cli.report.ConflictPage;
import dev.blast.cli.report.NoSolutionReport;
import dev.blast.cli.report.ProjectReading;
import dev.blast.cli.report.SyncReport;
import dev.blast.environment.Environment;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.FollowedStrategy;
import dev.blast.environment.change.LiftedHold;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Habitat;
import dev.blast.environment.session.Policies;
import dev.blast.environment.session.UnseenEditable;
import dev.blast.environment.session.Workspace;
import dev.blast.environment.sync.LockedElsewhere;
import dev.blast.environment.sync.LookedPast;
import dev.blast.environment.sync.SyncResult;
import dev.blast.environment.sync.Worth;
import dev.blast.rules.fact.Purpose;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code blast sync}: packages, lock and project together. */
public final class SyncCommand implements Command {
    /** Why no conflict is drawn. */
    private static final String SOLVED =
            "versions fit together; blast list packages draws what is installed";

    @Override
    public int run(Invocation invocation) throws Exception {
        Workspace workspace = Workspaces.of(invocation);
        Path folder = Workspaces.projectFolder(workspace, invocation).toRealPath();
        PictureFiles pictures = PictureFiles.of(invocation);
        try {
            return run(invocation, workspace, folder, pictures);
        } catch (Failure no) {
            if (no.report().orElse(null) instanceof NoSolutionReport conflict) {
                invocation.console().close();
                pictures.write(new ConflictPage(conflict));
            }
            throw no;
        }
    }

    private static int run(
            Invocation invocation, Workspace workspace, Path folder, PictureFiles pictures)
            throws Exception {
        var sync = new SyncReporting(invocation, workspace, folder);
        var lock = new LockOnly(invocation);
        lock.machine(); // before anything is read: whether it makes sense
        if (invocation.arguments().has("--compare")) {
            pictures.requireNoDrawing("--compare");
            Project project = sync.project();
            Policies policies = Workspaces.policies(workspace, project, invocation.console());
            CompareReport compared = sync.compare(project, policies, compared(invocation));
            invocation.console().close();
            pictures.write(new ComparePage(compared));
            invocation.answer(compared);
            return Exit.DONE.code();
        }
        Optional<String> letter = Repairs.letter(invocation.arguments());
        if (letter.isPresent() && letter.get().isEmpty()) {
            invocation.answer(sync.shown());
            return Exit.DONE.code();
        }
        Optional<Applied> upToDate = letter.isPresent() ? Optional.empty() : sync.upToDate();
        if (upToDate.isPresent()) {
            pictures.leave(SOLVED);
            ProjectReading reading =
                    invocation.arguments().has("--json")
                            ? NotRead.of(sync.project())
                            : ProjectReading.PLAIN; // nobody would see it
            Compiling.after(invocation, workspace, sync.environment());
            invocation.tell(nothingToDo(upToDate.get(), reading, invocation.elapsed()));
            return Exit.DONE.code();
        }
        Project project = sync.project();
        boolean isSaid =
                project.declared()
                        || project.isUnreadable()
                        || !invocation.arguments().values("--requirement").isEmpty();
        if (!isSaid) {
            requireRepair(invocation, project);
        }
        Policies policies = Workspaces.policies(workspace, project, invocation.console());
        SyncReporting.Finished finished =
                letter.isPresent()
                        ? sync.repair(project, policies, letter.get())
                        : sync.run(project, policies);
        invocation.console().close();
        pictures.leave(SOLVED);
        if (lock.isPrinted()
                && finished.result() instanceof SyncResult.Planned(SyncResult.Answer answer)) {
            PlanLines.passedOver(answer, invocation.console());
            invocation.console().answer(lock.requirements(answer, finished.parts()));
            return Exit.DONE.code();
        }
        tell(invocation, workspace, project, policies, sync.environment(), finished, List.of());
        return Exit.DONE.code();
    }

    /**
     * Compiles where that is asked for, and says what was done.
     *
     * @param besides lines about packages that stay
     */
    static void tell(
            Invocation invocation,
            Workspace workspace,
            Project project,
            Policies policies,
            Environment environment,
            SyncReporting.Finished finished,
            List<ChangeLine> besides)
            throws Exception {
        boolean isLock = new LockOnly(invocation).isAsked();
        if (!isLock) {
            Compiling.after(invocation, workspace, environment);
        }
        SyncReport report = report(finished, project, environment, invocation).with(besides);
        if (invocation.arguments().has("--dry-run") || isLock) {
            invocation.answer(report);
        } else {
            invocation.tell(report);
            sayWhatIsNotSeen(invocation, workspace, project, environment, policies);
        }
    }

    private static void sayWhatIsNotSeen(
            Invocation invocation,
            Workspace workspace,
            Project project,
            Environment environment,
            Policies policies)
            throws Exception {
        if (UnseenEditable.mayBeIn(environment, project)
                && Habitat.of(
                                workspace,
                                project,
                                environment,
                                policies,
                                invocation.interactive(),
                                Purpose.RUN,
                                "python")
                        instanceof Habitat habitat) {
            for (UnseenEditable unseen : UnseenEditable.in(habitat)) {
                invocation.console().say("blast: " + unseen.sentence());
            }
        }
    }

    /** The strategies to compare. */
    private static List<String> compared(Invocation invocation) throws Failure {
        for (String other : List.of("--strategy", "--frozen", "--force", "--explain", "--repair")) {
            if (invocation.arguments().has(other)) {
                throw new Failure(
                        Exit.USAGE,
                        "--compare shows what strategies would choose, and goes without " + other);
            }
        }
        List<String> names =
                Arrays.stream(invocation.arguments().value("--compare").orElse("").split(",", -1))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList();
        if (names.isEmpty()) {
            throw new Failure(
                    Exit.USAGE,
                    "--compare needs the names of strategies",
                    "blast sync --compare stable,newest");
        }
        return names;
    }

    /** Nothing to bring together with: what is installed would be taken for what nobody wants. */
    private static void requireRepair(Invocation invocation, Project project) throws Failure {
        boolean keepsAll =
                invocation.arguments().has("--force") || invocation.arguments().has("--frozen");
        if (!keepsAll) {
            throw new Failure(
                    Exit.FINDINGS,
                    "no file in %s says what is wanted; nothing was changed"
                            .formatted(project.directory()),
                    "pyproject.toml with [project], or requirements.txt; an empty one says that nothing is wanted"
                            + (Files.exists(project.lockFile())
                                    ? "; blast sync --frozen takes what pylock.toml locks"
                                    : ""));
        }
    }

    private static SyncReport report(
            SyncReporting.Finished finished,
            Project project,
            Environment environment,
            Invocation invocation)
            throws Exception {
        ProjectReading reading = NotRead.of(project);
        var lock = new LockOnly(invocation);
        Duration processor = processor(invocation).orElse(null);
        return switch (finished.result()) {
            case SyncResult.UpToDate(Applied applied) ->
                    nothingToDo(applied, reading, invocation.elapsed());
            case SyncResult.Planned(SyncResult.Answer answer) when lock.isAsked() -> {
                PlanLines.passedOver(answer, invocation.console());
                Path written = lock.write(answer, project, finished.parts());
                yield decided(
                        answer,
                        finished,
                        environment,
                        reading,
                        processor,
                        new SyncReport.Outcome.LockWritten(written.toString()));
            }
            case SyncResult.Planned(SyncResult.Answer answer)
                    when answer.plan().isEmpty()
                            && answer.edits().isEmpty()
                            && Applied.of(environment).isPresent() -> {
                PlanLines.passedOver(answer, invocation.console());
                yield nothingToDo(
                        Applied.of(environment).get(),
                        answer.strategies(),
                        answer.lookedPast().orElse(null),
                        answer.lifted(),
                        PlanLines.of(answer),
                        answer.worth().orElse(null),
                        answer.elsewhere().orElse(null),
                        reading,
                        invocation.elapsed());
            }
            case SyncResult.Planned(SyncResult.Answer answer) -> {
                PlanLines.passedOver(answer, invocation.console());
                yield decided(
                        answer,
                        finished,
                        environment,
                        reading,
                        processor,
                        new SyncReport.Outcome.NotApplied());
            }
            case SyncResult.Done done -> {
                PlanLines.warn(done, invocation.console());
                yield decided(
                        done.answer(),
                        finished,
                        environment,
                        reading,
                        processor,
                        new SyncReport.Outcome.Applied(done.generation().number(), done.elapsed()));
            }
        };
    }

    private static SyncReport nothingToDo(Applied applied, ProjectReading reading, Duration took) {
        return nothingToDo(
                applied,
                applied.strategies(),
                null,
                applied.lifted(),
                PlanLines.of(applied),
                null,
                null,
                reading,
                took);
    }

    private static SyncReport nothingToDo(
            Applied applied,
            List<FollowedStrategy> strategies,
            @Nullable LookedPast lookedPast,
            List<LiftedHold> lifted,
            List<ChangeLine> remarks,
            @Nullable Worth worth,
            @Nullable LockedElsewhere elsewhere,
            ProjectReading reading,
            Duration took) {
        return new SyncReport(
                applied.name(),
                applied.distributions().size(),
                strategies,
                lookedPast,
                null,
                lifted,
                List.of(),
                remarks,
                worth,
                elsewhere,
                reading,
                new SyncReport.Outcome.NothingToDo(applied.generation(), took));
    }

    /** What this process has used of its processors; for programs, people are not told. */
    private static Optional<Duration> processor(Invocation invocation) {
        return invocation.arguments().has("--json")
                ? ProcessHandle.current().info().totalCpuDuration()
                : Optional.empty();
    }

    private static SyncReport decided(
            SyncResult.Answer answer,
            SyncReporting.Finished finished,
            Environment environment,
            ProjectReading reading,
            @Nullable Duration processor,
            SyncReport.Outcome outcome)
            throws Exception {
        int packages = answer.plan().changes().size() - PlanLines.removed(answer.plan());
        SyncReport.ResolutionFigures figures =
                answer.statistics()
                        .map(statistics ->
                                new SyncReport.ResolutionFigures(
                                        answer.resolved(),
                                        statistics,
                                        finished.statistics(),
                                        finished.prereleases(),
                                        processor))
                        .orElse(null);
        String name = Applied.of(environment).map(Applied::name).orElse("");
        return new SyncReport(
                name,
                packages,
                answer.strategies(),
                answer.lookedPast().orElse(null),
                figures,
                answer.lifted(),
                Repairs.edits(answer.edits()),
                PlanLines.of(answer),
                answer.worth().orElse(null),
                answer.elsewhere().orElse(null),
                reading,
                outcome);
    }
}
