package dev.blast.environment.build;

import dev.blast.enforcer.Confinement;
import dev.blast.enforcer.Running;
import dev.blast.enforcer.Sandbox;
import dev.blast.enforcer.plan.EnforcerException;
import dev.blast.enforcer.plan.KernelFeatures;
import dev.blast.enforcer.plan.Launch;
import dev.blast.enforcer.plan.MissingLayer;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Planning;
import dev.blast.enforcer.plan.Problem;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.enforcer.spawn.Ending;
import dev.blast.enforcer.spawn.KernelProbe;
import dev.blast.enforcer.text.MissingLayerText;
import dev.blast.enforcer.text.PlanningText;
import dev.blast.enforcer.text.StartFailureText;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Reach;
import dev.blast.environment.session.GitElsewhere;
import dev.blast.environment.session.Grounds;
import dev.blast.environment.session.OwnPlaces;
import dev.blast.environment.session.PrivateFolder;
import dev.blast.environment.session.Surroundings;
import dev.blast.packaging.Message;
import dev.blast.rules.Context;
import dev.blast.rules.fact.Purpose;
import dev.blast.rules.fact.SandboxLayer;
import dev.blast.rules.fact.Session;
import dev.blast.rules.verdict.PathGrant;
import dev.blast.rules.verdict.PolicyException;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.vocabulary.Access;
import dev.blast.solver.BuildException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Runs Python for a build, with what the rules give to a session whose purpose is BUILD: its
 * project is what is built, its prefix the build environment, its home an empty folder. Any thread.
 */
final class BuildSandbox {
    /** What lets a build go on without a layer. */
    static final String BY_A_RULE =
            "to build without: a rule that accepts it by name; blast policy new layer begins one";

    private static final String PROGRAM = "python";
    private static final String PROGRAMS = "/usr/local/bin:/usr/bin:/bin";

    private static final Reason OUTPUT =
            Reason.ofBlast(
                    "what a build makes",
                    "writable",
                    "it is read back from there, and nothing else");

    private static final Reason HISTORY =
            Reason.ofBlast(
                    "the history of its commit", "readable", "backends take versions out of it");

    private final BuildTools tools;
    private final Session session;
    private @Nullable KernelFeatures kernel;

    /** So many hooks run at once; what waits for one of them holds none itself. */
    private final Semaphore processors = new Semaphore(Runtime.getRuntime().availableProcessors());

    /**
     * See the class.
     *
     * @param session of whoever wants something built
     */
    BuildSandbox(BuildTools tools, Session session) {
        this.tools = tools;
        this.session = session;
    }

    /**
     * What to run.
     *
     * @param arguments of Python
     * @param laid where it works
     * @param environment the build environment
     * @param log where its outputs go
     */
    record Run(List<String> arguments, LaidSource laid, Path environment, Path log) {
        WorkFolder work() {
            return laid.work();
        }

        /** Where it starts. */
        Path source() {
            return laid.tree().root();
        }

        /** Whether it works in somebody's own folder, and not in a copy of it. */
        boolean inPlace() {
            return !source().startsWith(work().root());
        }
    }

    /**
     * How it went.
     *
     * @param amiss what it did that Blast ended it for, or takes nothing of it for; null where
     *     there is nothing
     */
    record Ended(Ending ending, @Nullable String amiss) {}

    /**
     * What rules are asked about a run.
     *
     * @param surroundings of somebody's own folder; null where it works in a copy
     */
    private record Asked(Context context, @Nullable Surroundings surroundings) {}

    /** What is true whatever is asked about builds. */
    Context context() {
        return new Context(as(session.project(), session.home(), session.prefix()), List.of());
    }

    private Asked asked(Run run) throws BuildException, EnvironmentException {
        Path project = project(run);
        var given = new ArrayList<>(List.of(project, run.environment(), run.work().root()));
        Path shared = run.laid().shared();
        if (shared != null) {
            given.add(shared);
        }
        Context context =
                new Context(
                        as(project, run.work().home(), run.environment()),
                        List.of(),
                        OwnPlaces.withheld(tools.workspace(), project, given),
                        policy -> withOutput(GitElsewhere.shown(policy, project), run));
        return run.inPlace() ? inPlace(context, run) : new Asked(context, null);
    }

    /** A part of a project, as a member of a workspace is, is built as a part of it. */
    private Path project(Run run) {
        Path around = Grounds.real(session.project());
        return run.inPlace() && run.source().startsWith(around) ? around : run.laid().top();
    }

    /** What lies in somebody's own folder and is run outside stays as it is, as in a session. */
    private Asked inPlace(Context context, Run run) throws BuildException, EnvironmentException {
        Path project = project(run);
        Optional<String> unfit = Grounds.refusal(project, tools.workspace());
        if (unfit.isPresent()) {
            throw new BuildException(
                    Message.line(
                            "cannot be built in its own folder, which a build may write: "
                                    + unfit.get()));
        }
        new Reach(tools.workspace().directories()).note(List.of(project));
        Surroundings surroundings =
                Surroundings.of(
                        policy(context),
                        project,
                        new Environment(run.environment()),
                        OwnPlaces.programs(tools.workspace()));
        var withheld = new ArrayList<>(context.withheld());
        withheld.addAll(surroundings.withheld());
        return new Asked(
                new Context(context.session(), context.installed(), withheld, context.settling()),
                surroundings);
    }

