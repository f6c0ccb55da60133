package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Inherited;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.invocation.LayerNames;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.environment.session.Habitat;
import dev.blast.environment.session.Wish;
import dev.blast.environment.session.Workspace;
import dev.blast.rules.fact.Purpose;
import java.util.List;

/**
 * {@code blast run}: a command in the environment, confined as the rules say. Its exit code is
 * ours.
 */
public final class RunCommand implements Command {

    @Override
    public int run(Invocation invocation) throws Exception {
        if (invocation.arguments().has("--json")) {
            throw new Failure(
                    Exit.USAGE,
                    "run has no document of its own: what the command writes is the output, its exit code the answer",
                    "an option of the command stands after it: blast run COMMAND --json");
        }
        List<String> command = invocation.arguments().operands();
        Workspace workspace = Workspaces.of(invocation);
        Habitat habitat =
                Habitats.of(invocation, workspace, Purpose.RUN, nameOf(command.getFirst()));
        return new ConfinedRun(habitat, invocation.console())
                .run(
                        new Wish(
                                command,
                                invocation.directory(),
                                Stdio.inherit(),
                                Inherited.variables(workspace.variables()),
                                EnvOption.read(invocation.arguments()),
                                LayerNames.accepted(invocation.arguments())));
    }

    private static String nameOf(String program) {
        return program.substring(program.lastIndexOf('/') + 1);
    }
}
