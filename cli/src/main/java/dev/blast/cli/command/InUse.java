package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.session.Workspace;

/** An environment in which something runs is not taken away under it. */
final class InUse {
    private InUse() {}

    static void refuse(EnvironmentChoice choice, Workspace workspace)
            throws EnvironmentException, Failure {
        int running = workspace.sessions(choice.environment()).list().size();
        if (running > 0) {
            throw new Failure(
                    Exit.LOCKED,
                    choice.name()
                            + " is in use: "
                            + running
                            + (running == 1 ? " session runs" : " sessions run")
                            + " in it",
                    "blast kill " + choice.name() + " ends them");
        }
    }
}
