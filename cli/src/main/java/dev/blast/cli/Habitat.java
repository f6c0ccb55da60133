package dev.blast.cli;

import dev.blast.cli.terminal.Figures;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Reach;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.Unmade;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.interpreter.InterpreterRequest;
import dev.blast.environment.interpreter.Search;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Bytecode;
import dev.blast.environment.session.Grounds;
import dev.blast.environment.session.Installed;
import dev.blast.environment.session.OwnPlaces;
import dev.blast.environment.session.Policies;
import dev.blast.environment.session.Sessions;
import dev.blast.environment.session.Surroundings;
import dev.blast.environment.session.Workspace;
import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.MissingLayer;
import dev.blast.rules.fact.Purpose;
import dev.blast.rules.fact.SandboxLayer;
import dev.blast.rules.fact.Session;
import dev.blast.rules.verdict.PathGrant;
import dev.blast.rules.verdict.PolicyException;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.vocabulary.Access;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An environment that something is to run in: its policy, and what is true inside whatever is
 * asked.
 *
 * @param sandbox what rules grant a program there, and no rule opens taken away
 * @param surroundings what lies in the folders that it may write
 */
record Habitat(
        Workspace workspace,
        Project project,
        Environment environment,
        Applied applied,
        Policies policies,
        Context context,
        SandboxPolicy sandbox,
        Surroundings surroundings) {

    /**
     * The habitat of the project around the current folder.
     *
     * @param command the program's name, without folders and arguments
     */
    static Habitat of(Invocation invocation, Workspace workspace, Purpose purpose, String command)
            throws EnvironmentException, PolicyException, Failure {
        Project project = Workspaces.project(workspace, invocation);
        for (String line : Wishes.elsewhere(project.directory(), invocation.environment())) {
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
        Workspaces.requireGround(project.directory(), workspace);
        Environment environment = project.environment();
        Applied applied = applied(environment, workspace);
        Session session =
                workspace
                        .caller(invocation.interactive())
                        .session(
                                applied.name(),
                                project.directory(),
                                environment,
                                interpreter(workspace, project, applied),
                                purpose,
                                command);
        workspace.directories().create();
        var asked =
                new Context(
                        session,
                        Installed.facts(project, environment, applied, policies.policy()),
                        OwnPlaces.withheld(workspace, project.directory()),
                        UnaryOperator.identity());
        SandboxPolicy granted = policies.policy().sandbox(asked);
        Surroundings surroundings =
                Surroundings.of(granted, project, environment, OwnPlaces.programs(workspace));
        var withheld = new ArrayList<>(asked.withheld());
        withheld.addAll(surroundings.withheld());
        var context =
                new Context(session, asked.installed(), withheld, new Bytecode(environment)::apart);
        return new Habitat(
                workspace,
                project,
                environment,
                applied,
                policies,
                context,
                context.inForce(granted),
                surroundings);
    }

    /** What the last change left; an environment that Blast has not made is none to it. */
    static Applied applied(Environment environment, Workspace workspace)
            throws EnvironmentException, Failure {
        Optional<Applied> applied =
                environment.exists() ? Applied.of(environment) : Optional.empty();
        return applied.orElseThrow(() -> none(environment, workspace));
    }

    private static Failure none(Environment environment, Workspace workspace) {
        String sentence = "there is no environment at " + workspace.shown(environment.root());
        Optional<Unmade> unmade = Unmade.of(workspace.dossier(environment));
        if (unmade.isEmpty()) {
            return new Failure(Exit.FINDINGS, sentence, "blast start makes one");
        }
        var help = new ArrayList<>(unmade.get().why());
        help.add("blast start makes one when that is mended");
        return new Failure(
                Exit.FINDINGS,
                "%s; %s, %s ago, came to:"
                        .formatted(
                                sentence,
                                unmade.get().command(),
                                Figures.duration(
                                        Duration.between(unmade.get().time(), Instant.now()))),
                help);
    }

    static Interpreter interpreter(Workspace workspace, Project project, Applied applied)
            throws Failure {
        return switch (workspace
                .interpreters()
                .startingNothingIn(project.directory())
                .find(new InterpreterRequest.At(applied.interpreter()))) {
            case Search.Found(Interpreter interpreter, _) -> interpreter;
            case Search.NotFound notFound ->
                    throw new Failure(
                            Exit.FINDINGS,
                            notFound.message(),
                            List.of("blast start rebuilds the environment with another one"));
        };
    }

    Interpreter interpreter() throws Failure {
        return interpreter(workspace, project, applied);
    }

    private Policy policy() {
        return policies.policy();
    }

    boolean accepts(SandboxLayer missing) {
        return policy().judge(new MissingLayer(missing), context).allowed();
    }

    /**
     * Before a program starts: what it can write is nothing to be started outside unasked from now
     * on.
     */
    void noteReach() throws EnvironmentException {
        List<Path> elsewhere = new ArrayList<>();
        for (PathGrant grant : sandbox.paths()) {
            if (grant.access() == Access.WRITABLE
                    && !grant.path().startsWith(project.directory())) {
                elsewhere.add(Grounds.real(grant.path()));
            }
        }
        var reach = new Reach(workspace.directories());
        reach.note(elsewhere);
        try {
            reach.note(List.of(Grounds.real(project.directory())));
        } catch (EnvironmentException _) {
            // a home that cannot be written; the list of environments names most projects
        }
    }

    Sessions sessions() {
        return workspace.sessions(environment);
    }

    /**
     * The caller's variables with the environment activated in them; which of them arrive, rules
     * say.
     */
    Map<String, String> variables() {
        var variables = new HashMap<>(Inherited.variables(workspace.variables()));
        String path = variables.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        variables.put("PATH", environment.root().resolve("bin") + ":" + path);
        variables.put("VIRTUAL_ENV", environment.root().toString());
        variables.put("VIRTUAL_ENV_PROMPT", context.session().environment());
        variables.remove("PYTHONHOME");
        return variables;
    }
}
