package dev.blast.enforcer;

import dev.blast.rules.Limit;
import java.io.IOException;
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

/**
 * The cgroups of one sandbox: made before it starts, removed after it ended. Their name holds the
 * process that made them, by number and start time, so that what a killed process left behind is
 * recognised and removed by the next.
 */
final class SandboxCgroups {
    private static final String PREFIX = "blast-";

    /** Field 22 of proc_pid_stat(5), counted from behind the process's name. */
    private static final int STARTED = 20;

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final List<Made> made = new ArrayList<>();

    /** One folder and what was written there. */
    private record Made(
            Path folder, boolean unified, Map<CgroupLimit, List<CgroupLimit.Setting>> settings) {}

    private SandboxCgroups() {}

    /**
     * Makes a cgroup for each controller that the limits need, and one of version 2 in any case
     * where it can be had.
     */
    static SandboxCgroups make(CgroupPlaces places, List<CgroupLimit> limits) throws IOException {
        SandboxCgroups cgroups = new SandboxCgroups();
        String name =
                PREFIX + owner(ProcessHandle.current().pid()) + "-" + COUNTER.incrementAndGet();
        removeAbandoned(places);
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
                cgroups.make(place.getKey(), name, false, place.getValue());
            }
            if (places.unified() != null) {
                cgroups.make(places.unified(), name, true, unified);
            }
            return cgroups;
        } catch (IOException e) {
            cgroups.remove();
            throw e;
        }
    }

    /** The file of each cgroup of version 1 to which the first process must write itself. */
    List<Path> joins() {
        return made.stream()
                .filter(cgroup -> !cgroup.unified())
                .map(cgroup -> cgroup.folder().resolve("cgroup.procs"))
                .toList();
    }

    /** The cgroup of version 2 in which the first process is to be born. */
    Optional<Path> birthplace() {
        return made.stream().filter(Made::unified).map(Made::folder).findFirst();
    }

    /** Whether a process is in all of them, and every limit reads back as it was written. */
    boolean hold(List<CgroupLimit> limits, List<String> processCgroups) {
        long settled = made.stream().mapToLong(cgroup -> cgroup.settings().size()).sum();
        return settled == limits.size()
                && made.stream()
                        .allMatch(cgroup ->
                                contains(cgroup, processCgroups)
                                        && cgroup.settings().values().stream()
                                                .flatMap(List::stream)
                                                .allMatch(setting ->
                                                        readsBack(
                                                                cgroup.folder()
                                                                        .resolve(setting.file()),
                                                                setting)));
    }

    private static boolean contains(Made cgroup, List<String> processCgroups) {
        return processCgroups.stream()
                .anyMatch(line -> line.endsWith("/" + cgroup.folder().getFileName()));
    }

    private static boolean readsBack(Path file, CgroupLimit.Setting setting) {
        List<String> lines = Lines.of(file);
        if (lines.isEmpty()) {
            return setting.mayBeAbsent();
        }
        String read = lines.getFirst();
        if (read.equals(setting.value())) {
            return true;
        }
        return read.matches("\\d+") // memory is counted in whole pages
                && setting.value().matches("\\d+")
                && Long.parseLong(read) <= Long.parseLong(setting.value())
                && Long.parseLong(read) > Long.parseLong(setting.value()) - 65536;
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
            case CPU -> Optional.empty(); // it slows a program down and stops nothing
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
    void remove() {
        made.forEach(cgroup -> delete(cgroup.folder()));
        made.clear();
    }

    private void make(Path parent, String name, boolean unified, List<CgroupLimit> limits)
            throws IOException {
        Path folder = Files.createDirectory(parent.resolve(name));
        Map<CgroupLimit, List<CgroupLimit.Setting>> settings = new HashMap<>();
        made.add(new Made(folder, unified, settings));
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

    /** Kills and removes what processes made that are no more. */
    private static void removeAbandoned(CgroupPlaces places) {
        places.version1().values().stream().distinct().forEach(SandboxCgroups::removeAbandoned);
        if (places.unified() != null) {
            removeAbandoned(places.unified());
        }
    }

    private static void removeAbandoned(Path parent) {
        try (Stream<Path> folders = Files.list(parent)) {
            folders.filter(SandboxCgroups::abandoned)
                    .forEach(folder -> {
                        kill(folder);
                        delete(folder);
                    });
        } catch (IOException _) {
            // not ours to list, so nothing of ours is there
        }
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

    private static boolean abandoned(Path folder) {
        String name = folder.getFileName().toString();
        if (!name.matches(PREFIX + "\\d+-\\d+-\\d+")) {
            return false;
        }
        long pid = Long.parseLong(name.split("-", -1)[1]);
        return !name.startsWith(PREFIX + owner(pid) + "-");
    }

    /**
     * A process by its number and the moment of its start, in ticks since boot; 0 where there is
     * none.
     */
    private static String owner(long pid) {
        String stat = String.join(" ", Lines.of(Path.of("/proc/" + pid + "/stat")));
        String[] fields =
                stat.substring(stat.lastIndexOf(')') + 1)
                        .split(" ", -1); // the name before may hold anything
        return pid + "-" + (fields.length > STARTED ? fields[STARTED] : "0");
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
