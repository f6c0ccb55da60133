package dev.blast.cli.command;

import dev.blast.cli.invocation.Invocation;
import dev.blast.environment.address.Repositories;
import dev.blast.environment.build.BuildOptions;
import dev.blast.environment.build.BuildTools;
import dev.blast.environment.build.Builds;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.session.Workspace;
import dev.blast.environment.sync.Sync;
import dev.blast.index.DistributionFile;
import dev.blast.index.Index;
import dev.blast.rules.fact.Session;
import dev.blast.solver.BuildException;
import dev.blast.solver.Request;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How a command builds what has no wheel: in one place, however often it asks. */
final class BuildBench implements Sync.BuildsSource {
    private final Invocation invocation;
    private final Workspace workspace;
    private final Set<String> told = new HashSet<>();
    private @Nullable Builds open;

    BuildBench(Invocation invocation, Workspace workspace) {
        this.invocation = invocation;
        this.workspace = workspace;
    }

    @Override
    public synchronized Builds open(
            Sync.Job job,
            Session session,
            Interpreter interpreter,
            Index index,
            UnaryOperator<Request> asking) {
        Builds builds = open;
        if (builds == null) {
            builds = builds(job, session, interpreter, index, asking);
            open = builds;
        }
        return builds;
    }

    /** Of each project the first time with all that the build said last. */
    @Override
    public synchronized void failed(DistributionFile source, BuildException why) {
        String project = source.filename().replaceFirst("-[^-]*$", "");
        if (!why.isForbidden() && told.add(project)) {
            List<String> lines = String.valueOf(why.getMessage()).lines().toList();
            invocation.console().complain("%s %s".formatted(source.filename(), lines.getFirst()));
            lines.stream().skip(1).forEach(line -> invocation.console().say("  " + line));
        }
    }

    private Builds builds(
            Sync.Job job,
            Session session,
            Interpreter interpreter,
            Index index,
            UnaryOperator<Request> asking) {
        var options =
                new BuildOptions(
                        job.project().settings().formats(),
                        job.project().options().settings(),
                        name ->
                                job.project().dependencies().stream()
                                        .anyMatch(root -> root.requirement().name().equals(name)));
        return new Builds(
                new BuildTools(
                        workspace,
                        job.policy(),
                        workspace.store(),
                        invocation.console().progress(),
                        InstantSource.system(),
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
                workspace.home(),
                workspace.variables(),
                invocation.arguments().has("--offline"));
    }
}
