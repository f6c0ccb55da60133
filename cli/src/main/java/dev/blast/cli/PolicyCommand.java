package dev.blast.cli;

import dev.blast.cli.report.DiagnosticsReport;
import dev.blast.cli.report.PolicyRulesReport;
import dev.blast.cli.report.PolicyTestReport;
import dev.blast.cli.syntax.Nearest;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.policies.PolicySources;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Policies;
import dev.blast.environment.session.Workspace;
import dev.blast.rules.Policy;
import dev.blast.rules.RuleSummary;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Severity;
import dev.blast.rules.trial.TestReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code blast policy test|show|lint}: the rules in force here, tried, listed or looked over. */
final class PolicyCommand implements Command {
    /** What people call a question, and its names in the rules. */
    private static final Map<String, Set<String>> QUESTIONS = questions();

    @Override
    public int run(Invocation invocation) throws Exception {
        Workspace workspace = Workspaces.of(invocation);
        Project project = Workspaces.project(workspace, invocation);
        List<String> operands = invocation.arguments().operands();
        return switch (operands.getFirst()) {
            case "show" -> show(invocation, Workspaces.policies(workspace, project), operands);
            case "lint" -> lint(invocation, workspace, project);
            default -> test(invocation, workspace, project);
        };
    }

    private static int show(Invocation invocation, Policies policies, List<String> operands)
            throws Failure {
        Policy policy = policies.policy();
        List<RuleSummary> rules = policy.rules();
        if (operands.size() > 1) {
            Set<String> wanted = wanted(operands.get(1));
            rules = rules.stream().filter(rule -> wanted.contains(rule.question())).toList();
        }
        invocation.answer(
                "policy-show", new PolicyRulesReport(policy.revision(), policy.files(), rules));
        return Exit.DONE.code();
    }

    private static Set<String> wanted(String question) throws Failure {
        Set<String> names = QUESTIONS.get(question);
        if (names == null) {
            var help = new ArrayList<>(Nearest.hint(question, QUESTIONS.keySet()));
            help.add("it is one of: " + String.join(", ", QUESTIONS.keySet()));
            throw new Failure(Exit.USAGE, "no question is called '" + question + "'", help);
        }
        return names;
    }

    private static int lint(Invocation invocation, Workspace workspace, Project project)
            throws EnvironmentException, Failure {
        Policies policies = Workspaces.policies(workspace, project);
        Policy policy = policies.policy();
        List<Diagnostic> remarks = new ArrayList<>(policies.policy().warnings());
        workspace
                .sources()
                .passedOver(project)
                .forEach((file, why) ->
                        remarks.add(
                                Diagnostic.of(
                                        file, 1, 1, "is not read: " + why, Severity.WARNING)));
        invocation.answer(
                "policy-lint",
                new DiagnosticsReport(
                        policy.revision(), policy.files(), policy.rules().size(), remarks));
        return remarks.isEmpty() ? Exit.DONE.code() : Exit.FINDINGS.code();
    }

    private static int test(Invocation invocation, Workspace workspace, Project project)
            throws EnvironmentException {
        PolicySources sources = workspace.sources();
        TestReport report =
                new PolicyTestFiles(sources, project, sources.read(project, workspace.trust()))
                        .run();
        invocation.answer(
                "policy-test",
                new PolicyTestReport(report, invocation.arguments().has("--coverage")));
        return report.passed() ? Exit.DONE.code() : Exit.FINDINGS.code();
    }

    private static Map<String, Set<String>> questions() {
        var questions = new LinkedHashMap<String, Set<String>>();
        questions.put("connect", Set.of("CONNECTION"));
        questions.put("session", Set.of("SESSION"));
        questions.put("package", Set.of("CANDIDATE", "COMPANIONS"));
        questions.put("install", Set.of("ARTIFACT"));
        questions.put("startup", Set.of("STARTUP_HOOK"));
        questions.put("strategy", Set.of("SYNC", "REQUIREMENT", "STRATEGY"));
        questions.put("layer", Set.of("MISSING_LAYER"));
        return questions;
    }
}
