package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.Lines;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Processor;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.CgroupPlaces;
import dev.blast.enforcer.plan.KernelFeatures;
import dev.blast.enforcer.plan.MissingLayer;
import dev.blast.enforcer.plan.NoMachineCode;
import dev.blast.enforcer.plan.Resource;
import dev.blast.enforcer.plan.SeccompFilter;
import dev.blast.enforcer.plan.StartFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out what this kernel gives this user. */
public final class KernelProbe {
    private static final long LANDLOCK_CREATE_RULESET_VERSION = 1;
    private static final long SECCOMP_GET_ACTION_AVAIL = 2;
    private static final int LAST_KNOWN_CAPABILITY = 40;
    private static final long AF_UNIX = 1;
    private static final long SOCK_STREAM_CLOEXEC = 1 | 02000000;
    private static final long SOL_SOCKET = 1;
    private static final long SO_NETNS_COOKIE = 71;

    private KernelProbe() {}

    /**
     * Asks the kernel by doing: a namespace that cannot be used counts as missing, whatever
     * creating it returned.
     */
    public static KernelFeatures ask() {
        return ask(Kernel.linux(), System.getProperty("os.arch"), CgroupPlaces.find());
    }

    static KernelFeatures ask(Kernel kernel, String processorName, CgroupPlaces cgroups) {
        String release = System.getProperty("os.version");
        int userId = (int) kernel.call(Syscall.geteuid);
        int groupId = (int) kernel.call(Syscall.getegid);
        Optional<Processor> processor = Processor.named(processorName);
        Optional<NoMachineCode> obstacle = obstacle(kernel, processor, processorName);
        List<MissingLayer> missing = new ArrayList<>();
        boolean userNamespace = true;
        if (obstacle.isEmpty()) {
            Optional<StartFailure> failure =
                    NamespaceTrial.of(kernel, processor.orElseThrow(), userId, groupId, true);
            if (failure.isPresent() && userId == 0) {
                userNamespace = false;
                failure =
                        NamespaceTrial.of(kernel, processor.orElseThrow(), userId, groupId, false);
            }
            if (failure.isPresent()) {
                missing.add(new MissingLayer.Namespaces(failure.get()));
                missing.add(new MissingLayer.Network(failure.get()));
            }
        }
        int landlockAbi =
                (int)
                        Math.max(
                                0,
                                kernel.call(
                                        Syscall.landlock_create_ruleset,
                                        0,
                                        0,
                                        LANDLOCK_CREATE_RULESET_VERSION));
        if (landlockAbi == 0) {
            missing.add(new MissingLayer.Landlock(release));
        }
        if (!filtersSystemCalls(kernel)) {
            missing.add(new MissingLayer.Seccomp(release));
        }
        lackingForGate(kernel)
                .ifPresent(lacking -> missing.add(new MissingLayer.Egress(release, lacking)));
        return new KernelFeatures(
                release,
                processor.orElse(Processor.X86_64),
                userId,
                groupId,
                userNamespace,
                landlockAbi,
                highestCapability(),
                hardLimits(kernel),
                cgroups,
                missing,
                obstacle);
    }

    private static Optional<NoMachineCode> obstacle(
            Kernel kernel, Optional<Processor> processor, String processorName) {
        if (processor.filter(known -> known == Processor.X86_64).isEmpty()) {
            return Optional.of(new NoMachineCode.ForProcessor(processorName));
        }
        int refusal = kernel.spawnRefusal();
        return refusal == 0 ? Optional.empty() : Optional.of(new NoMachineCode.Refused(refusal));
    }

    private static boolean filtersSystemCalls(Kernel kernel) {
        return hasAction(kernel, SeccompFilter.KILL_PROCESS);
    }

    private static boolean hasAction(Kernel kernel, int action) {
        try (NativeMemory memory = new NativeMemory()) {
            long number = memory.longs(action & 0xffffffffL);
            return kernel.call(Syscall.seccomp, SECCOMP_GET_ACTION_AVAIL, 0, number) == 0;
        }
    }

    /** What a gate cannot do without and this kernel, or a filter around this process, lacks. */
    private static Optional<String> lackingForGate(Kernel kernel) {
        if (!hasAction(kernel, SeccompFilter.USER_NOTIFICATION)) {
            return Optional.of("SECCOMP_RET_USER_NOTIF");
        }
        try (NativeMemory memory = new NativeMemory()) {
            long socket = kernel.call(Syscall.socket, AF_UNIX, SOCK_STREAM_CLOEXEC, 0);
            long cookie = memory.allocate(8);
            long known =
                    kernel.call(
                            Syscall.getsockopt,
                            socket,
                            SOL_SOCKET,
                            SO_NETNS_COOKIE,
                            cookie,
                            memory.longs(8));
            kernel.call(Syscall.close, socket);
            if (known < 0) {
                return Optional.of("SO_NETNS_COOKIE");
            }
            long pidfd = kernel.call(Syscall.pidfd_open, ProcessHandle.current().pid(), 0);
            long taken = kernel.call(Syscall.pidfd_getfd, pidfd, 0, 0);
            kernel.call(Syscall.close, pidfd);
            kernel.call(Syscall.close, taken);
            boolean there = taken >= 0 || taken == -Errno.EBADF.number();
            return there ? Optional.empty() : Optional.of("pidfd_getfd");
        }
    }

    /** Infinity, all bits set, is left out. */
    private static Map<Resource, Long> hardLimits(Kernel kernel) {
        Map<Resource, Long> limits = new EnumMap<>(Resource.class);
        try (NativeMemory memory = new NativeMemory()) {
            long softAndHard = memory.allocate(16);
            for (Resource resource : Resource.values()) {
                kernel.call(Syscall.prlimit64, 0, resource.number(), 0, softAndHard);
                if (memory.getLong(softAndHard + 8) != -1) {
                    limits.put(resource, memory.getLong(softAndHard + 8));
                }
            }
        }
        return limits;
    }

    private static int highestCapability() {
        return Lines.of(Path.of("/proc/sys/kernel/cap_last_cap")).stream()
                .map(Integer::valueOf)
                .findFirst()
                .orElse(LAST_KNOWN_CAPABILITY);
    }
}
