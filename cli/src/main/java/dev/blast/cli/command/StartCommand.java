package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Inherited;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.StartReport;
import dev.blast.environment.Environment;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.FollowedStrategy;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Habitat;
import dev.blast.environment.session.Policies;
import dev.blast.environment.session.SandboxTrial;
import dev.blast.environment.session.UnseenEditable;
import dev.blast.environment.session.Variables;
import dev.blast.environment.session.Workspace;
import dev.blast.environment.sync.SyncResult;
import dev.blast.rules.fact.Purpose;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code blast start}: a project gets its environment, or an environment what it lacks; a second
 * time there is nothing to do.
 */
public final class StartCommand implements Command {

    @Override
    public int run(Invocation invocation) throws Exception {
        Map<String, String> variables = EnvOption.read(invocation.arguments());
        Workspace workspace = Workspaces.of(invocation);
        Path folder = folder(invocation, workspace);
        var sync = new SyncReporting(invocation, workspace, folder);
        Project project = sync.project();
        boolean locked = Files.exists(project.lockFile());
        Policies policies = Workspaces.policies(workspace, project, invocation.console());
        Optional<Applied> upToDate = sync.upToDate();
        if (upToDate.isPresent()) {
            NotRead.say(project, invocation.console());
        }
        SyncResult.Reached result =
                upToDate.isPresent()
                        ? new SyncResult.UpToDate(upToDate.get())
                        : sync.run(project, policies).result();
        Environment environment = sync.environment();
        Applied applied =
                Applied.of(environment)
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "started, but nothing is there: " + environment));
        Compiling.after(invocation, workspace, environment);
        if (!variables.isEmpty()) {
            new Variables(environment).set(variables);
        }
        Habitat habitat =
                Habitats.of(invocation, workspace, project, policies, Purpose.RUN, "python");
        SandboxTrial sandbox = SandboxTrial.of(habitat, Inherited.variables(workspace.variables()));
        if (result instanceof SyncResult.Done done) {
            PlanLines.passedOver(done, invocation.console());
        }
        invocation.console().close();
        invocation.tell(
                new StartReport(
                        applied.name(),
                        applied.python(),
                        place(environment, invocation),
                        environmentPart(result, project, locked),
                        packagesPart(result, applied, locked),
                        followed(result).orElse(applied.strategies()),
                        decided(result).flatMap(SyncResult.Answer::lookedPast).orElse(null),
                        policyPart(policies),
                        new StartReport.Sandbox(
                                sandbox.ladder().title(),
                                SandboxLines.layers(sandbox),
                                SandboxLines.missing(sandbox)),
                        result instanceof SyncResult.Done done
                                ? PlanLines.of(done.answer())
                                : List.of(),
                        NotRead.of(project),
                        next(environment, invocation, workspace, project),
                        invocation.elapsed()));
        for (UnseenEditable unseen : UnseenEditable.in(habitat)) {
            invocation.console().say("blast: " + unseen.sentence());
        }
        return Exit.DONE.code();
    }

    private static Path folder(Invocation invocation, Workspace workspace) throws Exception {
        Optional<String> operand = invocation.arguments().operands().stream().findFirst();
        Optional<String> option = invocation.arguments().value("--path");
        if (operand.isPresent() && option.isPresent()) {
            throw new Failure(
                    Exit.USAGE,
                    "start %s --path %s names two folders".formatted(operand.get(), option.get()),
                    "blast start " + operand.get());
        }
        Optional<String> named = operand.or(() -> option);
        if (named.isEmpty()) {
            return Workspaces.projectFolder(workspace, invocation).toRealPath();
        }
        Path folder = invocation.directory().resolve(named.get());
        if (!Files.isDirectory(folder)) {
            throw new Failure(
                    Exit.USAGE,
                    "start %s: there is no such folder".formatted(folder),
                    "mkdir %s makes it".formatted(folder));
        }
        return folder.toRealPath();
    }

    private static Optional<List<FollowedStrategy>> followed(SyncResult.Reached result) {
        return decided(result).map(SyncResult.Answer::strategies);
    }

    private static Optional<SyncResult.Answer> decided(SyncResult.Reached result) {
        return switch (result) {
            case SyncResult.Done done -> Optional.of(done.answer());
            case SyncResult.Planned planned -> Optional.of(planned.answer());
            case SyncResult.UpToDate _ -> Optional.empty();
        };
    }

    private static StartReport.Environment environmentPart(
            SyncResult.Reached result, Project project, boolean locked) {
        var sources = new ArrayList<String>();
        project.inputs().stream()
                .filter(Files::isRegularFile)
                .map(file -> String.valueOf(file.getFileName()))
                .distinct()
                .forEach(sources::add);
        if (locked) {
            sources.add(String.valueOf(project.lockFile().getFileName()));
        }
        return result instanceof SyncResult.Done done
                ? new StartReport.Environment(done.created(), done.rebuilt().isPresent(), sources)
                : new StartReport.Environment(false, false, sources);
    }

    private static StartReport.Packages packagesPart(
            SyncResult.Reached result, Applied applied, boolean locked) {
        int installed = applied.distributions().size();
        return result instanceof SyncResult.Done done
                ? new StartReport.Packages(
                        installed,
                        PlanLines.installed(done.answer().plan()),
                        PlanLines.removed(done.answer().plan()),
                        done.downloads(),
                        locked && !done.answer().lockChanged())
                : new StartReport.Packages(installed, 0, 0, 0, locked);
    }

    private static StartReport.Policy policyPart(Policies policies) {
        return new StartReport.Policy(
                policies.policy().revision(),
                policies.files().size() - policies.ofProject().size(),
                policies.ofProject().size(),
                policies.projectTrusted(),
                policies.off().size());
    }

    /** Relative to where the person is, because that is what they would type. */
    private static String place(Environment environment, Invocation invocation) throws Exception {
        Path here = invocation.directory().toRealPath();
        return environment.root().startsWith(here)
                ? here.relativize(environment.root()).toString()
                : environment.root().toString();
    }

    private static String next(
            Environment environment, Invocation invocation, Workspace workspace, Project project)
            throws Exception {
        String place = place(environment, invocation);
        boolean here =
                project.directory()
                        .equals(
                                Project.directoryOf(invocation.directory(), workspace.home())
                                        .toRealPath());
        String folder = here ? "" : "-C %s ".formatted(quoted(place.replaceAll("/?\\.venv$", "")));
        String program =
                Files.exists(environment.root().resolve("bin/pytest")) ? "pytest" : "python";
        return "source %s, or blast %srun %s"
                .formatted(quoted(place + "/bin/activate"), folder, program);
    }

    private static String quoted(String path) {
        return path.contains(" ") ? "'" + path + "'" : path;
    }
}
