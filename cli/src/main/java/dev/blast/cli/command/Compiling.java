package dev.blast.cli.command;

import dev.blast.cli.invocation.Inherited;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.terminal.Figures;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.Applied;
import dev.blast.environment.project.OwnEnvironment;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Bytecode;
import dev.blast.environment.session.Compilation;
import dev.blast.environment.session.Workspace;
import dev.blast.rules.fact.Purpose;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Compiles what a sync has installed, where that is asked for. */
final class Compiling {
    static final String OPTION = "--compile-bytecode";
    private static final String VARIABLE = "UV_COMPILE_BYTECODE";

    /** As uv reads it. */
    private static final Set<String> YES = Set.of("1", "true", "yes", "y", "on", "t");

    private Compiling() {}

    /** Does what is left to do of it, after a sync. */
    static void after(Invocation invocation, Workspace workspace, Environment environment)
            throws Exception {
        if (!isAsked(invocation, environment) || invocation.arguments().has("--dry-run")) {
            return;
        }
        Optional<Applied> applied = Applied.of(environment);
        if (applied.isEmpty() || new Bytecode(environment).isCompiled(applied.get())) {
            return;
        }
        long began = System.nanoTime();
        invocation.console().progress().phase("compiling");
        Project project = Project.at(environment.project()).lockedIn(environment);
        boolean done =
                Compilation.run(
                        Habitats.of(
                                invocation,
                                workspace,
                                project,
                                environment,
                                Workspaces.policies(workspace, project),
                                Purpose.INSTALL,
                                "python"),
                        Inherited.variables(workspace.variables()));
        invocation.console().close();
        if (done) {
            invocation
                    .console()
                    .say(
                            "blast: compiled what is installed in "
                                    + Figures.duration(
                                            Duration.ofNanos(System.nanoTime() - began)));
        } else {
            invocation
                    .console()
                    .complain(
                            "what is installed was not compiled: the sandbox for it could not be had, or a limit ended it (blast check --explain sandbox --purpose install)");
        }
    }

    private static boolean isAsked(Invocation invocation, Environment environment)
            throws EnvironmentException {
        return invocation.arguments().has(OPTION)
                || YES.contains(
                        invocation
                                .environment()
                                .getOrDefault(VARIABLE, "")
                                .strip()
                                .toLowerCase(Locale.ROOT))
                || OwnEnvironment.isCompiled(environment.project());
    }
}
