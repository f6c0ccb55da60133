package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.ChangeLine;
import dev.blast.cli.report.SyncReport;
import dev.blast.cli.syntax.Arguments;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.Applied;
import dev.blast.environment.project.PlannedEdit;
import dev.blast.environment.project.Project;
import dev.blast.environment.project.ProjectPart;
import dev.blast.environment.session.Policies;
import dev.blast.environment.session.Workspace;
import dev.blast.environment.sync.Sync;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.InvalidSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code add} and {@code remove} have in common: an edit of the project's files that is
 * planned from what they hold, and a sync with it. Where another command was quicker it is planned
 * anew.
 */
final class ProjectEditing {
    /** Each time somebody else has edited the same file in between. */
    private static final int ATTEMPTS = 50;

    /** What chooses versions or installs them. */
    private static final List<String> OF_SYNC =
            List.of(
                    "--strategy",
                    "--lift",
                    "--explain",
                    "--overwrite-lock",
                    "--python",
                    "--override",
                    "--exclude-newer",
                    "--prerelease",
                    "--extra",
                    "--compile-bytecode");

    private final Invocation invocation;
    private final Workspace workspace;
    private final SyncReporting sync;

    ProjectEditing(Invocation invocation) throws Exception {
        this.invocation = invocation;
        this.workspace = Workspaces.of(invocation);
        requireSense(invocation.arguments());
        this.sync =
                new SyncReporting(
                        invocation,
                        workspace,
                        Workspaces.projectFolder(workspace, invocation).toRealPath());
    }

    /**
     * An edit as it is planned.
     *
     * @param project as it is then
     * @param said what a person is told, a sentence each
     */
    record Planned(Project project, PlannedEdit edit, List<String> said) {
        Planned {
            said = List.copyOf(said);
        }
    }

    /** Plans it from what the project's files hold now. */
    interface Planning {
        Planned plan(Project declared) throws EnvironmentException, Failure;
    }

    /** Says what is to be said about packages that stay although something was taken out. */
    interface Staying {
        List<ChangeLine> of(Project project, SyncReporting.Finished finished)
                throws EnvironmentException;
    }

    private static void requireSense(Arguments arguments) throws Failure {
        List<String> parts =
                List.of("--dev", "--group", "--optional").stream().filter(arguments::has).toList();
        if (parts.size() > 1) {
            throw new Failure(
                    Exit.USAGE,
                    "%s and %s name two places".formatted(parts.getFirst(), parts.getLast()),
                    "one after the other");
        }
        for (String other : OF_SYNC) {
            if (arguments.has("--no-sync") && arguments.has(other)) {
                throw new Failure(
                        Exit.USAGE,
                        "--no-sync chooses and installs nothing, and goes without " + other);
            }
        }
    }

    /** The part that is named; null where none is. */
    static @Nullable ProjectPart part(Arguments arguments) throws Failure {
        try {
            if (arguments.has("--dev")) {
                return new ProjectPart.Group(Project.DEV);
            }
            if (arguments.has("--group")) {
                return new ProjectPart.Group(
                        new ExtraName(arguments.value("--group").orElseThrow()));
            }
            return arguments.has("--optional")
                    ? new ProjectPart.Extra(
                            new ExtraName(arguments.value("--optional").orElseThrow()))
                    : null;
        } catch (InvalidSyntaxException e) {
            throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()));
        }
    }

    SyncReporting sync() {
        return sync;
    }

    Policies policies(Project declared) throws Exception {
        return Workspaces.policies(workspace, declared, invocation.console());
    }

    int run(Planning planning, Staying staying) throws Exception {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Project declared = sync.project();
            Planned planned = planning.plan(declared);
            planned.said().forEach(sentence -> invocation.console().say("blast: " + sentence));
            Policies policies = policies(planned.project());
            try {
                if (done(planned, policies, staying)) {
                    return Exit.DONE.code();
                }
            } catch (Failure no) {
                if (no.exit() == Exit.NO_SOLUTION && !planned.edit().isEmpty()) {
                    invocation.console().say("blast: nothing was written: " + files(planned));
                }
                throw no;
            }
        }
        throw new Failure(
                Exit.LOCKED,
                "the project's file was changed by others %d times in a row; nothing was changed"
                        .formatted(ATTEMPTS),
                "the same once more");
    }

    private static String files(Planned planned) {
        return planned.edit().files().stream()
                .map(file ->
                        file.file() + (file.before() == null ? " is not made" : " is as it was"))
                .collect(Collectors.joining(", "));
    }

    /** Whether it was; else the file is another one by now. */
    private boolean done(Planned planned, Policies policies, Staying staying) throws Exception {
        if (invocation.arguments().has("--no-sync")) {
            return written(planned, policies);
        }
        Optional<SyncReporting.Finished> finished =
                planned.edit().isEmpty()
                        ? Optional.of(sync.run(planned.project(), policies))
                        : sync.edit(planned.project(), policies, planned.edit());
        if (finished.isEmpty()) {
            return false;
        }
        invocation.console().close();
        SyncCommand.tell(
                invocation,
                workspace,
                planned.project(),
                policies,
                sync.environment(),
                finished.get(),
                staying.of(planned.project(), finished.get()));
        return true;
    }

    private boolean written(Planned planned, Policies policies) throws Exception {
        boolean isDry = invocation.arguments().has("--dry-run");
        boolean isWritten =
                isDry
                        || planned.edit().isEmpty()
                        || sync.ask(
                                planned.project(),
                                policies,
                                (tools, job) -> new Sync(tools).write(job, planned.edit()));
        if (!isWritten) {
            return false;
        }
        String name = Applied.of(sync.environment()).map(Applied::name).orElse("");
        var report =
                new SyncReport(
                        name,
                        0,
                        List.of(),
                        null,
                        null,
                        List.of(),
                        Repairs.edits(planned.edit().files()),
                        new ArrayList<ChangeLine>(),
                        null,
                        null,
                        NotRead.of(planned.project()),
                        isDry
                                ? new SyncReport.Outcome.NotApplied()
                                : new SyncReport.Outcome.Written());
        if (isDry) {
            invocation.answer(report);
        } else {
            invocation.tell(report);
        }
        return true;
    }
}