    private Session as(Path project, Path home, Path prefix) {
        return new Session(
                session.user(),
                session.ci(),
                session.interactive(),
                session.environment(),
                project,
                home,
                prefix,
                session.basePrefix(),
                session.python(),
                session.platform(),
                PROGRAM,
                Purpose.BUILD);
    }

    private static SandboxPolicy withOutput(SandboxPolicy policy, Run run) {
        Path output = run.work().output();
        var paths = new ArrayList<>(policy.paths());
        paths.removeIf(grant -> grant.path().equals(output));
        paths.add(new PathGrant(output, Access.WRITABLE, OptionalLong.empty(), OUTPUT));
        Path shared = run.laid().shared();
        if (shared != null) {
            paths.add(new PathGrant(shared, Access.READABLE, OptionalLong.empty(), HISTORY));
        }
        paths.sort(Comparator.comparing(PathGrant::path));
        return policy.with(paths, policy.setVariables());
    }

    /**
     * Runs it to its end.
     *
     * @throws BuildException where it cannot be run confined as the rules want it
     */
    Ended run(Run run) throws BuildException, EnvironmentException, InterruptedException {
        Asked asked = asked(run);
        Context context = asked.context();
        SandboxPolicy policy = policy(context);
        KernelFeatures features = kernel();
        try (PrivateFolder folder = PrivateFolder.where(features)) {
            var command = new ArrayList<String>();
            command.add(run.environment().resolve("bin/python").toString());
            command.addAll(run.arguments());
            var launch =
                    new Launch(
                            command,
                            run.source(),
                            variables(run),
                            Stdio.logged(run.log()),
                            without(features, context),
                            folder.path(),
                            null);
            return switch (Confinement.plan(policy, launch, features)) {
                case Plan plan -> checked(run(plan, run), asked.surroundings());
                case Planning.Missing(List<MissingLayer> layers) ->
                        throw missing(layers, BY_A_RULE);
                case Planning.TooLittle(List<MissingLayer> layers) ->
                        throw missing(layers, MissingLayerText.TOO_LITTLE);
                case Planning.Invalid(List<Problem> problems) ->
                        throw new BuildException(
                                Message.line(
                                        "cannot be built: the policy for builds cannot be applied: "
                                                + String.join("; ", PlanningText.of(problems))));
                case Planning.NotFound(String name, var why) ->
                        throw new BuildException(
                                Message.line(
                                        "cannot be built: %s: %s"
                                                .formatted(name, PlanningText.of(why))));
            };
        }
    }

    private SandboxPolicy policy(Context context) throws BuildException {
        try {
            return tools.policy().sandbox(context);
        } catch (PolicyException e) {
            throw new BuildException(
                    Message.of("cannot be built: the rules cannot be asked: %s", Message.of(e)));
        }
    }

    private Ended run(Plan plan, Run run) throws BuildException, InterruptedException {
        processors.acquire();
        try (Running running = Sandbox.start(plan);
                var watch = BuildWatch.over(running, run.log())) {
            Ending ending = running.ending();
            return new Ended(ending, watch.stopped());
        } catch (EnforcerException e) {
            String remedy = StartFailureText.remedy(e.failure());
            throw new BuildException(
                    Message.of(
                            "cannot be built: %s%s",
                            StartFailureText.summary(e.failure()),
                            remedy.isEmpty() ? new Message("") : Message.of("\n%s", remedy)));
        } finally {
            processors.release();
        }
    }

    /** No mount keeps a program from making a repository, whose settings start programs outside. */
    private static Ended checked(Ended ended, @Nullable Surroundings surroundings) {
        List<String> made = surroundings == null ? List.of() : surroundings.made();
        return ended.amiss() != null || made.isEmpty()
                ? ended
                : new Ended(ended.ending(), "made a repository: " + String.join("; ", made));
    }

    private synchronized KernelFeatures kernel() {
        KernelFeatures known = kernel;
        if (known == null) {
            known = KernelProbe.ask();
            kernel = known;
        }
        return known;
    }

    private Set<SandboxLayer> without(KernelFeatures features, Context context) {
        Set<SandboxLayer> without = EnumSet.noneOf(SandboxLayer.class);
        for (MissingLayer missing : features.missing()) {
            var fact = new dev.blast.rules.fact.MissingLayer(missing.layer());
            if (tools.policy().judge(fact, context).allowed()) {
                without.add(missing.layer());
            }
        }
        return without;
    }

    private Map<String, String> variables(Run run) {
        Map<String, String> variables = new HashMap<>(tools.workspace().variables());
        variables.put("PATH", run.environment().resolve("bin") + ":" + PROGRAMS);
        variables.put("HOME", run.work().home().toString());
        variables.put("PWD", run.source().toString());
        return variables;
    }

    static BuildException missing(List<MissingLayer> layers, String next) {
        var lines = new ArrayList<Message>();
        var names = new ArrayList<String>();
        for (MissingLayer missing : layers) {
            names.add(missing.layer().title());
            lines.add(Message.of("%s: %s", missing.layer().title(), MissingLayerText.why(missing)));
            String remedy = MissingLayerText.remedy(missing);
            if (!remedy.isEmpty()) {
                lines.add(Message.line(remedy));
            }
        }
        return BuildException.forbidden(
                Message.of(
                        "is not built: the policy wants %s, not to be had here\n%s\n%s",
                        String.join(" and ", names), Message.joined(lines, "\n"), next));
    }
}
