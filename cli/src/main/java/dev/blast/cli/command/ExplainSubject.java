package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Inherited;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.BuildableReport;
import dev.blast.cli.report.DecisionReport;
import dev.blast.cli.report.ExplanationPage;
import dev.blast.cli.report.ExplanationReport;
import dev.blast.cli.report.GrantsReport;
import dev.blast.cli.report.Report;
import dev.blast.cli.report.SandboxReport;
import dev.blast.cli.syntax.Nearest;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.MissingLayer;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Planning;
import dev.blast.enforcer.plan.Problem;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.enforcer.spawn.KernelProbe;
import dev.blast.enforcer.text.MissingLayerText;
import dev.blast.enforcer.text.PlanningText;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.advisories.AdvisorySet;
import dev.blast.environment.advisories.AdvisoryStore;
import dev.blast.environment.change.KeptDecision;
import dev.blast.environment.change.KeptDecisions;
import dev.blast.environment.health.AdvisoryCheck;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.ConfinedProgram;
import dev.blast.environment.session.Habitat;
import dev.blast.environment.session.Policies;
import dev.blast.environment.session.SandboxQuestions;
import dev.blast.environment.session.SandboxTrial;
import dev.blast.environment.session.Variables;
import dev.blast.environment.session.Wish;
import dev.blast.environment.session.Workspace;
import dev.blast.environment.sync.Consideration;
import dev.blast.environment.sync.Considered;
import dev.blast.environment.sync.Sync;
import dev.blast.environment.sync.VersionAsked;
import dev.blast.index.IndexException;
import dev.blast.packaging.Host;
import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.compare.EarlierRequests;
import dev.blast.rules.compare.PolicyChange;
import dev.blast.rules.compare.PolicyComparison;
import dev.blast.rules.explain.Explanation;
import dev.blast.rules.explain.Explanations;
import dev.blast.rules.explain.ProposalTerms;
import dev.blast.rules.explain.Remade;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Judged;
import dev.blast.rules.fact.Protocol;
import dev.blast.rules.fact.SandboxLayer;
import dev.blast.rules.fact.Violation;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.vocabulary.Answer.Resource;
import dev.blast.rules.vocabulary.Quoted;
import dev.blast.rules.vocabulary.SyscallNames;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Answers {@code blast check --explain SUBJECT}: 0 where it is allowed, 1 where it is not. */
final class ExplainSubject {
    private static final String NAME_LEADS =
            "where the name leads is judged when it is dialled: to this machine or into a private network only if a rule says so (toLoopback, toPrivate)";

    private static final String NO_PORT =
            "only the name was looked up, so no port is known: a rule that names one (port == 443) opens less";

    private final Invocation invocation;
    private final Subject subject;
    private final AskedAs asker;
    private final Workspace workspace;
    private final PictureFiles pictures;

    ExplainSubject(Invocation invocation) throws Failure {
        this.invocation = invocation;
        Workspace own = Workspaces.of(invocation);
        subject =
                Subject.parse(
                        invocation.arguments().operands(), invocation.directory(), own.home());
        asker = AskedAs.of(invocation.arguments(), subject);
        workspace = asker.in(own);
        pictures = PictureFiles.of(invocation);
    }

    int run() throws Exception {
        return switch (subject) {
            case Subject.Choose one ->
                    considered((consideration, job) -> consideration.of(job, asked(one)));
            case Subject.Together(Subject.Choose one, Subject.Choose other) ->
                    considered((consideration, job) ->
                            consideration.of(job, asked(one), asked(other)));
            case Subject.ToBuild(Subject.Choose what) ->
                    considered((consideration, job) -> consideration.ofBuild(job, asked(what)));
            default -> inside(Habitats.of(invocation, workspace, asker.purpose(), asker.command()));
        };
    }

