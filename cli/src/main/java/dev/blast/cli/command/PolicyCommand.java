package dev.blast.cli.command;

import dev.blast.cli.invocation.BlastVersion;
import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.DiagnosticsReport;
import dev.blast.cli.report.GithubCommands;
import dev.blast.cli.report.PolicyMutationReport;
import dev.blast.cli.report.PolicyRulesReport;
import dev.blast.cli.report.PolicyTestReport;
import dev.blast.cli.report.Sarif;
import dev.blast.cli.syntax.Nearest;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.policies.PolicySources;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Policies;
import dev.blast.environment.session.Workspace;
import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.RuleSummary;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.source.Revision;
import dev.blast.rules.trial.MutationReport;
import dev.blast.rules.trial.TestReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * {@code blast policy}: the rules in force here, tried, listed, looked over, compared or laid out.
 */
public final class PolicyCommand implements Command {
    /**
     * What one of the subcommands takes.
     *
     * @param atMost operands, itself among them
     */
    private record Takes(int atLeast, int atMost, List<String> options) {}

    private static final Map<String, Takes> TAKES =
            Map.of(
                    "test",
                    new Takes(1, Integer.MAX_VALUE, List.of("--coverage", "--mutate")),
                    "show",
                    new Takes(1, 2, List.of()),
                    "lint",
                    new Takes(1, 1, List.of("--format")),
                    "fmt",
                    new Takes(1, Integer.MAX_VALUE, List.of("--check", "--diff")),
                    "new",
                    new Takes(1, 2, List.of("--list")),
                    "rename",
                    new Takes(3, 3, List.of()),
                    "lsp",
                    new Takes(1, 1, List.of()),
                    "diff",
                    new Takes(1, 2, List.of("--exit-code")));

    @Override
    public int run(Invocation invocation) throws Exception {
        Workspace workspace = Workspaces.of(invocation);
        List<String> operands = invocation.arguments().operands();
        requireFitting(invocation);
        if (operands.getFirst().equals("lsp")) {
            return PolicyEditing.run(workspace);
        }
        Project project = Workspaces.project(workspace, invocation);
        return switch (operands.getFirst()) {
            case "show" -> {
                Policies policies = Workspaces.policies(workspace, project);
                sayExposed(invocation, workspace, policies.files());
                yield show(invocation, policies, operands);
            }
            case "lint" -> lint(invocation, workspace, project);
            case "new" ->
                    new PolicyStarter(invocation, workspace, project)
                            .run(operands.subList(1, operands.size()));
            case "rename" ->
                    PolicyRename.run(
                            invocation, workspace, project, operands.get(1), operands.get(2));
            case "diff" ->
                    new PolicyDiff(invocation, workspace, project)
                            .run(operands.size() > 1 ? operands.get(1) : "");
            case "fmt" ->
                    new PolicyLayout(invocation, workspace, project)
                            .run(operands.subList(1, operands.size()));
            default -> test(invocation, workspace, project);
        };
    }

    private static void sayExposed(
            Invocation invocation, Workspace workspace, List<PolicyFile> files)
            throws EnvironmentException {
        Workspaces.exposed(workspace, files)
                .forEach(it -> invocation.console().say("blast: " + it));
    }

    private static void requireFitting(Invocation invocation) throws Failure {
        List<String> operands = invocation.arguments().operands();
        String word = operands.getFirst();
        Takes takes = Objects.requireNonNull(TAKES.get(word));
        if (operands.size() > takes.atMost()) {
            throw new Failure(
                    Exit.USAGE,
                    "policy %s: '%s' is one argument too many"
                            .formatted(word, operands.get(takes.atMost())));
        }
        if (operands.size() < takes.atLeast()) {
            throw new Failure(
                    Exit.USAGE,
                    "policy %s takes %d arguments".formatted(word, takes.atLeast() - 1),
                    "see: blast policy --help");
        }
        for (var other : TAKES.entrySet()) {
            for (String option : other.getValue().options()) {
                if (invocation.arguments().has(option) && !other.getKey().equals(word)) {
                    throw new Failure(
                            Exit.USAGE,
                            "%s belongs to policy %s".formatted(option, other.getKey()));
                }
            }
        }
        if (word.equals("lsp") && invocation.arguments().has("--json")) {
            throw new Failure(
                    Exit.USAGE, "policy lsp speaks the language server protocol, and no --json");
        }
        if (invocation.arguments().has("--format") && invocation.arguments().has("--json")) {
            throw new Failure(Exit.USAGE, "--format and --json are two answers: give one of them");
        }
    }

