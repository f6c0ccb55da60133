package dev.blast.rules.explain;

import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.verdict.PolicyException;
import dev.blast.rules.vocabulary.Access;
import java.nio.file.Path;
import java.util.Set;

/**
 * What a policy answers in one context, each answer with why and with what would turn it. Any
 * thread may ask.
 *
 * @param policy asked again and again: each change that is proposed was tried
 */
public record Explanations(Policy policy, Context context) {

    public Explanation of(Connection connection) {
        return new Explainer(policy, context).connection(connection);
    }

    public Explanation of(Candidate candidate) {
        return new Explainer(policy, context).candidate(candidate);
    }

    /** May what is at this path now be read in the session? */
    public Explanation ofReading(Path path) throws PolicyException {
        return new ProvisionExplainer(policy, context)
                .path(path.toAbsolutePath().normalize(), Access.READABLE);
    }

    /** May the session write at this path, be it kept or not? */
    public Explanation ofWriting(Path path) throws PolicyException {
        return new ProvisionExplainer(policy, context)
                .path(path.toAbsolutePath().normalize(), Access.WRITABLE);
    }

    /**
     * May the session make this system call?
     *
     * @param groups the groups that hold it, as rules write them: {@code @default}
     */
    public Explanation ofSyscall(String name, Set<String> groups) throws PolicyException {
        return new ProvisionExplainer(policy, context).syscall(name, groups);
    }
}
