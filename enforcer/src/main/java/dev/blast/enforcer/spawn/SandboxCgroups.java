package dev.blast.enforcer.spawn;

import static dev.blast.enforcer.kernel.Fcntl.AT_FDCWD;
import static dev.blast.enforcer.kernel.Fcntl.O_CLOEXEC;
import static dev.blast.enforcer.kernel.Fcntl.O_DIRECTORY;
import static dev.blast.enforcer.kernel.Fcntl.O_NOFOLLOW;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.Lines;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.CgroupLimit;
import dev.blast.enforcer.plan.CgroupPlaces;
import dev.blast.enforcer.plan.CgroupShare;
import dev.blast.enforcer.plan.Controller;
import dev.blast.enforcer.plan.Gap;
import dev.blast.enforcer.plan.Step;
import dev.blast.rules.verdict.Limit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The cgroups of one sandbox: made before it starts, removed after it ended. Their name holds the
 * process that made them, for people to read. It holds a shared lock (flock(2)) on each, which the
 * kernel drops with the process: what nobody has locked was left behind and is removed by the next
 * start. A lock is seen from every pid namespace, and a process is not.
 */
public final class SandboxCgroups {
    private static final String PREFIX = "blast-run-";
    private static final Path MEMINFO = Path.of("/proc/meminfo");

    private static final long O_FOLDER = O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    private static final long LOCK_SH_NB = 1 | 4;
    private static final long LOCK_EX_NB = 2 | 4;
    private static final int ATTEMPTS = 50;
    private static final long PAUSE = 1_000_000;

    /** So many periods of a tenth of a second, and one in so many. */
    private static final long FELT = 10;

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final Kernel kernel;
    private final CgroupTree tree;
    private final SumGroup all;
    private final List<Made> made = new ArrayList<>();
    private final List<RateMeter> rates = new ArrayList<>();

    /** Where memory is limited by version 2. */
    private @Nullable MemoryShortage shortage;

    /**
     * One folder, locked by an open descriptor, and what was written there.
     *
     * @param place in which it lies, with the group of all sandboxes between them
     */
    private record Made(
            Path place, Path folder, long lock, boolean unified, List<Written> written) {}

    /**
     * What was written for one part of the plan.
     *
     * @param limit null where it is a share
     */
    private record Written(@Nullable CgroupLimit limit, List<CgroupLimit.Setting> settings) {}

    private SandboxCgroups(Kernel kernel, CgroupTree tree) {
        this.kernel = kernel;
        this.tree = tree;
        this.all = new SumGroup(kernel.call(Syscall.geteuid), tree);
    }

    /**
     * Makes a cgroup for each controller that the limits and shares need, and one of version 2 in
     * any case where it can be had.
     */
    public static SandboxCgroups make(Step.MakeCgroups step, Kernel kernel) throws IOException {
        return make(step, kernel, CgroupTree.OF_THE_KERNEL);
    }

    static SandboxCgroups make(Step.MakeCgroups step, Kernel kernel, CgroupTree tree)
            throws IOException {
        CgroupPlaces places = step.places();
        SandboxCgroups cgroups = new SandboxCgroups(kernel, tree);
        cgroups.removeAbandoned(places);
        try {
            Map<Path, Set<Controller>> version1 = new LinkedHashMap<>();
            for (Controller controller : step.controllers()) {
                Path folder = places.version1().get(controller);
                if (folder != null) {
                    version1.computeIfAbsent(folder, _ -> EnumSet.noneOf(Controller.class))
                            .add(controller);
                }
            }
            for (Map.Entry<Path, Set<Controller>> place : version1.entrySet()) {
                cgroups.make(place.getKey(), false, place.getValue(), step);
            }
            if (places.unified() != null) {
                Set<Controller> unified = EnumSet.noneOf(Controller.class);
                unified.addAll(places.unifiedControllers());
                unified.removeAll(places.version1().keySet());
                cgroups.make(places.unified(), true, unified, step);
            }
            return cgroups;
        } catch (IOException e) {
            cgroups.remove();
            throw e;
        }
    }

    /**
     * The file of each cgroup of version 1 to which the first process must write itself. It has one
     * thread, and for that one alone the kernel need not hold back the forks of all others, which
     * would take it some milliseconds.
     */
    public List<Path> joins() {
        return made.stream()
                .filter(cgroup -> !cgroup.unified())
                .map(cgroup -> cgroup.folder().resolve("tasks"))
                .toList();
    }

    /** All of them. */
    List<Path> groups() {
        return made.stream().map(Made::folder).toList();
    }

    /** The cgroup of version 2 in which the first process is to be born. */
    public Optional<Path> birthplace() {
        return made.stream().filter(Made::unified).map(Made::folder).findFirst();
    }

