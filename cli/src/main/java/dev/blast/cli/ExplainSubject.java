package dev.blast.cli;

import dev.blast.cli.report.ExplanationReport;
import dev.blast.rules.Explanation;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Purpose;
import java.util.Set;

/** Answers {@code blast check --explain SUBJECT}: 0 where it is allowed, 1 where it is not. */
final class ExplainSubject {
    /** Who asks where the subject does not say: what most sessions run. */
    private static final String USUAL_COMMAND = "python";

    private final Invocation invocation;
    private final Workspace workspace;

    ExplainSubject(Invocation invocation) {
        this.invocation = invocation;
        this.workspace = Workspace.of(invocation);
    }

    int run() throws Exception {
        Subject subject =
                Subject.parse(
                        invocation.arguments().operands(),
                        invocation.directory(),
                        workspace.home());
        String command = subject instanceof Subject.Run(String program) ? program : USUAL_COMMAND;
        Habitat habitat = Habitat.of(invocation, workspace, Purpose.RUN, command);
        Policy policy = habitat.policies().policy();
        return switch (subject) {
            case Subject.Connect(String host, int port) ->
                    answer(policy.explain(Connection.to(host, port, false), habitat.context()));
            case Subject.Read(var path) -> answer(policy.explainRead(path, habitat.context()));
            case Subject.Write(var path) -> answer(policy.explainWrite(path, habitat.context()));
            case Subject.Syscall(String name) ->
                    answer(policy.explainSyscall(name, Set.of(), habitat.context()));
            case Subject.Choose _, Subject.Run _, Subject.Sandbox _ ->
                    throw new IllegalStateException("not yet");
        };
    }

    private int answer(Explanation explanation) {
        invocation.answer("check-explain", new ExplanationReport(explanation));
        return explanation.judgement().allowed() ? Exit.DONE.code() : Exit.FINDINGS.code();
    }
}
