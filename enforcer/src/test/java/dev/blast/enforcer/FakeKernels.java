package dev.blast.enforcer;

import java.util.List;

/** Kernels that can do less than another. */
final class FakeKernels {
    private FakeKernels() {}

    static KernelFeatures with(KernelFeatures kernel, CgroupPlaces cgroups) {
        return copy(kernel, cgroups, kernel.missing());
    }

    static KernelFeatures missing(KernelFeatures kernel, MissingLayer... missing) {
        return copy(kernel, kernel.cgroups(), List.of(missing));
    }

    private static KernelFeatures copy(
            KernelFeatures kernel, CgroupPlaces cgroups, List<MissingLayer> missing) {
        return new KernelFeatures(
                kernel.release(),
                kernel.processor(),
                kernel.userId(),
                kernel.groupId(),
                kernel.userNamespace(),
                kernel.landlockAbi(),
                kernel.lastCapability(),
                kernel.hardLimits(),
                cgroups,
                missing,
                kernel.obstacle());
    }
}
