package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.PolicyDiffReport;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.health.PastRequests;
import dev.blast.environment.policies.CommittedPolicies;
import dev.blast.environment.policies.CommittedPolicies.Committed;
import dev.blast.environment.policies.PolicySources;
import dev.blast.environment.policies.Trust;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Habitat;
import dev.blast.environment.session.Policies;
import dev.blast.environment.session.Workspace;
import dev.blast.packaging.Message;
import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.compare.EarlierRequests;
import dev.blast.rules.compare.PolicyChange;
import dev.blast.rules.compare.PolicyComparison;
import dev.blast.rules.fact.Purpose;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.verdict.PolicyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the project's policy files mean, compared with others: those of a revision, of a folder, or
 * that were trusted. The files of the other layers stand behind both.
 */
final class PolicyDiff {
    /** Digits of a commit that people are shown. */
    private static final int DIGITS = 12;

    private final Invocation invocation;
    private final Workspace workspace;
    private final Project project;

    /**
     * What is compared with.
     *
     * @param called in the middle of a sentence
     * @param stands whether somebody stands behind what they open
     */
    record Other(String called, List<Trust.Content> files, boolean stands) {}

    PolicyDiff(Invocation invocation, Workspace workspace, Project project) {
        this.invocation = invocation;
        this.workspace = workspace;
        this.project = project;
    }

    /**
     * Answers {@code blast policy diff}.
     *
     * @param named a revision or a folder; empty where none is named
     */
    int run(String named) throws EnvironmentException, Failure {
        Other other = named.isEmpty() ? usual() : named(named);
        PolicyDiffReport report = with(other, PolicySources.project(project));
        invocation.answer("policy-diff", report);
        return invocation.arguments().has("--exit-code") && !report.change().isProvedSame()
                ? Exit.FINDINGS.code()
                : Exit.DONE.code();
    }

    /** What is trusted, else the last commit, else nothing. */
    private Other usual() throws EnvironmentException {
        Optional<Trust.Agreed> agreed = workspace.trust().agreed(project.directory());
        if (agreed.isPresent()) {
            return trusted(agreed.get());
        }
        Optional<Committed> last = CommittedPolicies.last(project);
        return last.isPresent()
                ? committed("HEAD", last.get())
                : new Other(
                        "no policies of this project: nothing is trusted, nor committed to git",
                        List.of(),
                        true);
    }

    static Other trusted(Trust.Agreed agreed) {
        String time = agreed.time().toString();
        return new Other(
                "what you trusted on %s at %s UTC"
                        .formatted(time.substring(0, 10), time.substring(11, 16)),
                agreed.files(),
                true);
    }

    private Other named(String named) throws EnvironmentException {
        Path folder = invocation.directory().resolve(named).normalize();
        return Files.isDirectory(folder)
                ? new Other(named, PolicySources.folder(folder, named), true)
                : committed(named, CommittedPolicies.at(project, named));
    }

    private static Other committed(String revision, Committed committed) {
        return new Other(
                "%s (%s)".formatted(revision, committed.commit().substring(0, DIGITS)),
                committed.files(),
                true);
    }

    /**
     * What turns from another content of the project's policies to this one.
     *
     * @param own as it was read: what is shown of it is what may be agreed to
     */
    PolicyDiffReport with(Other other, List<Trust.Content> own)
            throws EnvironmentException, Failure {
        List<PolicyFile> outer =
                workspace.sources().read(project, workspace.trust()).stream()
                        .filter(it -> it.layer() != Layer.PROJECT)
                        .toList();
        Policy after = loaded("of this project", outer, own, true);
        Policy before = loaded(other.called(), outer, other.files(), other.stands());
        var past = new ArrayList<PastRequests>();
        PolicyChange change = PolicyComparison.of(before, after, asked(after, past));
        past.forEach(it ->
                it.failures()
                        .forEach(why ->
                                invocation
                                        .console()
                                        .say("blast: fewer requests are known: " + why)));
        return new PolicyDiffReport(
                other.called(), other.files().equals(own) && other.stands(), change);
    }

    private static Policy loaded(
            String called, List<PolicyFile> outer, List<Trust.Content> own, boolean stands)
            throws Failure {
        var files = new ArrayList<PolicyFile>(outer);
        own.forEach(it -> files.add(new PolicyFile(Layer.PROJECT, it.path(), it.text(), stands)));
        return switch (Policy.load(files)) {
            case Loading.Loaded(Policy policy) -> policy;
            case Loading.Refused(List<Diagnostic> errors) -> {
                var lines = new ArrayList<Message>();
                lines.add(Message.line("the policies %s have errors".formatted(called)));
                errors.forEach(error -> lines.add(new Message(error.render().stripTrailing())));
                throw new Failure(
                        Exit.FINDINGS,
                        Message.joined(lines, "\n"),
                        List.of("what does not load means nothing that could be compared"),
                        errors);
            }
        };
    }

    /** Where there is an environment, what it asked; looked at only where something differs. */
    private EarlierRequests asked(Policy policy, List<PastRequests> past)
            throws EnvironmentException, Failure {
        Environment environment = Whereabouts.of(invocation, workspace, project.directory());
        return question -> {
            try {
                if (past.isEmpty()
                        && Habitat.of(
                                        workspace,
                                        project,
                                        environment,
                                        new Policies(policy.sources(), policy),
                                        invocation.interactive(),
                                        Purpose.RUN,
                                        "python")
                                instanceof Habitat habitat) {
                    past.add(new PastRequests(habitat));
                }
                return past.isEmpty() ? List.of() : past.getFirst().of(question);
            } catch (EnvironmentException | PolicyException e) {
                invocation.console().say("blast: no request of before is known: " + e.getMessage());
                return List.of();
            }
        };
    }
}
