package dev.blast.environment.session;

import dev.blast.environment.Cause;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Reach;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.KeptDecisions;
import dev.blast.environment.change.Unmade;
import dev.blast.environment.install.Venv;
import dev.blast.environment.install.VenvState;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.interpreter.InterpreterRequest;
import dev.blast.environment.interpreter.InterpreterSearch;
import dev.blast.environment.ledger.RefusalLines;
import dev.blast.environment.ledger.RunLedger;
import dev.blast.environment.project.Project;
import dev.blast.rules.Context;
import dev.blast.rules.explain.Explanations;
import dev.blast.rules.fact.MissingLayer;
import dev.blast.rules.fact.Purpose;
import dev.blast.rules.fact.SandboxLayer;
import dev.blast.rules.fact.Session;
import dev.blast.rules.verdict.PathGrant;
import dev.blast.rules.verdict.PolicyException;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.verdict.Withheld;
import dev.blast.rules.vocabulary.Access;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * An environment that something is to run in: its policy, and what is true inside whatever is
 * asked.
 *
 * @param sandbox what rules grant a program there, and no rule opens taken away
 * @param surroundings what lies in the folders that it may write
 */
public record Habitat(
        Workspace workspace,
        Project project,
        Environment environment,
        Applied applied,
        Interpreter interpreter,
        Policies policies,
        Context context,
        SandboxPolicy sandbox,
        Surroundings surroundings)
        implements Housing {
    private static final Reason MOUNTED =
            Reason.ofBlast("what is mounted in the project", "readable", "no copy has it");

    /**
     * The habitat of a project's environment, or why there is none.
     *
     * @param environment of the project; it need not be there
     * @param interactive whether a person sits at a terminal
     * @param command the program's name, without folders and arguments
     */
    public static Housing of(
            Workspace workspace,
            Project project,
            Environment environment,
            Policies policies,
            boolean interactive,
            Purpose purpose,
            String command)
            throws EnvironmentException, PolicyException {
        Optional<String> unfit = Grounds.refusal(project.directory(), workspace);
        if (unfit.isPresent()) {
            return new NoGround(project.directory(), unfit.get());
        }
        Optional<Applied> applied = applied(environment);
        if (applied.isEmpty()) {
            return none(workspace, environment);
        }
        return switch (interpreter(workspace, project, applied.get())) {
            case InterpreterSearch.NotFound search -> new NoInterpreter(search);
            case InterpreterSearch.Found(Interpreter interpreter, _) -> {
                Session session =
                        workspace
                                .caller(interactive)
                                .session(
                                        applied.get().name(),
                                        project.directory(),
                                        environment,
                                        interpreter,
                                        purpose,
                                        command);
                yield of(
                        workspace,
                        project,
                        environment,
                        applied.get(),
                        interpreter,
                        policies,
                        session);
            }
        };
    }

    private static Habitat of(
            Workspace workspace,
            Project project,
            Environment environment,
            Applied applied,
            Interpreter interpreter,
            Policies policies,
            Session session)
            throws EnvironmentException, PolicyException {
        workspace.directories().create();
        Context asked =
                new Context(
                        session,
                        Installed.facts(
                                project,
                                environment,
                                applied,
                                interpreter.markers(),
                                policies.policy()),
                        OwnPlaces.withheld(workspace, project.directory()),
                        UnaryOperator.identity());
        SandboxPolicy granted = policies.policy().sandbox(asked);
        Surroundings surroundings =
                Surroundings.of(
                        granted, project.directory(), environment, OwnPlaces.programs(workspace));
        List<Withheld> withheld = new ArrayList<>(asked.withheld());
        withheld.addAll(surroundings.withheld());
        Context context =
                new Context(
                        session,
                        asked.installed(),
                        withheld,
                        it ->
                                new Bytecode(environment)
                                        .settled(
                                                GitElsewhere.shown(it, project.directory()),
                                                applied));
        return new Habitat(
                workspace,
                project,
                environment,
                applied,
                interpreter,
                policies,
                context,
                context.inForce(granted),
                surroundings);
    }

    /** What the last change left; an environment that Blast has not made is none to it. */
    public static Optional<Applied> applied(Environment environment) throws EnvironmentException {
        return environment.exists() ? Applied.of(environment) : Optional.empty();
    }

    public static NoEnvironment none(Workspace workspace, Environment environment) {
        return new NoEnvironment(environment, Unmade.of(workspace.dossier(environment)));
    }

    /** The environment's interpreter, for which nothing in the project itself is started. */
    public static InterpreterSearch interpreter(
            Workspace workspace, Project project, Applied applied) {
        return workspace
                .interpreters()
                .startingNothingIn(project.directory())
                .find(new InterpreterRequest.At(applied.interpreter()));
    }

    /** The same with more paths in it that can be read. */
    public Habitat seeing(Set<Path> paths) {
        List<PathGrant> grants = new ArrayList<>(sandbox.paths());
        for (Path path : paths) {
            grants.add(new PathGrant(path, Access.READABLE, OptionalLong.empty(), MOUNTED));
        }
        return with(sandbox.with(grants, sandbox.setVariables()));
    }

    /** The same with another policy. */
    Habitat with(SandboxPolicy other) {
        return new Habitat(
                workspace,
                project,
                environment,
                applied,
                interpreter,
                policies,
                context,
                other,
                surroundings);
    }

    /** Where the environment was made, if it was moved or copied since. */
    public Optional<Path> madeAt() throws EnvironmentException {
        try {
            return Venv.inspect(environment.root()) instanceof VenvState.Moved(_, Path madeAt)
                    ? Optional.of(madeAt)
                    : Optional.empty();
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot look at %s: %s"
                            .formatted(environment.root(), Cause.of(e, environment.root())),
                    e);
        }
    }

    /** Whether a rule accepts that this layer is missing. */
    public boolean accepts(SandboxLayer missing) {
        return policies.policy().judge(new MissingLayer(missing), context).allowed();
    }

    public Sessions sessions() {
        return workspace.sessions(environment);
    }

    /**
     * Keeps what one run tries to reach, and tells of what it is refused.
     *
     * @param by the command, as it was typed
     * @param searchList what resolvers inside put behind names
     * @param says a line
     */
    public RunLedger ledger(String by, List<String> searchList, Consumer<String> says) {
        var why = new Explanations(policies.policy(), context);
        var refusals =
                new RefusalLines(
                        new KeptDecisions(workspace.dossier(environment)),
                        context.session(),
                        by,
                        why::of,
                        searchList,
                        says);
        return workspace
                .ledgers(environment)
                .begin(by, refusals, says, trouble -> says.accept("blast: " + trouble));
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
        Reach reach = new Reach(workspace.directories());
        reach.note(elsewhere);
        try {
            reach.note(List.of(Grounds.real(project.directory())));
        } catch (EnvironmentException _) {
            // a home that cannot be written; the list of environments names most projects
        }
    }

    /**
     * A caller's variables with the environment activated in them; which of them arrive, rules say.
     */
    Map<String, String> activated(Map<String, String> caller) {
        Map<String, String> variables = new HashMap<>(caller);
        String path = variables.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        variables.put("PATH", environment.root().resolve("bin") + ":" + path);
        variables.put("VIRTUAL_ENV", environment.root().toString());
        variables.put("VIRTUAL_ENV_PROMPT", context.session().environment());
        variables.remove("PYTHONHOME");
        return variables;
    }
}
