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
import dev.blast.enforcer.plan.MissingLayer.Egress;
import dev.blast.enforcer.plan.NoMachineCode;
import dev.blast.enforcer.plan.Resource;
import dev.blast.enforcer.plan.Restraints;
import dev.blast.enforcer.plan.SeccompFilter;
import dev.blast.enforcer.plan.StartFailure;
import dev.blast.enforcer.plan.Step;
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
    private static final String EFFECTIVE = "CapEff:\t";
    private static final int CAP_SETPCAP = 8;
    private static final String LISTENER = "SECCOMP_FILTER_FLAG_NEW_LISTENER";
    private static final long AF_UNIX = 1;
    private static final long AF_PACKET = 17;
    private static final long SOCK_STREAM_CLOEXEC = 1 | 02000000;
    private static final long SOL_SOCKET = 1;
    private static final long SO_NETNS_COOKIE = 71;

    private KernelProbe() {}

    /**
     * Asks the kernel by doing: a namespace that cannot be used counts as missing, whatever
     * creating it returned.
     */
    public static KernelFeatures ask() {
        return ask(
                Kernel.linux(),
                System.getProperty("os.arch"),
                CgroupPlaces.find(),
                Restraints.find());
    }

    static KernelFeatures ask(
            Kernel kernel, String processorName, CgroupPlaces cgroups, Restraints restraints) {
        String release = System.getProperty("os.version");
        int userId = (int) kernel.call(Syscall.geteuid);
        int groupId = (int) kernel.call(Syscall.getegid);
        Optional<Processor> processor = Processor.named(processorName);
        Optional<NoMachineCode> obstacle = obstacle(kernel, processor, processorName);
        List<MissingLayer> missing = new ArrayList<>();
        boolean userNamespace = true;
        Optional<StartFailure> tried = Optional.empty();
        if (obstacle.isEmpty()) {
            Processor known = processor.orElseThrow();
            Optional<StartFailure> failure =
                    NamespaceTrial.of(kernel, known, userId, groupId, true);
            tried = failure;
            if (ofNamespaces(failure) && userId == 0) {
                tried = NamespaceTrial.of(kernel, known, userId, groupId, false);
                userNamespace = ofNamespaces(tried);
            }
            if (ofNamespaces(tried)) {
                missing.add(new MissingLayer.Namespaces(failure.get(), restraints));
                missing.add(new MissingLayer.Network());
            }
        }
        int landlockAbi =
                (int)
                        kernel.call(
                                Syscall.landlock_create_ruleset,
                                0,
                                0,
                                LANDLOCK_CREATE_RULESET_VERSION);
        if (landlockAbi <= 0) {
            missing.add(new MissingLayer.Landlock(release, -landlockAbi));
        }
        if (!filtersSystemCalls(kernel)) {
            missing.add(new MissingLayer.Seccomp(release));
        }
        Egress.WithheldBy by =
                restraints.filtered() ? Egress.WithheldBy.FILTER : Egress.WithheldBy.KERNEL;
        Optional<Egress> taken =
                tried.filter(KernelProbe::isTaken)
                        .map(_ -> new Egress(release, LISTENER, Egress.WithheldBy.LISTENER));
        lackingForGate(kernel)
                .map(lacking -> new Egress(release, lacking, by))
                .or(() -> taken)
                .ifPresent(missing::add);
        return new KernelFeatures(
                release,
                processor.orElse(Processor.X86_64),
                userId,
                groupId,
                userNamespace,
                Math.max(0, landlockAbi),
                highestCapability(),
                mayBound(),
                hardLimits(kernel),
                cgroups,
                missing,
                obstacle);
    }

    private static Optional<NoMachineCode> obstacle(
            Kernel kernel, Optional<Processor> processor, String processorName) {
        String system = System.getProperty("os.name");
        if (!Kernel.isLinux()) {
            return Optional.of(new NoMachineCode.OtherSystem(system));
        }
        if (processor.isEmpty()) {
            return Optional.of(new NoMachineCode.ForProcessor(processorName));
        }
        int refusal = kernel.spawnRefusal();
        return refusal == 0 ? Optional.empty() : Optional.of(new NoMachineCode.Refused(refusal));
    }

    private static boolean ofNamespaces(Optional<StartFailure> failure) {
        return failure.filter(it ->
                        !(it instanceof StartFailure.Refused(Step step, _, _)
                                && step instanceof Step.Filter))
                .isPresent();
    }

    private static boolean isTaken(StartFailure failure) {
        return failure instanceof StartFailure.Refused(Step step, _, int errno)
                && step instanceof Step.Filter
                && errno == Errno.EBUSY.number();
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
        // Of a type that it does not have, since one that it has takes milliseconds to close. Who
        // may not have one here may have one in a network of his own.
        long packets = kernel.call(Syscall.socket, AF_PACKET, SOCK_STREAM_CLOEXEC, 0);
        if (packets == -Errno.EAFNOSUPPORT.number()) {
            return Optional.of("AF_PACKET");
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

    /** CAP_SETPCAP, of which root in a container may be without. */
    private static boolean mayBound() {
        return Lines.of(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(EFFECTIVE))
                .anyMatch(line ->
                        (Long.parseUnsignedLong(line.substring(EFFECTIVE.length()), 16)
                                        & 1L << CAP_SETPCAP)
                                != 0);
    }

    private static int highestCapability() {
        return Lines.of(Path.of("/proc/sys/kernel/cap_last_cap")).stream()
                .map(Integer::valueOf)
                .findFirst()
                .orElse(LAST_KNOWN_CAPABILITY);
    }
}
