package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.GenerationDiffReport;
import dev.blast.environment.change.Generation;
import dev.blast.environment.change.GenerationDiff;
import dev.blast.environment.change.History;
import dev.blast.environment.session.Workspace;
import java.util.List;

/** {@code blast diff}: what is different between two generations. */
public final class DiffCommand implements Command {

    @Override
    public int run(Invocation invocation) throws Exception {
        Workspace workspace = Workspaces.of(invocation);
        EnvironmentChoice choice = EnvironmentChoice.rememberedHere(invocation, workspace);
        List<String> asked = invocation.arguments().operands();
        try (History history = History.of(workspace.dossier(choice.environment()))) {
            List<Generation> all = history.generations();
            if (all.isEmpty()) {
                throw new Failure(Exit.FINDINGS, choice.name() + ": no change has been made yet");
            }
            int last = all.getFirst().number();
            int to = asked.size() > 1 ? GenerationNumber.of(asked.get(1)) : last;
            int from = asked.isEmpty() ? before(to, all) : GenerationNumber.of(asked.getFirst());
            Generation first = GenerationNumber.known(from, all);
            Generation second = GenerationNumber.known(to, all);
            GenerationDiff diff =
                    GenerationDiff.of(first, second)
                            .with(history.restorable(from), history.restorable(to));
            invocation.answer(
                    new GenerationDiffReport(
                            choice.name(),
                            from,
                            to,
                            Generations.packages(diff),
                            Generations.requirements(diff),
                            diff.files().orElse(null),
                            invocation.arguments().has("--files"),
                            diff.lock().orElse(null),
                            diff.python().orElse(null),
                            diff.policy().orElse(null),
                            diff.sandbox().orElse(null)));
        }
        return Exit.DONE.code();
    }

    private static int before(int number, List<Generation> all) throws Failure {
        return all.stream()
                .map(Generation::number)
                .filter(it -> it < number)
                .findFirst()
                .orElseThrow(() ->
                        new Failure(
                                Exit.FINDINGS,
                                "generation %d is the first one: there is none before it"
                                        .formatted(number)));
    }
}
