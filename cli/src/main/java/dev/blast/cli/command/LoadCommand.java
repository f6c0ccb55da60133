package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.LoadReport;
import dev.blast.cli.syntax.Nearest;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.Dossier;
import dev.blast.environment.change.Generation;
import dev.blast.environment.change.KeptDecisions;
import dev.blast.environment.project.Project;
import dev.blast.environment.saves.Save;
import dev.blast.environment.saves.SaveName;
import dev.blast.environment.saves.SavedPython;
import dev.blast.environment.saves.Saves;
import dev.blast.environment.session.Workspace;
import dev.blast.environment.sync.Reviving;
import dev.blast.packaging.Message;
import dev.blast.rules.Policy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code blast load}: an environment becomes what was saved, by name or from a file. */
public final class LoadCommand implements Command {
    private static final String ENDING = ".blast";

    private static final String RESOLVE =
            "--resolve chooses anew, as a sync does, what does not fit here";

    @Override
    public int run(Invocation invocation) throws Exception {
        Workspace workspace = Workspaces.of(invocation);
        String typed = invocation.arguments().operands().getFirst();
        boolean isFile = typed.contains("/") || typed.endsWith(ENDING);
        Path file = invocation.directory().resolve(typed);
        if (isFile && !Files.exists(file)) {
            throw new Failure(
                    Exit.FINDINGS, "there is no file %s".formatted(workspace.shown(file)));
        }
        Save save = isFile ? null : save(typed, file, workspace);
        Path folder = folder(invocation, workspace);
        Workspaces.requireGround(folder, workspace);
        Environment environment = Whereabouts.of(invocation, workspace, folder);
        Project project = Project.at(environment.project()).lockedIn(environment);
        String name = name(environment, project, workspace);
        Optional<String> python = invocation.arguments().value("--python");
        boolean isAsked = save == null || !Reviving.comesBack(save, environment, python);
        var job =
                new Reviving.Job(
                        project,
                        environment,
                        name,
                        isAsked
                                ? Optional.of(rules(workspace, project, invocation))
                                : Optional.empty(),
                        python,
                        invocation.arguments().has("--overwrite-lock"),
                        invocation.line(),
                        PatienceOption.of(invocation));
        var reviving =
                new Reviving(
                        new Reviving.Tools(
                                workspace.directories(),
                                workspace.store(),
                                workspace.interpreters().startingNothingIn(project.directory()),
                                workspace.caller(invocation.interactive(), environment)));
        Reviving.Answer answer =
                save == null ? reviving.file(file, job) : reviving.named(save, job);
        if (invocation.arguments().has("--resolve")) {
            if (answer instanceof Reviving.Answer.Elsewhere no) {
                new LoadAnew(invocation, workspace, folder, no.save()).run(no.packages());
                return Exit.DONE.code();
            }
            if (answer instanceof Reviving.Answer.NoInterpreter no) {
                new LoadAnew(invocation, workspace, folder, no.save()).run(List.of());
                return Exit.DONE.code();
            }
        }
        tell(answer, invocation, name, environment, workspace.dossier(environment));
        return Exit.DONE.code();
    }

    private static void tell(
            Reviving.Answer answer,
            Invocation invocation,
            String name,
            Environment environment,
            Dossier dossier)
            throws Failure {
        switch (answer) {
            case Reviving.Answer.Done done -> {
                done.recovered().ifPresent(it -> invocation.console().say("recovered: " + it));
                invocation.tell(report(name, environment, done, invocation));
            }
            case Reviving.Answer.There(Save save) ->
                    invocation.tell(
                            new LoadReport(
                                    name,
                                    save.name().text(),
                                    save.packages().size(),
                                    save.tree().hash(),
                                    null,
                                    List.of(),
                                    null,
                                    List.of(),
                                    List.of(),
                                    invocation.elapsed()));
            case Reviving.Answer.Elsewhere no -> throw elsewhere(no);
            case Reviving.Answer.NoInterpreter(Save save, var search) ->
                    throw new Failure(
                            Exit.FINDINGS,
                            Message.of(
                                    "it was saved with %s %s, and %s\nnothing was changed",
                                    save.python().implementation(),
                                    save.python().version(),
                                    search.message()),
                            List.of(RESOLVE));
            case Reviving.Answer.Refused(var refusals) ->
                    throw new Failure(
                            Exit.FINDINGS,
                            "refused by policy; nothing was changed",
                            SyncFailures.refused(refusals, new KeptDecisions(dossier)));
        }
    }

