package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Processor;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.BpfProgram;
import dev.blast.enforcer.plan.Namespace;
import dev.blast.enforcer.plan.StartFailure;
import dev.blast.enforcer.plan.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out whether namespaces work by using them, in a process that then ends: that they can be
 * created proves little. Ubuntu lets an ordinary user create a user namespace and takes its
 * capabilities away; a container may forbid only the new /proc. Last of all it opens a listener for
 * system calls, of which there can be one.
 */
final class NamespaceTrial {
    private NamespaceTrial() {}

    /**
     * What was refused; empty where all of it worked. A refused {@link Step.Filter} is none of
     * namespaces.
     */
    static Optional<StartFailure> of(
            Kernel kernel, Processor processor, int userId, int groupId, boolean userNamespace) {
        Set<Namespace> namespaces = EnumSet.complementOf(EnumSet.of(Namespace.CGROUP));
        List<Step> steps = new ArrayList<>();
        if (userNamespace) {
            steps.add(new Step.Namespaces(namespaces));
            steps.add(new Step.Identity(userId, groupId));
        } else {
            namespaces.remove(Namespace.USER);
            steps.add(new Step.Namespaces(namespaces));
        }
        steps.addAll(
                List.of(
                        new Step.CgroupNamespace(),
                        new Step.PrivateMounts(),
                        new Step.NewRoot(),
                        new Step.Proc(),
                        new Step.Hostname("trial"),
                        new Step.Loopback(),
                        new Step.Filter(BpfProgram.EVERYTHING, true),
                        new Step.Leave()));
        return failure(kernel, processor, steps);
    }

    /** Of the step at which a process stopped that was to take these, and end; empty for none. */
    static Optional<StartFailure> failure(Kernel kernel, Processor processor, List<Step> steps) {
        try (NativeMemory memory = new NativeMemory()) {
            Descriptors none =
                    new Descriptors(-1, -1, -1, Arrays.asList(null, null, null), List.of(), null);
            Assembler assembler = new Assembler(processor, memory, none);
            SpawnTable table = assembler.assemble(steps);
            long pid = kernel.spawn(table.write());
            if (pid > 0) {
                kernel.call(Syscall.close, memory.getInt(assembler.pidfdAddress()));
                while (kernel.call(Syscall.wait4, pid, 0, 0, 0) == -Errno.EINTR.number()) {
                    // a signal for this process, not the end of the child
                }
            }
            return table.failure();
        }
    }
}