    /** What is asked about a session, which there is none of without an environment. */
    private int inside(Habitat habitat) throws Exception {
        ProposalTerms terms = asker.terms(habitat.project());
        var why = new Explanations(habitat.policies().policy(), habitat.context(), terms);
        return switch (subject) {
            case Subject.Connect(String host, int port, Protocol protocol) -> {
                boolean index = protocol != Protocol.UNIX && isIndex(host, habitat);
                Connection asked = Connection.to(host, port, index).by(protocol);
                yield connection(habitat, asked, why.of(asked));
            }
            case Subject.Read(Path path) -> {
                SandboxQuestions questions = questions(habitat, why);
                yield answer(
                        habitat,
                        questions.ofReading(path),
                        PathNotes.of(path, questions.decision(path)));
            }
            case Subject.Write(Path path) -> {
                SandboxQuestions questions = questions(habitat, why);
                yield answer(
                        habitat,
                        questions.ofWriting(path),
                        PathNotes.ofWriting(path, questions.decision(path), habitat.sandbox()));
            }
            case Subject.AccessTo(Path path) ->
                    answer(
                            habitat,
                            why.ofAccess(path),
                            PathNotes.of(path, questions(habitat, why).decision(path)));
            case Subject.Variable(String name) ->
                    answer(habitat, why.ofVariable(name), variableNotes(name, habitat));
            case Subject.LimitOf(Resource resource) ->
                    answer(habitat, why.ofLimit(resource), List.of());
            case Subject.Violated(Violation it) -> answer(habitat, why.of(it), notes(it));
            case Subject.Syscall(String name) -> syscall(name, questions(habitat, why));
            case Subject.AdvisoryCalled(String id) -> advisory(id, habitat, why);
            case Subject.Decided(String id) -> decided(id, habitat, terms);
            case Subject.Run(String program) -> program(program, habitat);
            case Subject.Sandbox _ -> sandbox(habitat);
            case Subject.Choose _, Subject.Together _, Subject.ToBuild _ ->
                    throw new IllegalStateException("asked of no session: " + subject);
        };
    }

    /** A name is judged before anybody knows where it leads. */
    private int connection(Habitat habitat, Connection asked, Explanation explanation)
            throws Failure, EnvironmentException {
        new KeptDecisions(workspace.dossier(habitat.environment()))
                .keep(
                        List.of(
                                KeptDecision.of(
                                        Instant.now(),
                                        invocation.line(),
                                        habitat.context().session(),
                                        asked,
                                        explanation)));
        return answer(
                habitat,
                explanation,
                explanation.judgement().allowed()
                        ? wayOut(habitat, asked)
                        : AlsoOpened.notes(habitat, explanation, asked));
    }

    private static List<String> notes(Violation it) {
        return it.kind().isSeen()
                ? List.of()
                : List.of(
                        "not yet in force: the kernel tells the program alone of these, by an error");
    }

    private List<String> wayOut(Habitat habitat, Connection asked) {
        List<String> closed =
                KernelProbe.ask().missing().stream()
                        .filter(it ->
                                it.layer() == SandboxLayer.EGRESS
                                        || it.layer() == SandboxLayer.NETWORK)
                        .map(it ->
                                "nothing is let out of a sandbox here all the same: "
                                        + MissingLayerText.why(it))
                        .limit(1)
                        .toList();
        if (!closed.isEmpty()) {
            return closed;
        }
        Optional<String> proxy = new ProxySettings(invocation, habitat).note(asked);
        boolean ofName = asked.address() == null && asked.port() > 0 && !asked.toLoopback();
        return proxy.map(List::of).orElseGet(() -> ofName ? List.of(NAME_LEADS) : List.of());
    }

    private Map<String, String> paths(Habitat habitat) {
        return paths(habitat.project(), habitat.policies());
    }

    private Map<String, String> paths(Project project, Policies policies) {
        return new PolicyPlaces(workspace.sources(), project, policies.files()).paths();
    }

    private int answer(Habitat habitat, Explanation explanation, List<String> notes)
            throws Failure {
        return answer(habitat.project(), habitat.policies(), explanation, notes, shown -> shown);
    }

    private int answer(
            Project project,
            Policies policies,
            Explanation explanation,
            List<String> notes,
            Function<ExplanationReport, Report> report)
            throws Failure {
        Map<String, String> paths = paths(project, policies);
        var shown =
                new ExplanationReport(
                        explanation, notes, invocation.arguments().has("--trace"), paths);
        invocation.answer("check-explain", report.apply(shown));
        pictures.write(
                new ExplanationPage(
                        explanation,
                        notes,
                        paths,
                        fact -> FactOrigins.of(fact, asker),
                        remedy -> effect(policies.policy(), remedy)));
        return explanation.judgement().allowed() ? Exit.DONE.code() : Exit.FINDINGS.code();
    }