    /** What was to be made and does not read back as it was written; null where all does. */
    public @Nullable Gap missing(Step.MakeCgroups step) {
        int settled = 0;
        boolean unified = false;
        for (Made cgroup : made) {
            settled += cgroup.written().size();
            unified |= cgroup.unified();
            for (Written written : cgroup.written()) {
                for (CgroupLimit.Setting setting : written.settings()) {
                    Path file = cgroup.folder().resolve(setting.file());
                    if (!setting.isIn(Lines.of(file))) {
                        return new Gap.CgroupSetting(file, setting.value());
                    }
                }
            }
        }
        return settled == step.limits().size() + step.shares().size()
                        && unified == (step.places().unified() != null)
                ? null
                : new Gap.CgroupsNotMade();
    }

    /** One that a process is not in, by its lines in {@code /proc/PID/cgroup}; null for none. */
    public @Nullable Gap without(List<String> processCgroups) {
        for (Made cgroup : made) {
            if (!contains(cgroup, processCgroups)) {
                return new Gap.NotInCgroup(cgroup.folder());
            }
        }
        return null;
    }

    private static boolean contains(Made cgroup, List<String> processCgroups) {
        return processCgroups.stream()
                .anyMatch(line -> line.endsWith("/" + cgroup.folder().getFileName()));
    }

    /** Whether any limit is kept by them. */
    boolean areLimited() {
        return made.stream()
                .flatMap(cgroup -> cgroup.written().stream())
                .anyMatch(written -> written.limit() != null);
    }

    /** The limits that were run into so far, as the kernel counted. */
    synchronized List<LimitHit> hits() {
        List<LimitHit> hits = new ArrayList<>();
        for (Made cgroup : made) {
            cgroup.written().stream()
                    .map(Written::limit)
                    .filter(Objects::nonNull)
                    .forEach(limit -> hit(cgroup, limit).ifPresent(hits::add));
        }
        rates.forEach(rate -> rate.hit().ifPresent(hits::add));
        return hits;
    }

    private Optional<LimitHit> hit(Made cgroup, CgroupLimit limit) {
        Path folder = cgroup.folder();
        Limit amount = limit.limit();
        return switch (limit.controller()) {
            case MEMORY -> {
                if (cgroup.unified()) {
                    yield killed(cgroup, amount);
                }
                long kills = counter(folder.resolve("memory.oom_control"), "oom_kill");
                long peak = memoryPeak(folder, false);
                Optional<Limit> sum = all.sum().limit(Controller.MEMORY);
                yield sum.isPresent() && peak != 0 && peak < amount.amount() / 16 * 15
                        ? hit("memory", sum.get(), kills, memoryPeak(all.in(cgroup.place()), false))
                        : hit("memory", amount, kills, peak);
            }
            case PIDS ->
                    hit(
                            "processes",
                            amount,
                            counter(folder.resolve("pids.events"), "max"),
                            Math.min(number(folder.resolve("pids.peak")), amount.amount()));
            case CPU -> slowed(amount, Lines.of(folder.resolve("cpu.stat")));
            case IO -> Optional.empty(); // RateMeter
        };
    }

    /** In version 2, which says at whose limit. */
    private Optional<LimitHit> killed(Made cgroup, Limit own) {
        long kills = counter(cgroup.folder().resolve("memory.events"), "oom_kill");
        if (kills == 0) {
            return Optional.empty();
        }
        Optional<Path> group = Optional.ofNullable(shortage).flatMap(MemoryShortage::group);
        Path above = all.in(cgroup.place());
        Limit limit =
                group.equals(Optional.of(cgroup.folder()))
                        ? own
                        : group.equals(Optional.of(above))
                                ? all.sum().limit(Controller.MEMORY).orElse(own)
                                : MemoryShortage.foreign(group, Lines.of(MEMINFO));
        return hit("memory", limit, kills, group.map(it -> memoryPeak(it, true)).orElse(0L));
    }

    /** A program that was held back now and then does not feel it. */
    private static Optional<LimitHit> slowed(Limit limit, List<String> stat) {
        long times = counter(stat, "nr_throttled");
        return times >= FELT && times * FELT >= counter(stat, "nr_periods")
                ? hit(LimitHit.PROCESSORS, limit, times, limit.amount())
                : Optional.empty();
    }

    private static long memoryPeak(Path folder, boolean unified) {
        return number(folder.resolve(unified ? "memory.peak" : "memory.max_usage_in_bytes"));
    }

    private static Optional<LimitHit> hit(String what, Limit limit, long times, long peak) {
        return times == 0
                ? Optional.empty()
                : Optional.of(new LimitHit(what, limit, times, peak == 0 ? limit.amount() : peak));
    }

    private static long counter(Path file, String name) {
        return counter(Lines.of(file), name);
    }

