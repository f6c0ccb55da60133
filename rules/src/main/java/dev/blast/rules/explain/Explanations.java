package dev.blast.rules.explain;

import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Judged;
import dev.blast.rules.verdict.PolicyException;
import dev.blast.rules.verdict.Ruling;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.vocabulary.Access;
import dev.blast.rules.vocabulary.SyscallGroup;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * What a policy answers in one context, each answer with why and with what would turn it. Any
 * thread may ask.
 *
 * @param policy asked again and again: each change that is proposed was tried
 */
public record Explanations(Policy policy, Context context) {

    public Explanation of(Judged subject) {
        return new Explainer(policy, context).explain(subject);
    }

    /** Do the rules let what is at this path be read, wherever it leads? */
    public Explanation ofReading(Path path) throws PolicyException {
        Path asked = path.toAbsolutePath().normalize();
        return ofReading(asked, sandbox -> sandbox.reading(asked));
    }

    /**
     * May what is at this path now be read in the session?
     *
     * @param enforced what becomes of the question where that much is provided
     */
    public Explanation ofReading(Path path, Function<SandboxPolicy, Ruling> enforced)
            throws PolicyException {
        return new ProvisionExplainer(policy, context, enforced).path(path, Access.READABLE);
    }

    /** Do the rules let the session write at this path, be it kept or not? */
    public Explanation ofWriting(Path path) throws PolicyException {
        Path asked = path.toAbsolutePath().normalize();
        return ofWriting(asked, sandbox -> sandbox.writing(asked));
    }

    /**
     * May the session write at this path, be it kept or not?
     *
     * @param enforced as for reading
     */
    public Explanation ofWriting(Path path, Function<SandboxPolicy, Ruling> enforced)
            throws PolicyException {
        return new ProvisionExplainer(policy, context, enforced).path(path, Access.WRITABLE);
    }

    /** Do the rules let the session make this system call, or all of a group? */
    public Explanation ofSyscall(String name) throws PolicyException {
        return ofSyscall(
                name,
                sandbox ->
                        SyscallGroup.named(name)
                                .map(sandbox.syscalls()::of)
                                .orElseGet(() -> sandbox.syscalls().of(name)));
    }

    /**
     * May the session make this system call?
     *
     * @param enforced as for reading
     */
    public Explanation ofSyscall(String name, Function<SandboxPolicy, Ruling> enforced)
            throws PolicyException {
        return new ProvisionExplainer(policy, context, enforced).syscall(name);
    }
}
