package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.SaveReport;
import dev.blast.environment.change.Generation;
import dev.blast.environment.saves.SaveName;
import dev.blast.environment.session.Workspace;
import dev.blast.environment.sync.Saving;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@code blast save}: what an environment is, under a name or in a file. */
public final class SaveCommand implements Command {

    @Override
    public int run(Invocation invocation) throws Exception {
        Workspace workspace = Workspaces.of(invocation);
        SaveName name = name(invocation.arguments().operands().getFirst());
        Optional<Path> file =
                invocation.arguments().value("--file").map(invocation.directory()::resolve);
        if (file.isPresent() && Files.isDirectory(file.get())) {
            throw new Failure(
                    Exit.USAGE,
                    "--file %s: it is a folder".formatted(workspace.shown(file.get())),
                    "blast save %s --file %s.blast writes a file".formatted(name, name));
        }
        EnvironmentChoice choice = EnvironmentChoice.atHand(invocation, workspace);
        Saving.Answer answer =
                new Saving(
                                workspace.directories(),
                                workspace.store(),
                                workspace
                                        .interpreters()
                                        .startingNothingIn(choice.environment().project()),
                                workspace.caller(invocation.interactive(), choice.environment()))
                        .run(
                                workspace.dossier(choice.environment()),
                                choice.name(),
                                name,
                                file,
                                invocation.arguments().has("--overwrite"),
                                invocation.line(),
                                PatienceOption.of(invocation));
        switch (answer) {
            case Saving.Answer.Saved saved -> {
                saved.recovered().ifPresent(it -> invocation.console().say("recovered: " + it));
                invocation.tell(
                        new SaveReport(
                                choice.name(),
                                name.text(),
                                saved.save().packages().size(),
                                saved.save().policy(),
                                saved.save().bytes(),
                                saved.save().tree().hash(),
                                file.map(workspace::shown).orElse(null),
                                saved.fileBytes(),
                                saved.found().map(Generation::number).orElse(null),
                                saved.remarks(),
                                saved.elapsed()));
            }
            case Saving.Answer.Taken() ->
                    throw new Failure(
                            Exit.FINDINGS,
                            file.isPresent()
                                    ? "%s is there already, and stays"
                                            .formatted(workspace.shown(file.get()))
                                    : "there is a save '%s' already, and it stays".formatted(name),
                            "--overwrite replaces it");
        }
        return Exit.DONE.code();
    }

    /** What was typed as the name of a save. */
    static SaveName name(String typed) throws Failure {
        try {
            return new SaveName(typed);
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    Exit.USAGE, String.valueOf(e.getMessage()), "blast save before-upgrade");
        }
    }
}
