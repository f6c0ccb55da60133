package dev.blast.enforcer.plan;

import dev.blast.enforcer.kernel.Processor;
import dev.blast.rules.fact.SandboxLayer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this kernel gives this user.
 *
 * @param release as {@code uname -r} says it
 * @param userNamespace whether namespaces come with a user namespace; root can do without
 * @param landlockAbi the version of Landlock, 0 where it is absent or switched off
 * @param lastCapability the highest capability the kernel knows
 * @param mayBound whether this process may take capabilities out of its own bounding set; in a user
 *     namespace of its own a child may in any case
 * @param hardLimits what setrlimit(2) lets this user ask for at most
 * @param cgroups where cgroups can be made
 * @param missing layers that are not to be had
 * @param obstacle why nothing at all can be started here; empty where it can
 */
public record KernelFeatures(
        String release,
        Processor processor,
        int userId,
        int groupId,
        boolean userNamespace,
        int landlockAbi,
        int lastCapability,
        boolean mayBound,
        Map<Resource, Long> hardLimits,
        CgroupPlaces cgroups,
        List<MissingLayer> missing,
        Optional<NoMachineCode> obstacle) {
    public KernelFeatures {
        hardLimits = Map.copyOf(hardLimits);
        missing = List.copyOf(missing);
    }

    public LayersOffered layers() {
        return new LayersOffered(
                obstacle.isEmpty(),
                missing.stream().map(MissingLayer::layer).collect(Collectors.toSet()),
                Stream.of(Controller.values()).filter(cgroups::offers).collect(Collectors.toSet()));
    }

    public boolean has(SandboxLayer layer) {
        return missing.stream().noneMatch(gone -> gone.layer() == layer);
    }
}
