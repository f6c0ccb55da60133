package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.Lines;
import dev.blast.enforcer.kernel.Syscall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The processes of a sandbox, by their numbers outside: what descends from its first process. In a
 * pid namespace that is everything, since orphans become its children; see proc(5), {@code
 * children}.
 */
public final class InsideProcesses {
    private static final Path PROC = Path.of("/proc");
    private static final long KCMP_VM = 1;
    private static final long KCMP_FILES = 2;
    private static final int KCMP_LESS = 1;
    private static final int KCMP_GREATER = 2;

    private InsideProcesses() {}

    /** Those that there are now, the first one among them; some may have ended meanwhile. */
    public static List<Path> of(long first) {
        Set<String> found = new LinkedHashSet<>();
        Deque<String> left = new ArrayDeque<>(List.of(Long.toString(first)));
        while (!left.isEmpty()) {
            String pid = left.remove();
            if (!found.add(pid)) {
                continue;
            }
            for (Path thread : threads(PROC.resolve(pid))) {
                children(thread).forEach(child -> left.add(child.getFileName().toString()));
            }
        }
        return found.stream().map(PROC::resolve).toList();
    }

    /** As {@code /proc/PID/task/TID}. */
    static List<Path> threads(Path process) {
        Path folder = process.resolve("task");
        return names(folder).stream().map(folder::resolve).toList();
    }

    /** Those that one thread has started, or adopted. */
    static List<Path> children(Path thread) {
        return Lines.of(thread.resolve("children")).stream()
                .flatMap(line -> Stream.of(line.strip().split(" ", -1)))
                .filter(pid -> !pid.isEmpty())
                .map(PROC::resolve)
                .toList();
    }

    private static List<String> names(Path folder) {
        String[] names = folder.toFile().list();
        return names == null ? List.of() : List.of(names);
    }

    /**
     * Where the memory, the program and the root of a process are seen: it itself, or a thread of
     * it where its first one has ended before the others.
     */
    public static Path living(Path process) {
        return hasEnded(process)
                ? threads(process).stream()
                        .filter(thread -> !hasEnded(thread))
                        .findFirst()
                        .orElse(process)
                : process;
    }

    /** A zombie, or gone; see proc_pid_stat(5). */
    private static boolean hasEnded(Path process) {
        String stat = String.join("\n", Lines.of(process.resolve("stat")));
        int name = stat.lastIndexOf(')');
        return name < 0 || stat.startsWith("Z", name + 2) || stat.startsWith("X", name + 2);
    }

    /** What a process has open, as links; a thread can have descriptors of its own. */
    public static List<Path> descriptors(Path process, Kernel kernel) {
        Set<Path> tables = new TreeSet<>((one, other) -> compare(one, other, KCMP_FILES, kernel));
        List<Path> links = new ArrayList<>();
        for (Path thread : threads(process)) {
            if (tables.add(thread)) {
                Path folder = thread.resolve("fd");
                names(folder).forEach(name -> links.add(folder.resolve(name)));
            }
        }
        return links;
    }

    /** One of those that share their memory (vfork(2)), so that it counts once. */
    static Collection<Path> byMemory(List<Path> processes, Kernel kernel) {
        Set<Path> memories = new TreeSet<>((one, other) -> compare(one, other, KCMP_VM, kernel));
        memories.addAll(processes);
        return memories;
    }

    /** In the order of kcmp(2); where that cannot be asked, each has its own. */
    private static int compare(Path one, Path other, long what, Kernel kernel) {
        long order = kernel.call(Syscall.kcmp, number(one), number(other), what, 0, 0);
        return switch ((int) order) {
            case 0 -> 0;
            case KCMP_LESS -> -1;
            case KCMP_GREATER -> 1;
            default -> Long.compare(number(one), number(other));
        };
    }

    private static long number(Path process) {
        return Long.parseLong(process.getFileName().toString());
    }

    /** What such a link names; empty where it was closed meanwhile. */
    public static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException _) {
            return "";
        }
    }
}
