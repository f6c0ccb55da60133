package dev.blast.enforcer.plan;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Syscall;
import java.util.List;

/** Kernels that can do less than another. */
public final class FakeKernels {
    private FakeKernels() {}

    public static KernelFeatures with(KernelFeatures kernel, CgroupPlaces cgroups) {
        return copy(kernel, kernel.userNamespace(), cgroups, kernel.missing());
    }

    public static KernelFeatures missing(KernelFeatures kernel, MissingLayer... missing) {
        return copy(kernel, kernel.userNamespace(), kernel.cgroups(), List.of(missing));
    }

    /** Where a new /proc may not be mounted, as in a container. */
    public static KernelFeatures withoutNamespaces(KernelFeatures kernel) {
        var refused =
                new StartFailure.Refused(new Step.Proc(), Syscall.mount, Errno.EPERM.number());
        return missing(
                kernel, new MissingLayer.Namespaces(refused), new MissingLayer.Network(refused));
    }

    /** Where user namespaces are switched off and root does without. */
    public static KernelFeatures withoutUserNamespace(KernelFeatures kernel) {
        return copy(kernel, false, kernel.cgroups(), kernel.missing());
    }

    private static KernelFeatures copy(
            KernelFeatures kernel,
            boolean userNamespace,
            CgroupPlaces cgroups,
            List<MissingLayer> missing) {
        return new KernelFeatures(
                kernel.release(),
                kernel.processor(),
                kernel.userId(),
                kernel.groupId(),
                userNamespace,
                kernel.landlockAbi(),
                kernel.lastCapability(),
                kernel.hardLimits(),
                cgroups,
                missing,
                kernel.obstacle());
    }
}
