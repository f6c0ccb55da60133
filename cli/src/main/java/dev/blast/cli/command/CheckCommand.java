package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Inherited;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.CheckLine;
import dev.blast.cli.report.CheckReport;
import dev.blast.cli.report.FindingText;
import dev.blast.cli.terminal.Figures;
import dev.blast.environment.Environment;
import dev.blast.environment.advisories.AdvisorySet;
import dev.blast.environment.advisories.AdvisoryStore;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.Dossier;
import dev.blast.environment.health.AdvisoryCheck;
import dev.blast.environment.health.CompanionCheck;
import dev.blast.environment.health.Finding;
import dev.blast.environment.health.HealthCheck;
import dev.blast.environment.health.InstalledCandidates;
import dev.blast.environment.health.LicenseCheck;
import dev.blast.environment.install.RecordCheck;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Habitat;
import dev.blast.environment.session.Policies;
import dev.blast.environment.session.SandboxTrial;
import dev.blast.environment.session.Workspace;
import dev.blast.rules.CompanionRules;
import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Companion;
import dev.blast.rules.fact.Purpose;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.PolicyFile;
import dev.blast.solver.text.NoteText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code blast check}: is the environment whole; with {@code --explain SUBJECT}: why is something
 * allowed or not.
 */
public final class CheckCommand implements Command {

    @Override
    public int run(Invocation invocation) throws Exception {
        boolean explain = invocation.arguments().has("--explain");
        List<String> subject = invocation.arguments().operands();
        if (!subject.isEmpty() && !explain) {
            throw new Failure(
                    Exit.USAGE,
                    "check looks at the whole environment",
                    "to ask about one thing: blast check --explain " + String.join(" ", subject));
        }
        for (String option : AskedAs.OPTIONS) {
            if (subject.isEmpty() && invocation.arguments().has(option)) {
                throw new Failure(
                        Exit.USAGE,
                        option + " goes with --explain and what is to be explained",
                        "such as: blast check --explain connect api.example:443 "
                                + AskedAs.example(option));
            }
        }
        return subject.isEmpty()
                ? health(invocation, explain)
                : new ExplainSubject(invocation).run();
    }

    private static int health(Invocation invocation, boolean evidence) throws Exception {
        Workspace workspace = Workspaces.of(invocation);
        Project project = Workspaces.project(workspace, invocation);
        Environment environment = Whereabouts.of(invocation, workspace, project.directory());
        Dossier dossier = workspace.dossier(environment);
        Optional<String> recovered =
                dossier.recover(invocation.line(), PatienceOption.of(invocation));
        Applied applied = Habitats.applied(environment, workspace);
        invocation.console().progress().phase("checking");
        var lines = new ArrayList<CheckLine>();
        recovered.ifPresent(sentence -> lines.add(ok("recovered", sentence)));
        dossier.planted()
                .ifPresent(sentence ->
                        lines.add(CheckLine.of("journal", Finding.Level.WARN, sentence)));
        new HealthCheck(project, dossier, workspace.store(), RecordCheck.Depth.DEEP)
                .run(Habitats.interpreter(workspace, project, applied))
                .forEach(finding -> lines.add(FindingText.of(finding)));
        applied.lifted().stream()
                .map(hold -> hold.name() + " " + hold.version() + ", " + NoteText.of(hold.note()))
                .forEach(sentence -> lines.add(ok("holds", sentence)));
        List<PolicyFile> files = workspace.sources().read(project, workspace.trust());
        switch (Policy.load(files)) {
            case Loading.Refused(List<Diagnostic> errors) -> lines.add(broken(errors));
            case Loading.Loaded(Policy policy) -> {
                var policies = new Policies(files, policy);
                lines.addAll(ruled(invocation, workspace, project, policies, applied));
                advisories(invocation, workspace, project, policies, evidence)
                        .ifPresent(lines::add);
                lines.add(policy(policies, Workspaces.exposed(workspace, files)));
                lines.add(
                        sandbox(
                                SandboxTrial.of(
                                        Habitats.of(
                                                invocation,
                                                workspace,
                                                project,
                                                policies,
                                                Purpose.RUN,
                                                "python"),
                                        Inherited.variables(workspace.variables()))));
            }
        }
        var report =
                new CheckReport(
                        applied.name(),
                        applied.python(),
                        applied.distributions().size(),
                        applied.generation(),
                        lines,
                        NotRead.of(project),
                        evidence);
        invocation.console().close();
        invocation.answer(report);
        return report.open() == 0 ? Exit.DONE.code() : Exit.FINDINGS.code();
    }