    private static LoadReport report(
            String name,
            Environment environment,
            Reviving.Answer.Done done,
            Invocation invocation) {
        var remarks = new ArrayList<String>(done.remarks());
        AskedSince.remark(environment, done.generation()).ifPresent(remarks::add);
        return new LoadReport(
                name,
                done.save().name().text(),
                done.generation().packages().size(),
                done.save().tree().hash(),
                done.generation().number(),
                Generations.packages(done.diff()),
                done.found().map(Generation::number).orElse(null),
                done.other(),
                remarks,
                invocation.elapsed());
    }

    private static Failure elsewhere(Reviving.Answer.Elsewhere no) {
        var help = new ArrayList<String>();
        if (!no.packages().isEmpty()) {
            help.add("built for something else: " + String.join(", ", no.packages()));
        }
        SavedPython saved = no.save().python();
        help.add(
                "--python %s takes an interpreter like the one it had, where there is one"
                        .formatted(saved.request(false).text()));
        help.add(RESOLVE);
        return new Failure(
                Exit.FINDINGS,
                "it was saved with %s %s for %s, and would come to %s for %s; nothing was changed"
                        .formatted(
                                saved.implementation(),
                                saved.version(),
                                saved.platform(),
                                no.here(),
                                no.platform()),
                help);
    }

    private static Policy rules(Workspace workspace, Project project, Invocation invocation)
            throws EnvironmentException, Failure {
        return Workspaces.policies(workspace, project, invocation.console()).policy();
    }

    private static Save save(String typed, Path file, Workspace workspace)
            throws EnvironmentException, Failure {
        SaveName name = SaveCommand.name(typed);
        var saves = new Saves(workspace.directories());
        Optional<Save> save = saves.find(name);
        if (save.isPresent()) {
            return save.get();
        }
        List<String> names = saves.names().stream().map(SaveName::text).toList();
        var help = new ArrayList<String>(Nearest.hint(typed, names));
        if (Files.isRegularFile(file)) {
            help.add("blast load ./%s loads the file of that name".formatted(typed));
        }
        help.add(
                names.isEmpty()
                        ? "there are none yet; blast save NAME makes one"
                        : "there are: " + String.join(", ", names));
        throw new Failure(Exit.FINDINGS, "there is no save '%s'".formatted(name), help);
    }

    private static Path folder(Invocation invocation, Workspace workspace) throws Exception {
        @Nullable String named = invocation.arguments().value("--path").orElse(null);
        if (named == null) {
            return Project.directoryOf(invocation.directory(), workspace.home()).toRealPath();
        }
        Path folder = invocation.directory().resolve(named);
        if (!Files.isDirectory(folder)) {
            throw new Failure(
                    Exit.USAGE,
                    "load --path %s: there is no such folder".formatted(folder),
                    "mkdir %s makes it".formatted(folder));
        }
        return folder.toRealPath();
    }

    /** What it is called already, else as its project is, beside others of that. */
    private static String name(Environment environment, Project project, Workspace workspace)
            throws EnvironmentException {
        if (environment.exists()) {
            Optional<String> known = Applied.of(environment).map(Applied::name);
            return known.orElse(project.name());
        }
        return Whereabouts.nameBeside(workspace, environment, project.name())
                .orElse(project.name());
    }
}