    private static Optional<PolicyChange> effect(Policy policy, Explanation.Remedy remedy) {
        return Remade.of(policy, remedy.changes())
                .map(made -> PolicyComparison.of(policy, made, EarlierRequests.NONE));
    }

    private static SandboxQuestions questions(Habitat habitat, Explanations why) {
        return new SandboxQuestions(habitat, why, KernelProbe.ask());
    }

    /** What comes on top of what rules pass on and set. */
    private List<String> variableNotes(String name, Habitat habitat) throws EnvironmentException {
        String own = new Variables(habitat.environment()).read().get(name);
        if (own != null) {
            return List.of(
                    "blast start --env has set it for this environment, to %s, whatever rules say"
                            .formatted(Quoted.of(own)));
        }
        boolean passed = habitat.sandbox().passes(name);
        if (!passed && SandboxPolicy.isOfProxy(name)) {
            return List.of(
                    "connections that rules allow go through the proxy by themselves; only a rule with this very name, not a pattern, tells a program where it is");
        }
        return passed && !workspace.variables().containsKey(name)
                ? List.of("where you are it is not set, so there is nothing to pass on")
                : List.of();
    }

    private int syscall(String name, SandboxQuestions questions) throws Exception {
        Syscall call =
                Syscall.named(name)
                        .orElseThrow(() ->
                                new Failure(
                                        Exit.USAGE,
                                        "'" + name + "' is not a system call",
                                        Nearest.hint(name, SyscallNames.CALLS)));
        var notes = new ArrayList<>(SyscallNotes.of(questions.decision(call)));
        if (!questions.kernel().has(SandboxLayer.SECCOMP)) {
            notes.add("this kernel cannot filter system calls: none of this is in force here");
        }
        return answer(questions.habitat(), questions.ofSyscall(call), notes);
    }

    /** Whether packages are fetched from there; where no index is known, from nowhere. */
    private boolean isIndex(String host, Habitat habitat) throws Exception {
        if (!habitat.policies().policy().mentions(Connection.class, "toIndex")) {
            return false;
        }
        return new IndexHosts(invocation, habitat).get().contains(Host.of(host));
    }

    private static VersionAsked asked(Subject.Choose choose) {
        return new VersionAsked(choose.name(), choose.version());
    }

    /** Something that is asked about versions. */
    private interface VersionQuestion {
        Considered of(Consideration consideration, Sync.Job job)
                throws EnvironmentException, IndexException;
    }

    /** As a sync asks while it chooses, and before it builds; it needs no environment. */
    private int considered(VersionQuestion question)
            throws EnvironmentException, IndexException, Failure {
        Project project = Workspaces.project(workspace, invocation);
        Policies policies = Workspaces.policies(workspace, project, invocation.console());
        ProposalTerms terms = asker.terms(project);
        invocation.console().progress().phase("asking the index");
        Considered considered =
                new SyncReporting(invocation, workspace, project.directory())
                        .ask(
                                project,
                                policies,
                                (tools, job) -> question.of(new Consideration(tools, terms), job));
        Explanation explanation = ConsideredText.explanation(considered);
        int exit =
                answer(
                        project,
                        policies,
                        explanation,
                        ConsideredText.notes(considered),
                        shown ->
                                considered instanceof Considered.Buildable buildable
                                        ? BuildableReport.of(shown, buildable)
                                        : shown);
        return ConsideredText.isLeftOut(considered) ? Exit.FINDINGS.code() : exit;
    }