    private static int show(Invocation invocation, Policies policies, List<String> operands)
            throws Failure {
        Policy policy = policies.policy();
        List<RuleSummary> rules = policy.rules();
        if (operands.size() > 1) {
            String wanted = wanted(operands.get(1));
            rules = rules.stream().filter(rule -> rule.topic().equals(wanted)).toList();
        }
        invocation.answer(
                "policy-show", new PolicyRulesReport(policy.revision(), policy.files(), rules));
        return Exit.DONE.code();
    }

    private static String wanted(String topic) throws Failure {
        List<String> topics = Policy.topics();
        if (!topics.contains(topic)) {
            var help = new ArrayList<>(Nearest.hint(topic, topics));
            help.add("it is one of: " + String.join(", ", topics));
            throw new Failure(Exit.USAGE, "no question is called '" + topic + "'", help);
        }
        return topic;
    }

    private static int lint(Invocation invocation, Workspace workspace, Project project)
            throws EnvironmentException {
        PolicySources sources = workspace.sources();
        List<PolicyFile> files = sources.read(project, workspace.trust());
        sayExposed(invocation, workspace, files);
        var found = new ArrayList<Diagnostic>();
        int rules = 0;
        switch (Policy.load(files)) {
            case Loading.Loaded(Policy policy) -> {
                rules = policy.rules().size();
                found.addAll(policy.warnings());
                found.addAll(new PolicyTestFiles(sources, project, files, Set.of()).untested());
            }
            case Loading.Refused(List<Diagnostic> errors) -> found.addAll(errors);
        }
        sources.passedOver(project)
                .forEach((file, why) ->
                        found.add(
                                Diagnostic.of(
                                        Code.FILE_PASSED_OVER, file, 1, 1, "is not read: " + why)));
        List<Diagnostic> ordered = Diagnostic.inOrder(found);
        var places = new PolicyPlaces(sources, project, files);
        switch (invocation.arguments().value("--format").orElse("")) {
            case "sarif" ->
                    invocation
                            .console()
                            .answer(
                                    Sarif.of(
                                            ordered,
                                            BlastVersion.NUMBER,
                                            project.directory().toUri(),
                                            places::address));
            case "github" ->
                    invocation
                            .console()
                            .answer(
                                    GithubCommands.of(
                                            ordered,
                                            file ->
                                                    places.inRepository(
                                                            file, invocation.environment())));
            default ->
                    invocation.answer(
                            "policy-lint",
                            new DiagnosticsReport(
                                    Revision.of(files), files.size(), rules, ordered));
        }
        return found.isEmpty() ? Exit.DONE.code() : Exit.FINDINGS.code();
    }

    /** The files that are to be tried. */
    private static Set<Path> named(Invocation invocation) {
        List<String> operands = invocation.arguments().operands();
        var files = new LinkedHashSet<Path>();
        for (String operand : operands.subList(1, operands.size())) {
            files.add(invocation.directory().resolve(operand).normalize());
        }
        return files;
    }

    private static int test(Invocation invocation, Workspace workspace, Project project)
            throws EnvironmentException, Failure {
        List<PolicyFile> files = Workspaces.policies(workspace, project).files();
        var tests = new PolicyTestFiles(workspace.sources(), project, files, named(invocation));
        TestReport report = tests.run();
        if (invocation.arguments().has("--mutate") && report.failures().isEmpty()) {
            MutationReport changes = tests.mutate();
            invocation.answer("policy-mutate", new PolicyMutationReport(changes));
            return changes.survivors().isEmpty() ? Exit.DONE.code() : Exit.FINDINGS.code();
        }
        invocation.answer(
                "policy-test",
                new PolicyTestReport(report, invocation.arguments().has("--coverage")));
        return report.passed() ? Exit.DONE.code() : Exit.FINDINGS.code();
    }
}
