package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Lines;
import dev.blast.enforcer.kernel.PathBytes;
import dev.blast.enforcer.plan.Gap;
import dev.blast.enforcer.plan.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is mounted in a process's root, see proc_pid_mountinfo(5). */
final class MountTable {
    private static final String ROOT = "/";
    private static final long KIBIBYTE = 1024;
    private static final long PAGE_BYTES = 4096;

    private final Map<String, Line> byPath = new HashMap<>();
    private final List<String> propagating = new ArrayList<>();
    private int roots;

    /**
     * One mount.
     *
     * @param root which part of its file system is there
     * @param options of the mount itself
     * @param fileSystem those of its file system
     */
    private record Line(
            String path, String root, String type, Set<String> options, List<String> fileSystem) {}

    /** Of the process of a folder in /proc. */
    static MountTable of(Path process) {
        MountTable table = new MountTable();
        for (String line : Lines.of(process.resolve("mountinfo"))) {
            table.add(line);
        }
        return table;
    }

    private void add(String text) {
        String[] halves = text.split(" - ", 2);
        String[] fields = halves[0].split(" ", -1);
        String[] fileSystem = halves[1].split(" ", -1);
        String path = fields[4];
        roots += path.equals(ROOT) ? 1 : 0;
        for (int optional = 6; optional < fields.length; optional++) {
            if (fields[optional].startsWith("shared:") || fields[optional].startsWith("master:")) {
                propagating.add(path);
            }
        }
        byPath.put(
                path,
                new Line(
                        path,
                        fields[3],
                        fileSystem[0],
                        Set.of(fields[5].split(",", -1)),
                        List.of(fileSystem[2].split(",", -1))));
    }

    /** A mount from or to which mounts and unmounts travel; null for none. */
    @Nullable Gap propagating() {
        return propagating.isEmpty() ? null : new Gap.SharedMount(propagating.getFirst());
    }

    /** What the step should have mounted and did not; null where it is there. */
    @Nullable Gap missing(Step.Bind bind) {
        return missing(bind.source().path(), null, optionsOf(bind));
    }

    /** Layers that keep their marks where this user may. */
    @Nullable Gap missingOverlay(Path path) {
        Gap gap = missing(path, "overlay", "rw", "nosuid", "nodev");
        Line line = at(path);
        return gap != null || line == null || line.fileSystem().contains("userxattr")
                ? gap
                : new Gap.MountOption(path.toString(), "userxattr");
    }

    /** For writing, like what is around it. */
    @Nullable Gap missingCopy(Path path) {
        return missing(path, null, "rw", "nosuid", "nodev");
    }

    @Nullable Gap missingTerminal() {
        return missing(Step.Terminal.AT, "devpts", "nosuid");
    }

    @Nullable Gap missing(Step.Temporary temporary) {
        Gap gap = missing(temporary.path(), temporary.sizeBytes());
        Line line = at(temporary.path());
        if (gap != null || line == null || temporary.files() == 0) {
            return gap;
        }
        String option = "nr_inodes=" + (temporary.files() + MountRows.OWN_FOLDER);
        return line.fileSystem().contains(option)
                ? null
                : new Gap.MountOption(temporary.path().toString(), option);
    }

    @Nullable Gap missing(Step.Hide hide) {
        Gap gap = missing(hide.path(), "tmpfs", "ro");
        if (gap != null) {
            return gap;
        }
        Line line = at(hide.path());
        boolean empty =
                line != null
                        && (hide.folder()
                                ? line.fileSystem().contains("mode=000")
                                : line.root().startsWith("/" + MountRows.HIDDEN_FILE));
        return empty ? null : new Gap.NotHidden(hide.path());
    }

    @Nullable Gap missing(Step.Devices devices) {
        Gap dev = missing(Path.of("/dev"), "tmpfs", "ro", "nosuid", "nodev");
        Gap terminals = missing(Path.of("/dev/pts"), "devpts", "nosuid", "noexec");
        return dev != null
                ? dev
                : terminals != null
                        ? terminals
                        : missing(Path.of("/dev/shm"), devices.sharedMemoryBytes());
    }