    /** What was said then, and what the rules of today say to the same. */
    private int decided(String id, Habitat habitat, ProposalTerms terms) throws Exception {
        List<KeptDecision> called =
                new KeptDecisions(workspace.dossier(habitat.environment())).called(id);
        if (called.isEmpty()) {
            throw new Failure(
                    Exit.FINDINGS,
                    "no decision #%s is kept of this environment".formatted(id),
                    "the last ones are kept, with the id that was printed");
        } else if (called.size() > 1) {
            throw new Failure(
                    Exit.USAGE,
                    "#%s begins more than one id".formatted(id),
                    called.stream()
                            .map(it -> "blast check --explain '#%s'".formatted(it.id()))
                            .toList());
        }
        KeptDecision then = called.getFirst();
        Judged about =
                then.subject()
                        .orElseThrow(() ->
                                new Failure(
                                        Exit.FINDINGS,
                                        "what #%s was about is no longer asked".formatted(id),
                                        then.said().lines().toList()));
        Context context = habitat.context().as(then.draft().somebody());
        Explanation today = new Explanations(habitat.policies().policy(), context, terms).of(about);
        var notes = new ArrayList<String>();
        notes.add("asked again beside what is installed now");
        if (about instanceof Connection connection) {
            if (connection.port() == 0 && connection.protocol() != Protocol.UNIX) {
                notes.add(NO_PORT);
            }
            notes.addAll(AlsoOpened.notes(habitat, today, connection));
        }
        var shown =
                new ExplanationReport(
                        today, notes, invocation.arguments().has("--trace"), paths(habitat));
        invocation.answer("check-explain", new DecisionReport(then, shown));
        return today.judgement().allowed() ? Exit.DONE.code() : Exit.FINDINGS.code();
    }

    /** Of what is installed the first that has it, and the others by name. */
    private int advisory(String id, Habitat habitat, Explanations why) throws Exception {
        Optional<AdvisorySet> known = new AdvisoryStore(workspace.directories()).read();
        if (known.isEmpty()) {
            throw new Failure(Exit.FINDINGS, "no holes are known here", "blast advisories update");
        }
        List<AdvisoryCheck.Having> having =
                AdvisoryCheck.having(
                        habitat.environment(),
                        habitat.interpreter(),
                        known.get(),
                        it -> it.isCalled(id));
        if (having.isEmpty()) {
            throw new Failure(
                    Exit.FINDINGS,
                    "nothing that is installed here has %s".formatted(Quoted.plain(id)),
                    "blast check --explain names the holes that are known");
        }
        AdvisoryCheck.Having first = having.getFirst();
        return answer(
                habitat,
                why.of(first.hole().of(first.version(), Instant.now())),
                having.stream()
                        .skip(1)
                        .map(it ->
                                "%s %s has it too; a rule speaks of each by itself"
                                        .formatted(it.hole().name(), it.version()))
                        .toList());
    }

    private int program(String program, Habitat habitat) throws Exception {
        Planning planning =
                ConfinedProgram.plan(
                        habitat,
                        new Wish(
                                List.of(program),
                                invocation.directory(),
                                Stdio.inherit(),
                                Inherited.variables(workspace.variables()),
                                Map.of(),
                                Set.of(),
                                true));
        String problem =
                switch (planning) {
                    case Plan _ -> null;
                    case Planning.NotFound(_, var why) -> PlanningText.of(why);
                    case Planning.Invalid(List<Problem> problems) ->
                            String.join("; ", PlanningText.of(problems));
                    case Planning.Missing(List<MissingLayer> layers) -> missingHere(layers);
                    case Planning.TooLittle(List<MissingLayer> layers) -> missingHere(layers);
                };
        invocation.answer(
                "check-explain",
                new GrantsReport(
                        "run " + program,
                        problem,
                        planning.ladder().title(),
                        habitat.policies().policy().revision(),
                        Grants.of(habitat.sandbox(), workspace),
                        paths(habitat)));
        return problem == null ? Exit.DONE.code() : Exit.FINDINGS.code();
    }

    private static String missingHere(List<MissingLayer> layers) {
        return "missing here: "
                + String.join(", ", layers.stream().map(layer -> layer.layer().title()).toList());
    }

    private int sandbox(Habitat habitat) throws Exception {
        SandboxTrial trial = SandboxTrial.of(habitat, Inherited.variables(workspace.variables()));
        List<SandboxReport.Missing> missing =
                KernelProbe.ask().missing().stream()
                        .map(layer ->
                                new SandboxReport.Missing(
                                        layer.layer().title(),
                                        MissingLayerText.why(layer),
                                        MissingLayerText.remedy(layer)))
                        .toList();
        invocation.answer(
                "check-explain",
                new SandboxReport(
                        trial.ladder().title(),
                        SandboxLines.layers(trial),
                        SandboxLines.network(trial, new ProxySettings(invocation, habitat).get()),
                        missing,
                        SandboxLines.beside(trial),
                        SandboxLines.leftOut(trial)));
        return trial.ladder().isNone() ? Exit.FINDINGS.code() : Exit.DONE.code();
    }
}
