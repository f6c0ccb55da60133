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
import dev.blast.enforcer.plan.Gap;
import dev.blast.rules.verdict.Limit;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
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

    private static final long O_FOLDER = O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    private static final long LOCK_SH_NB = 1 | 4;
    private static final long LOCK_EX_NB = 2 | 4;
    private static final int ATTEMPTS = 50;

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final Kernel kernel;
    private final List<Made> made = new ArrayList<>();

    /** One folder, locked by an open descriptor, and what was written there. */
    private record Made(
            Path folder,
            long lock,
            boolean unified,
            Map<CgroupLimit, List<CgroupLimit.Setting>> settings) {}

    private SandboxCgroups(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * Makes a cgroup for each controller that the limits need, and one of version 2 in any case
     * where it can be had.
     */
    public static SandboxCgroups make(CgroupPlaces places, List<CgroupLimit> limits, Kernel kernel)
            throws IOException {
        SandboxCgroups cgroups = new SandboxCgroups(kernel);
        cgroups.removeAbandoned(places);
        try {
            Map<Path, List<CgroupLimit>> version1 = new HashMap<>();
            List<CgroupLimit> unified = new ArrayList<>();
            for (CgroupLimit limit : limits) {
                Path folder = places.version1().get(limit.controller());
                if (folder != null) {
                    version1.computeIfAbsent(folder, _ -> new ArrayList<>()).add(limit);
                } else if (places.unifiedControllers().contains(limit.controller())) {
                    unified.add(limit);
                }
            }
            for (Map.Entry<Path, List<CgroupLimit>> place : version1.entrySet()) {
                cgroups.make(place.getKey(), false, place.getValue());
            }
            if (places.unified() != null) {
                cgroups.make(places.unified(), true, unified);
            }
            return cgroups;
        } catch (IOException e) {
            cgroups.remove();
            throw e;
        }
    }

    /** The file of each cgroup of version 1 to which the first process must write itself. */
    public List<Path> joins() {
        return made.stream()
                .filter(cgroup -> !cgroup.unified())
                .map(cgroup -> cgroup.folder().resolve("cgroup.procs"))
                .toList();
    }

    /** The cgroup of version 2 in which the first process is to be born. */
    public Optional<Path> birthplace() {
        return made.stream().filter(Made::unified).map(Made::folder).findFirst();
    }

    /** What was to be made and does not read back as it was written; null where all does. */
    public @Nullable Gap missing(CgroupPlaces places, List<CgroupLimit> limits) {
        int settled = 0;
        boolean unified = false;
        for (Made cgroup : made) {
            settled += cgroup.settings().size();
            unified |= cgroup.unified();
            for (List<CgroupLimit.Setting> settings : cgroup.settings().values()) {
                for (CgroupLimit.Setting setting : settings) {
                    Path file = cgroup.folder().resolve(setting.file());
                    if (!setting.isIn(Lines.of(file))) {
                        return new Gap.CgroupSetting(file, setting.value());
                    }
                }
            }
        }
        return settled == limits.size() && unified == (places.unified() != null)
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

    /** The limits that were run into so far, as the kernel counted. */
    List<LimitHit> hits() {
        List<LimitHit> hits = new ArrayList<>();
        for (Made cgroup : made) {
            cgroup.settings().keySet().forEach(limit -> hit(cgroup, limit).ifPresent(hits::add));
        }
        return hits;
    }

    private static Optional<LimitHit> hit(Made cgroup, CgroupLimit limit) {
        Path folder = cgroup.folder();
        Limit amount = limit.limit();
        return switch (limit.controller()) {
            case MEMORY -> {
                long kills =
                        counter(
                                folder.resolve(
                                        cgroup.unified() ? "memory.events" : "memory.oom_control"),
                                "oom_kill");
                long peak =
                        number(
                                folder.resolve(
                                        cgroup.unified()
                                                ? "memory.peak"
                                                : "memory.max_usage_in_bytes"));
                yield hit("memory", amount, kills, peak);
            }
            case PIDS -> hit("processes", amount, counter(folder.resolve("pids.events"), "max"), 0);
            case CPU, IO -> Optional.empty(); // they slow a program down and stop nothing
        };
    }

    private static Optional<LimitHit> hit(String what, Limit limit, long times, long peak) {
        return times == 0
                ? Optional.empty()
                : Optional.of(new LimitHit(what, limit, times, peak == 0 ? limit.amount() : peak));
    }

    private static long counter(Path file, String name) {
        return Lines.of(file).stream()
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
        }
        made.clear();
    }

    private void make(Path parent, boolean unified, List<CgroupLimit> limits) throws IOException {
        Made locked = makeLocked(parent, unified);
        made.add(locked);
        Path folder = locked.folder();
        Map<CgroupLimit, List<CgroupLimit.Setting>> settings = locked.settings();
        for (CgroupLimit limit : limits) {
            settings.put(limit, limit.settings(unified));
            for (CgroupLimit.Setting setting : limit.settings(unified)) {
                Path file = folder.resolve(setting.file());
                if (!setting.mayBeAbsent() || Files.exists(file)) {
                    Files.writeString(file, setting.value(), StandardOpenOption.WRITE);
                }
            }
        }
    }

    /** Between making and locking, another may take it for abandoned; then there is a next one. */
    private Made makeLocked(Path parent, boolean unified) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Path folder =
                    parent.resolve(
                            PREFIX
                                    + ProcessHandle.current().pid()
                                    + "-"
                                    + COUNTER.incrementAndGet());
            try {
                Files.createDirectory(folder);
            } catch (FileAlreadyExistsException _) {
                continue; // of another pid namespace, where the same number is another process
            }
            long lock = open(folder);
            if (lock >= 0
                    && kernel.call(Syscall.flock, lock, LOCK_SH_NB) == 0
                    && Files.exists(folder)) {
                return new Made(folder, lock, unified, new HashMap<>());
            }
            close(lock);
        }
        throw new IOException("could not lock a control group of its own in " + parent);
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
        places.version1().values().stream().distinct().forEach(this::removeAbandoned);
        if (places.unified() != null) {
            removeAbandoned(places.unified());
        }
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
    private static void delete(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException _) {
            // busy: found as abandoned later
        }
    }
}
