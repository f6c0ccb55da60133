package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
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
import java.util.List;

/** {@code blast policy test|show|lint}: the rules in force here, tried, listed or looked over. */
public final class PolicyCommand implements Command {
    /** What people call a question, and its names in the rules. */
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
            throws EnvironmentException, Failure {
        Policies policies = Workspaces.policies(workspace, project);
        Policy policy = policies.policy();
        var remarks = new ArrayList<Diagnostic>(policies.policy().warnings());
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
}
