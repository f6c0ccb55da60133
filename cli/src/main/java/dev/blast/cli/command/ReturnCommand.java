package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.ReturnReport;
import dev.blast.cli.syntax.CommandName;
import dev.blast.environment.change.Generation;
import dev.blast.environment.session.Workspace;
import dev.blast.environment.sync.GoingBack;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code blast rollback}, {@code undo} and {@code redo}: an environment becomes again what a
 * generation left.
 */
public final class ReturnCommand implements Command {
    private final CommandName name;

    public ReturnCommand(CommandName name) {
        this.name = name;
    }

    @Override
    public int run(Invocation invocation) throws Exception {
        Workspace workspace = Workspaces.of(invocation);
        boolean isNumbered = name == CommandName.ROLLBACK;
        EnvironmentChoice choice =
                isNumbered
                        ? EnvironmentChoice.rememberedHere(invocation, workspace)
                        : EnvironmentChoice.remembered(invocation, workspace);
        GoingBack.To to =
                switch (name) {
                    case UNDO -> new GoingBack.To.Undo();
                    case REDO -> new GoingBack.To.Redo();
                    default ->
                            new GoingBack.To.Numbered(
                                    GenerationNumber.of(
                                            invocation.arguments().operands().getFirst()));
                };
        GoingBack.Answer answer =
                new GoingBack(
                                workspace.directories(),
                                workspace.store(),
                                workspace.caller(invocation.interactive(), choice.environment()))
                        .run(
                                workspace.dossier(choice.environment()),
                                to,
                                invocation.line(),
                                PatienceOption.of(invocation));
        switch (answer) {
            case GoingBack.Answer.Done done -> {
                done.recovered().ifPresent(it -> invocation.console().say("recovered: " + it));
                invocation.tell(report(choice, done));
            }
            case GoingBack.Answer.There(int number) ->
                    invocation.tell(
                            new ReturnReport(
                                    choice.name(),
                                    number,
                                    null,
                                    List.of(),
                                    null,
                                    List.of(),
                                    "",
                                    invocation.elapsed()));
            case GoingBack.Answer.Nowhere(_, var why) ->
                    throw new Failure(
                            Exit.FINDINGS,
                            "%s: there is nothing to %s".formatted(choice.name(), name.word()),
                            why.orElse(
                                    "blast history shows what has been; blast rollback N goes to any of it"));
            case GoingBack.Answer.Unknown(int number, var known, var why) -> {
                why.ifPresent(it -> invocation.console().say("warning: " + it));
                throw GenerationNumber.unknown(number, known);
            }
        }
        return Exit.DONE.code();
    }

    private ReturnReport report(EnvironmentChoice choice, GoingBack.Answer.Done done) {
        var remarks = new ArrayList<String>(done.remarks());
        if (done.to() != 0) {
            AskedSince.remark(choice.environment(), done.generation()).ifPresent(remarks::add);
        }
        return new ReturnReport(
                choice.name(),
                done.to(),
                done.generation().number(),
                Generations.packages(done.diff()),
                done.found().map(Generation::number).orElse(null),
                remarks,
                name == CommandName.UNDO ? "redo with: blast redo" : "undo with: blast undo",
                done.elapsed());
    }
}
