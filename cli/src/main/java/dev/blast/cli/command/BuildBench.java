package dev.blast.cli.command;

import dev.blast.cli.invocation.Invocation;
import dev.blast.environment.address.Repositories;
import dev.blast.environment.build.BuildOptions;
import dev.blast.environment.build.BuildTools;
import dev.blast.environment.build.Builds;
import dev.blast.environment.build.Checkouts;
import dev.blast.environment.install.Store;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.session.Workspace;
import dev.blast.environment.sync.Sync;
import dev.blast.index.Index;
import dev.blast.rules.fact.Session;
import dev.blast.solver.Request;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.UnaryOperator;

/** How a command builds what has no wheel. */
record BuildBench(Invocation invocation, Workspace workspace) implements Sync.BuildsSource {
    @Override
    public Builds open(
            Sync.Job job,
            Session session,
            Interpreter interpreter,
            Index index,
            UnaryOperator<Request> asking) {
        var options =
                new BuildOptions(
                        Set.of(),
                        job.project().settings().formats(),
                        job.project().options().settings(),
                        name ->
                                job.project().dependencies().stream()
                                        .anyMatch(root -> root.requirement().name().equals(name)));
        return new Builds(
                new BuildTools(
                        workspace,
                        job.policy(),
                        new Store(workspace.directories().data().resolve("store")),
                        invocation.console().progress(),
                        InstantSource.system(),
                        Checkouts.NONE,
                        options),
                session,
                interpreter,
                index,
                asking);
    }

    @Override
    public Repositories repositories() {
        return new Repositories(
                workspace.directories().cache(),
                workspace.variables(),
                invocation.arguments().has("--offline"));
    }
}