    private static long counter(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    private static long number(Path file) {
        return Lines.of(file).stream()
                .filter(line -> line.matches("\\d+"))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    /**
     * Kills what outlived the first process, which only happens without a pid namespace of its own.
     */
    void killAll() {
        for (Made cgroup : made) {
            kill(cgroup.folder());
        }
    }

    /** Removes them; their processes have ended. */
    public void remove() {
        for (Made cgroup : made) {
            delete(cgroup.folder());
            close(cgroup.lock());
            all.removeIfEmpty(cgroup.place());
        }
        made.clear();
    }

    private void make(
            Path place, boolean unified, Set<Controller> controllers, Step.MakeCgroups step)
            throws IOException {
        Made locked = makeLocked(place, unified, controllers);
        made.add(locked);
        for (CgroupLimit limit : step.limits()) {
            if (controllers.contains(limit.controller())) {
                write(locked, new Written(limit, limit.settings(unified)));
                if (limit.controller() == Controller.IO) {
                    rates.add(new RateMeter(locked.folder(), unified, limit, System::nanoTime));
                }
                if (limit.controller() == Controller.MEMORY && unified) {
                    shortage = MemoryShortage.since(locked.folder());
                }
            }
        }
        for (CgroupShare share : step.shares()) {
            if (controllers.contains(share.controller())) {
                write(locked, new Written(null, share.settings(unified)));
            }
        }
    }

    private void write(Made cgroup, Written written) throws IOException {
        cgroup.written().add(written);
        for (CgroupLimit.Setting setting : written.settings()) {
            Path file = cgroup.folder().resolve(setting.file());
            if (!setting.mayBeAbsent() || Files.exists(file)) {
                tree.write(file, setting.value());
            }
        }
    }

    /**
     * Between making and locking, another may take it for abandoned; and the group above goes with
     * the last sandbox in it, at any instant, where files of it answer ENODEV. Then there is a next
     * one.
     */
    private Made makeLocked(Path place, boolean unified, Set<Controller> controllers)
            throws IOException {
        IOException last = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String name = PREFIX + ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet();
            Path folder = all.in(place).resolve(name);
            try {
                all.make(place, unified, controllers);
                tree.make(folder);
            } catch (IOException e) {
                last = e;
                if (attempt > 0 && Files.exists(all.in(place))) {
                    LockSupport.parkNanos(PAUSE);
                }
                continue;
            }
            long lock = open(folder);
            if (lock >= 0
                    && kernel.call(Syscall.flock, lock, LOCK_SH_NB) == 0
                    && Files.exists(folder)) {
                return new Made(place, folder, lock, unified, new ArrayList<>());
            }
            close(lock);
        }
        if (last != null) {
            throw last;
        }
        throw new IOException("could not lock a control group of its own in " + place);
    }

    private long open(Path folder) {
        try (NativeMemory memory = new NativeMemory()) {
            return kernel.call(
                    Syscall.openat, AT_FDCWD, memory.text(folder.toString()), O_FOLDER, 0);
        }
    }

    private void close(long descriptor) {
        if (descriptor >= 0) {
            kernel.call(Syscall.close, descriptor);
        }
    }

    /** Kills and removes what processes made that are no more. */
    private void removeAbandoned(CgroupPlaces places) {
        Stream.concat(places.version1().values().stream(), Stream.ofNullable(places.unified()))
                .distinct()
                .forEach(place -> {
                    removeAbandoned(place);
                    removeAbandoned(all.in(place));
                    all.removeIfEmpty(place);
                });
    }

    private void removeAbandoned(Path parent) {
        try (Stream<Path> folders = Files.list(parent)) {
            folders.filter(folder -> folder.getFileName().toString().startsWith(PREFIX))
                    .forEach(this::removeIfAbandoned);
        } catch (IOException _) {
            // not ours to list, so nothing of ours is there
        }
    }

    /** Whoever holds the lock alone knows that nobody's sandbox is in it, and none can come. */
    private void removeIfAbandoned(Path folder) {
        long lock = open(folder);
        if (lock >= 0 && kernel.call(Syscall.flock, lock, LOCK_EX_NB) == 0) {
            kill(folder);
            delete(folder);
        }
        close(lock);
    }

    /** In version 2 by one write, which forks cannot outrun; in version 1 one by one. */
    private static void kill(Path folder) {
        try {
            Files.writeString(folder.resolve("cgroup.kill"), "1", StandardOpenOption.WRITE);
        } catch (IOException _) { // version 1, or a kernel before 5.14
            for (String pid : Lines.of(folder.resolve("cgroup.procs"))) {
                if (!pid.equals("0")) { // a process that our pid namespace does not show
                    ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
                }
            }
        }
    }

    /**
     * A cgroup folder goes by rmdir(2), with its files; where the last process is not quite gone
     * yet, the next start does it.
     */
    private void delete(Path folder) {
        try {
            tree.remove(folder);
        } catch (IOException _) {
            // busy: found as abandoned later
        }
    }
}
