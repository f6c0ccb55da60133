package dev.blast.rules;

import dev.blast.rules.fact.Artifact;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Companion;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.MissingLayer;
import dev.blast.rules.fact.Requirement;
import dev.blast.rules.fact.StartupHook;
import dev.blast.rules.fact.Sync;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A set of checked rules, ready to answer. Immutable; any thread may ask, several at once.
 *
 * <p>An evaluation that hits its limits is a deny where a verdict is asked for, and a {@link PolicyException} otherwise.
 */
public final class Policy {

    /** Checks and loads all files, or says everything that is wrong with them. Reads nothing but its arguments. */
    public static Loading load(List<PolicyFile> files) {
        throw new IllegalStateException("not written yet");
    }

    /** Six hexadecimal digits that name this content: the same for any order of the same files. */
    public String revision() {
        throw new IllegalStateException("not written yet");
    }

    public int files() {
        throw new IllegalStateException("not written yet");
    }

    /** All rules, by layer and origin. */
    public List<RuleSummary> rules() {
        throw new IllegalStateException("not written yet");
    }

    public Judgement judge(Connection connection, Context context) {
        throw new IllegalStateException("not written yet");
    }

    public Judgement judge(Candidate candidate, Context context) {
        throw new IllegalStateException("not written yet");
    }

    /** May these two be chosen together? Allowed where no rule answers. */
    public Judgement judge(Candidate candidate, Companion companion, Context context) {
        throw new IllegalStateException("not written yet");
    }

    public Judgement judge(Artifact artifact, Context context) {
        throw new IllegalStateException("not written yet");
    }

    public Judgement judge(StartupHook hook, Context context) {
        throw new IllegalStateException("not written yet");
    }

    /** May this session go on without that layer? Allowed means that a rule accepts it by name. */
    public Judgement judge(MissingLayer missing, Context context) {
        throw new IllegalStateException("not written yet");
    }

    /** What may this session see and use? */
    public SandboxPolicy sandbox(Context context) throws PolicyException {
        throw new IllegalStateException("not written yet");
    }

    /** Which strategy for the whole synchronisation? */
    public StrategyChoice strategy(Sync sync, Context context) throws PolicyException {
        throw new IllegalStateException("not written yet");
    }

    /** Which strategy for one package; empty where no rule names it, so that the synchronisation's holds. */
    public Optional<StrategyChoice> strategy(Requirement requirement, Sync sync, Context context)
            throws PolicyException {
        throw new IllegalStateException("not written yet");
    }

    /** What a strategy wants; a strategy that no rule knows is an error with the nearest names. */
    public StrategyDefinition define(String strategyName, Context context) throws PolicyException {
        throw new IllegalStateException("not written yet");
    }

    /** The names of the strategies that rules define, sorted. */
    public List<String> strategies() {
        throw new IllegalStateException("not written yet");
    }

    /** Whether any rule looks at this field, so that callers need not find out what nobody asks. */
    public boolean mentions(Class<?> fact, String field) {
        throw new IllegalStateException("not written yet");
    }

    public Explanation explain(Connection connection, Context context) {
        throw new IllegalStateException("not written yet");
    }

    public Explanation explain(Candidate candidate, Context context) {
        throw new IllegalStateException("not written yet");
    }

    public Explanation explainRead(Path path, Context context) throws PolicyException {
        throw new IllegalStateException("not written yet");
    }

    public Explanation explainWrite(Path path, Context context) throws PolicyException {
        throw new IllegalStateException("not written yet");
    }

    public Explanation explainSyscall(String name, Context context) throws PolicyException {
        throw new IllegalStateException("not written yet");
    }
}
