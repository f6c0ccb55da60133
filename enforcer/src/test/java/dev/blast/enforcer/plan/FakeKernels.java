package dev.blast.enforcer.plan;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Syscall;
import java.util.List;

/** Kernels that can do less than another. */
public final class FakeKernels {
    private FakeKernels() {}

    public static KernelFeatures with(KernelFeatures kernel, CgroupPlaces cgroups) {
        return copy(
                kernel, kernel.userNamespace(), kernel.landlockAbi(), cgroups, kernel.missing());
    }

    public static KernelFeatures missing(KernelFeatures kernel, MissingLayer... missing) {
        return copy(
                kernel,
                kernel.userNamespace(),
                kernel.landlockAbi(),
                kernel.cgroups(),
                List.of(missing));
    }

    /** As if this version of Landlock were the last. */
    public static KernelFeatures withLandlock(KernelFeatures kernel, int abi) {
        return copy(
                kernel,
                kernel.userNamespace(),
                Math.min(abi, kernel.landlockAbi()),
                kernel.cgroups(),
                kernel.missing());
    }

    /** Where a new /proc may not be mounted, as in a container. */
    public static KernelFeatures withoutNamespaces(KernelFeatures kernel) {
        var refused =
                new StartFailure.Refused(new Step.Proc(), Syscall.mount, Errno.EPERM.number());
        return missing(
                kernel,
                new MissingLayer.Namespaces(refused, Restraints.NONE),
                new MissingLayer.Network());
    }

    /** Where user namespaces are switched off and root does without. */
    public static KernelFeatures withoutUserNamespace(KernelFeatures kernel) {
        return copy(kernel, false, kernel.landlockAbi(), kernel.cgroups(), kernel.missing());
    }

    private static KernelFeatures copy(
            KernelFeatures kernel,
            boolean userNamespace,
            int landlockAbi,
            CgroupPlaces cgroups,
            List<MissingLayer> missing) {
        return new KernelFeatures(
                kernel.release(),
                kernel.processor(),
                kernel.userId(),
                kernel.groupId(),
                userNamespace,
                landlockAbi,
                kernel.lastCapability(),
                kernel.mayBound(),
                kernel.hardLimits(),
                cgroups,
                missing,
                kernel.obstacle());
    }
}