    /** That of the kernel's processes, seen and not changed. */
    @Nullable Gap missingProcesses() {
        return missing(Path.of("/proc"), "proc", "ro", "nosuid", "nodev", "noexec");
    }

    @Nullable Gap missingRoot() {
        return roots > 1
                ? new Gap.OldRoot()
                : missing(Path.of(ROOT), "tmpfs", "ro", "nosuid", "nodev");
    }

    /**
     * A mount that no step made: binds bring along what is mounted below them, and with what they
     * are allowed themselves. Null for none.
     */
    @Nullable Gap unplanned(Collection<Path> planned, List<Step.Bind> binds) {
        Set<String> expected = new HashSet<>();
        planned.forEach(path -> expected.add(escaped(path)));
        Map<String, Step.Bind> bound = new HashMap<>();
        binds.forEach(bind -> bound.put(escaped(bind.source().path()), bind));
        for (Line line : byPath.values()) {
            if (expected.contains(line.path())) {
                continue;
            }
            String above = line.path();
            while (!above.isEmpty() && !bound.containsKey(above)) {
                above = above.substring(0, above.lastIndexOf('/'));
            }
            Step.Bind bind = bound.get(above);
            if (bind == null) {
                return new Gap.MountedBesides(line.path());
            }
            Gap gap = missing(line.path(), line, null, optionsOf(bind));
            if (gap != null) {
                return gap;
            }
        }
        return null;
    }

    private static String[] optionsOf(Step.Bind bind) {
        List<String> options = new ArrayList<>(List.of("nosuid"));
        if (!bind.source().device()) {
            options.add("nodev");
        }
        if (!bind.writable()) {
            options.add("ro");
        }
        return options.toArray(String[]::new);
    }

    private @Nullable Gap missing(Path path, long sizeBytes) {
        Gap gap = missing(path, "tmpfs", "rw", "nosuid", "nodev");
        Line line = at(path);
        return gap != null || line == null || sizeBytes == 0 || holds(line, sizeBytes)
                ? gap
                : new Gap.MountSize(path, sizeBytes);
    }

    /** In whole pages; not said where it is what a file system in memory has anyway, half of it. */
    private static boolean holds(Line line, long sizeBytes) {
        for (String option : line.fileSystem()) {
            if (option.startsWith("size=") && option.endsWith("k")) {
                long size = Long.parseLong(option.substring(5, option.length() - 1)) * KIBIBYTE;
                return size < sizeBytes + PAGE_BYTES;
            }
        }
        for (String memory : Lines.of(Path.of("/proc/meminfo"))) {
            if (memory.startsWith("MemTotal:")) {
                long total = Long.parseLong(memory.replaceAll("\\D", "")) * KIBIBYTE;
                return total / 2 < sizeBytes + PAGE_BYTES;
            }
        }
        return false;
    }

    private @Nullable Gap missing(Path path, @Nullable String type, String... options) {
        return missing(path.toString(), at(path), type, options);
    }

    private static @Nullable Gap missing(
            String path, @Nullable Line line, @Nullable String type, String... options) {
        if (line == null) {
            return new Gap.NotMounted(path);
        }
        if (type != null && !line.type().equals(type)) {
            return new Gap.MountType(path, type, line.type());
        }
        for (String option : options) {
            if (!line.options().contains(option)) {
                return new Gap.MountOption(path, option);
            }
        }
        return null;
    }

    private @Nullable Line at(Path path) {
        return byPath.get(escaped(path));
    }

    /** Space, tab, newline and backslash stand in octal; other bytes as they are. */
    private static String escaped(Path path) {
        return PathBytes.asLatin1(path)
                .replace("\\", "\\134")
                .replace(" ", "\\040")
                .replace("\t", "\\011")
                .replace("\n", "\\012");
    }
}
