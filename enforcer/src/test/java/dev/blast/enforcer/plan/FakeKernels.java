package dev.blast.enforcer.plan;

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
