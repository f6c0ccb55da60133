package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.plan.KernelFeatures;
import dev.blast.enforcer.plan.Namespace;
import dev.blast.enforcer.plan.RootLayout;
import dev.blast.enforcer.plan.StartFailure;
import dev.blast.enforcer.plan.Step;
import dev.blast.enforcer.plan.ThrowawayCopy;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out whether a layered copy can be had in these folders by mounting one, in a process that
 * then ends: file systems that cannot be an upper layer (another OverlayFS, one of the network),
 * mounts below the folder, and old kernels refuse it.
 */
public final class CopyTrial {
    private CopyTrial() {}

    /**
     * What was refused; empty where it worked. What is left in the folder for work is OverlayFS's
     * own.
     */
    public static Optional<StartFailure> of(KernelFeatures features, ThrowawayCopy copy) {
        RootLayout layout = RootLayout.of(List.of(), copy, new RealHostFiles());
        Set<Namespace> namespaces = EnumSet.of(Namespace.MOUNT, Namespace.USER);
        List<Step> steps = new ArrayList<>();
        if (features.userNamespace()) {
            steps.add(new Step.Namespaces(namespaces));
            steps.add(new Step.Identity(features.userId(), features.groupId()));
        } else {
            namespaces.remove(Namespace.USER);
            steps.add(new Step.Namespaces(namespaces));
        }
        steps.add(new Step.PrivateMounts());
        layout.sources().stream().filter(CopyTrial::isOfCopy).forEach(steps::add);
        steps.add(new Step.NewRoot());
        layout.inside().stream().filter(CopyTrial::isOfCopy).forEach(steps::add);
        steps.add(new Step.Leave());
        return NamespaceTrial.failure(Kernel.linux(), features.processor(), steps);
    }

    /** Without the devices that each root has. */
    private static boolean isOfCopy(Step step) {
        return switch (step) {
            case Step.TakeSource(var source, boolean _) -> !source.device();
            case Step.Folder(var path) -> !path.startsWith("/dev");
            case Step.Overlay _ -> true;
            default -> false;
        };
    }
}