    /** What rules say of installed versions without an index. */
    private static List<CheckLine> ruled(
            Invocation invocation,
            Workspace workspace,
            Project project,
            Policies policies,
            Applied applied)
            throws Exception {
        Habitat habitat =
                Habitats.of(invocation, workspace, project, policies, Purpose.RESOLVE, "blast");
        Policy policy = policies.policy();
        Optional<CompanionRules> apart = policy.companions(habitat.context());
        boolean byLicense = policy.judgesBy(Candidate.class, Candidate.LICENSE);
        if (apart.isEmpty() && !byLicense) {
            return List.of();
        }
        boolean licensed =
                policy.mentions(Candidate.class, Candidate.LICENSE)
                        || policy.mentions(Companion.class, Candidate.LICENSE);
        List<Candidate> installed =
                InstalledCandidates.of(
                        project, habitat.environment(), habitat.interpreter(), licensed);
        var lines = new ArrayList<CheckLine>();
        apart.flatMap(rules -> new CompanionCheck(rules).of(installed))
                .map(FindingText::of)
                .ifPresent(lines::add);
        if (byLicense) {
            new LicenseCheck(policy, habitat.context(), applied.lifted())
                    .of(installed)
                    .map(FindingText::of)
                    .ifPresent(lines::add);
        }
        return lines;
    }

    /** Judged as a sync does it. Where nothing is known, only who wants to know it all hears so. */
    private static Optional<CheckLine> advisories(
            Invocation invocation,
            Workspace workspace,
            Project project,
            Policies policies,
            boolean evidence)
            throws Exception {
        Optional<AdvisorySet> known = new AdvisoryStore(workspace.directories()).read();
        if (known.isEmpty()) {
            return evidence
                    ? Optional.of(
                            ok("advisories", "no holes are known here: blast advisories update"))
                    : Optional.empty();
        }
        Habitat habitat =
                Habitats.of(invocation, workspace, project, policies, Purpose.RESOLVE, "blast");
        return Optional.of(
                FindingText.of(
                        new AdvisoryCheck(
                                        project,
                                        habitat.environment(),
                                        habitat.interpreter(),
                                        known.get(),
                                        policies.policy(),
                                        habitat.context(),
                                        Instant.now())
                                .run()));
    }

    /**
     * What there is, and who stands behind it.
     *
     * @param exposed whose policies others may change, a sentence each
     */
    private static CheckLine policy(Policies policies, List<String> exposed) {
        Policy policy = policies.policy();
        String summary =
                "%s, %s, 0 errors; %s (%s)"
                        .formatted(
                                Figures.count(policy.files(), "file"),
                                Figures.count(policy.rules().size(), "rule"),
                                trust(policies),
                                policy.revision());
        return exposed.isEmpty()
                ? ok("policy", summary)
                : new CheckLine("policy", Finding.Level.WARN, summary, List.of(), exposed);
    }

    private static String trust(Policies policies) {
        if (policies.ofProject().isEmpty()) {
            return "none of this project's own";
        }
        if (policies.projectTrusted()) {
            return "project files trusted";
        }
        return policies.off().isEmpty()
                ? "project files only narrow"
                : "project files not trusted, so that %s of theirs are off"
                        .formatted(Figures.count(policies.off().size(), "rule"));
    }

    private static CheckLine broken(List<Diagnostic> errors) {
        List<String> evidence = errors.stream().flatMap(error -> error.render().lines()).toList();
        return new CheckLine(
                "policy",
                Finding.Level.FAIL,
                Figures.count(errors.size(), "error") + "; nothing runs until they are mended",
                evidence,
                List.of("blast policy lint"));
    }

    /** It started without a layer only where a rule accepts that: then there is nothing to mend. */
    private static CheckLine sandbox(SandboxTrial sandbox) {
        List<String> layers = SandboxLines.layers(sandbox);
        String ladder = sandbox.ladder().title();
        List<String> wanting = SandboxLines.wanting(sandbox);
        String summary =
                layers.isEmpty()
                        ? ladder
                                + (wanting.isEmpty()
                                        ? ""
                                        : ": missing here " + String.join(", ", wanting))
                        : ladder + ": " + String.join(", ", layers);
        boolean full = sandbox.ladder().isFull();
        boolean none = sandbox.ladder().isNone();
        return new CheckLine(
                "sandbox",
                none ? Finding.Level.FAIL : Finding.Level.OK,
                full || none ? summary : summary + " (as the rules accept)",
                SandboxLines.missing(sandbox),
                full ? List.of() : List.of("blast check --explain sandbox"));
    }

    private static CheckLine ok(String subject, String summary) {
        return CheckLine.of(subject, Finding.Level.OK, summary);
    }
}
