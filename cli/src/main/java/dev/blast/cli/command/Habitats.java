package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.terminal.Figures;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.Applied;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.interpreter.InterpreterSearch;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Habitat;
import dev.blast.environment.session.Housing;
import dev.blast.environment.session.Policies;
import dev.blast.environment.session.Workspace;
import dev.blast.rules.fact.Purpose;
import dev.blast.rules.verdict.PolicyException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The environment that a command works in, or the failure that says why there is none. */
final class Habitats {
    private Habitats() {}

    /**
     * That of the project around the current folder.
     *
     * @param command the program's name, without folders and arguments
     */
    static Habitat of(Invocation invocation, Workspace workspace, Purpose purpose, String command)
            throws EnvironmentException, PolicyException, Failure {
        Project project = Workspaces.project(workspace, invocation);
        Environment environment = Whereabouts.of(invocation, workspace, project.directory());
        for (String line : Wishes.elsewhere(environment, invocation.environment())) {
            invocation.console().say("blast: " + line);
        }
        return of(
                invocation,
                workspace,
                project,
                Workspaces.policies(workspace, project, invocation.console()),
                purpose,
                command);
    }

    static Habitat of(
            Invocation invocation,
            Workspace workspace,
            Project project,
            Policies policies,
            Purpose purpose,
            String command)
            throws EnvironmentException, PolicyException, Failure {
        return of(
                invocation,
                workspace,
                project,
                Whereabouts.of(invocation, workspace, project.directory()),
                policies,
                purpose,
                command);
    }

    /** That of an environment which is known. */
    static Habitat of(
            Invocation invocation,
            Workspace workspace,
            Project project,
            Environment environment,
            Policies policies,
            Purpose purpose,
            String command)
            throws EnvironmentException, PolicyException, Failure {
        return switch (Habitat.of(
                workspace,
                project,
                environment,
                policies,
                invocation.interactive(),
                purpose,
                command)) {
            case Habitat habitat -> whole(habitat, invocation);
            case Housing.NoGround(var folder, String why) -> throw Workspaces.noGround(folder, why);
            case Housing.NoEnvironment none -> throw failure(none, workspace);
            case Housing.NoInterpreter(InterpreterSearch.NotFound search) -> throw failure(search);
        };
    }

    /** What is here may not be what it was made for: then its programs do not start. */
    private static Habitat whole(Habitat habitat, Invocation invocation)
            throws EnvironmentException, Failure {
        Interpreter interpreter = habitat.interpreter();
        if (!habitat.applied().sitePackages().equals(interpreter.venvScheme().purelib())) {
            throw new Failure(
                    Exit.FINDINGS,
                    "the environment was made for Python %s, and %s is %s now"
                            .formatted(
                                    habitat.applied().python(),
                                    interpreter.executable(),
                                    interpreter.version()),
                    "blast start lays it out anew");
        }
        String command = invocation.arguments().command();
        if (!command.equals("run") && !command.equals("shell")) {
            return habitat;
        }
        habitat.madeAt()
                .ifPresent(place ->
                        invocation
                                .console()
                                .complain(
                                        "the environment was made at %s, where its scripts still point: blast start lays it out anew"
                                                .formatted(place)));
        return habitat;
    }

    static Applied applied(Environment environment, Workspace workspace)
            throws EnvironmentException, Failure {
        Optional<Applied> applied = Habitat.applied(environment);
        if (applied.isEmpty()) {
            throw failure(Habitat.none(workspace, environment), workspace);
        }
        return applied.get();
    }

    static Interpreter interpreter(Workspace workspace, Project project, Applied applied)
            throws Failure {
        return switch (Habitat.interpreter(workspace, project, applied)) {
            case InterpreterSearch.Found(Interpreter interpreter, _) -> interpreter;
            case InterpreterSearch.NotFound search -> throw failure(search);
        };
    }

    private static Failure failure(Housing.NoEnvironment none, Workspace workspace)
            throws EnvironmentException {
        String sentence =
                "there is no environment at " + workspace.shown(none.environment().root());
        if (none.attempt().isEmpty()) {
            var help = new ArrayList<>(List.of("blast start makes one"));
            help.addAll(others(none.environment(), workspace));
            return new Failure(Exit.FINDINGS, sentence, help);
        }
        var attempt = none.attempt().get();
        var help = new ArrayList<>(attempt.why());
        help.add("blast start makes one when that is mended");
        return new Failure(
                Exit.FINDINGS,
                "%s; %s, %s ago, came to:"
                        .formatted(
                                sentence,
                                attempt.command(),
                                Figures.duration(Duration.between(attempt.time(), Instant.now()))),
                help);
    }

    /** The project's other environments that are there. */
    private static List<String> others(Environment none, Workspace workspace)
            throws EnvironmentException {
        return workspace.environments().of(none.project()).stream()
                .filter(it -> !it.isGone())
                .map(it ->
                        "--environment %s means %s"
                                .formatted(it.name(), workspace.shown(it.environment().root())))
                .toList();
    }

    private static Failure failure(InterpreterSearch.NotFound search) {
        return new Failure(
                Exit.FINDINGS,
                search.message(),
                List.of("blast start rebuilds the environment with another one"));
    }
}
