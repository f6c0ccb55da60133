package dev.blast.rules.explain;

import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Judged;
import dev.blast.rules.verdict.PolicyException;
import dev.blast.rules.verdict.Ruling;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.vocabulary.Access;
import dev.blast.rules.vocabulary.Answer.Resource;
import dev.blast.rules.vocabulary.SyscallGroup;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * What a policy answers in one context, each answer with why and with what would turn it. Any
 * thread may ask.
 *
 * @param policy asked again and again: each change that is proposed was tried
 * @param terms what proposed rules hold on to
 */
public record Explanations(Policy policy, Context context, ProposalTerms terms) {

    public Explanations(Policy policy, Context context) {
        this(policy, context, ProposalTerms.USUAL);
    }

    public Explanation of(Judged subject) {
        return new Explainer(policy, context, terms).explain(subject);
    }

    /** Do the rules let what is at this path be read, wherever it leads? */
    public Explanation ofReading(Path path) throws PolicyException {
        Path asked = path.toAbsolutePath().normalize();
        return ofReading(PathAsked.of(asked, sandbox -> sandbox.reading(asked)));
    }

    /** May what is at this path now be read in the session? */
    public Explanation ofReading(PathAsked path) throws PolicyException {
        return provision().explain(SessionInquests.path(path, Access.READABLE, context.session()));
    }

    /** Do the rules let the session write at this path, be it kept or not? */
    public Explanation ofWriting(Path path) throws PolicyException {
        Path asked = path.toAbsolutePath().normalize();
        return ofWriting(PathAsked.of(asked, sandbox -> sandbox.writing(asked)));
    }

    /** May the session write at this path, be it kept or not? */
    public Explanation ofWriting(PathAsked path) throws PolicyException {
        return provision().explain(SessionInquests.path(path, Access.WRITABLE, context.session()));
    }

    /** Which access do rules give to this path, wherever it leads? */
    public Explanation ofAccess(Path path) throws PolicyException {
        return provision()
                .explain(
                        SessionInquests.access(
                                path.toAbsolutePath().normalize(), context.session()));
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
     * @param enforced what becomes of the question where that much is provided
     */
    public Explanation ofSyscall(String name, Function<SandboxPolicy, Ruling> enforced)
            throws PolicyException {
        return provision().explain(SessionInquests.syscall(name, enforced));
    }

    /** Does the session have this variable, and from whom? */
    public Explanation ofVariable(String name) throws PolicyException {
        return provision().explain(SessionInquests.variable(name));
    }

    /** How much of this may the session use up? */
    public Explanation ofLimit(Resource resource) throws PolicyException {
        return provision()
                .explain(
                        SessionInquests.limit(
                                resource, policy.sandbox(context).limits().of(resource)));
    }

    private ProvisionExplainer provision() {
        return new ProvisionExplainer(policy, context, terms);
    }
}
