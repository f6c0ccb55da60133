package dev.blast.environment.session;

import dev.blast.enforcer.Confinement;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.Isolation;
import dev.blast.enforcer.plan.KernelFeatures;
import dev.blast.enforcer.plan.PathDecision;
import dev.blast.enforcer.plan.SyscallDecision;
import dev.blast.rules.explain.Explanation;
import dev.blast.rules.explain.Explanations;
import dev.blast.rules.explain.PathAsked;
import dev.blast.rules.verdict.PolicyException;
import java.nio.file.Path;

/**
 * What a program in a habitat may do on this machine, explained from what would be enforced.
 *
 * @param explanations of the rules of the habitat, in its context
 * @param kernel as it was asked
 */
public record SandboxQuestions(Habitat habitat, Explanations explanations, KernelFeatures kernel) {

    /** May it make this system call? */
    public Explanation ofSyscall(Syscall call) throws PolicyException {
        return explanations.ofSyscall(
                call.name(),
                sandbox ->
                        SyscallDecision.of(call, sandbox.syscalls(), Isolation.by(kernel, true))
                                .ruling());
    }

    /** What the filter does with it, arguments and socket families included. */
    public SyscallDecision decision(Syscall call) {
        return SyscallDecision.of(call, habitat.sandbox().syscalls(), Isolation.by(kernel, true));
    }

    /** May it read what is there now? */
    public Explanation ofReading(Path path) throws PolicyException {
        return explanations.ofReading(asked(path, false));
    }

    /** May it write there, be it kept or not? */
    public Explanation ofWriting(Path path) throws PolicyException {
        return explanations.ofWriting(asked(path, true));
    }

    private PathAsked asked(Path path, boolean write) {
        return new PathWays(kernel, habitat.workspace().home(), habitat.project().directory())
                .asked(path, write, decision(path));
    }

    /** What it finds at a path. */
    public PathDecision decision(Path path) {
        return Confinement.decide(habitat.sandbox(), kernel, path);
    }
}
