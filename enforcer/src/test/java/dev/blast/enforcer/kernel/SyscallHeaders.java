package dev.blast.enforcer.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers of system calls as the kernel's headers give them. Run as a program it writes the
 * rows of {@link Syscall}:
 *
 * <pre>{@code
 * java enforcer/src/test/java/dev/blast/enforcer/kernel/SyscallHeaders.java /usr/include
 * }</pre>
 */
final class SyscallHeaders {
    private static final Pattern DEFINED =
            Pattern.compile("#define __NR(3264)?_(\\w+)\\s+(?:(\\d+)|__NR3264_(\\w+))\\s*");

    /** Definitions in {@code asm-generic/unistd.h} that are not calls. */
    private static final Set<String> NO_CALLS = Set.of("syscalls", "arch_specific_syscall");

    /** What no kernel implements any more, or never did on these processors. */
    private static final Set<String> GONE =
            Set.of(
                    "_sysctl",
                    "afs_syscall",
                    "create_module",
                    "epoll_ctl_old",
                    "epoll_wait_old",
                    "get_kernel_syms",
                    "get_thread_area",
                    "getpmsg",
                    "nfsservctl",
                    "putpmsg",
                    "query_module",
                    "security",
                    "set_thread_area",
                    "tuxcall",
                    "uselib",
                    "vserver");

    /** What only the kernel's own code in a traced process may call. */
    private static final Set<String> OF_THE_KERNEL = Set.of("uprobe", "uretprobe");

    private SyscallHeaders() {}

    public static void main(String[] arguments) throws IOException {
        Path include = Path.of(arguments[0]);
        SortedMap<String, Integer> aarch64 = numbers(generic(include));
        numbers(x86(include)).entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(call ->
                        "    %s(%d, %d),"
                                .formatted(
                                        call.getKey(),
                                        call.getValue(),
                                        aarch64.getOrDefault(call.getKey(), -1)))
                .forEach(System.out::println);
    }

    /**
     * Debian keeps it by processor; elsewhere {@code asm} is the machine's, which may be another.
     */
    static Path x86(Path include) throws IOException {
        Path own = include.resolve("asm/unistd_64.h");
        return Files.exists(own) && Files.readString(own).contains("#define __NR_read 0\n")
                ? own
                : include.resolve("x86_64-linux-gnu/asm/unistd_64.h");
    }

    /** The numbers of every processor that came after 2011, AArch64 among them. */
    static Path generic(Path include) {
        return include.resolve("asm-generic/unistd.h");
    }

    /** By name, as a processor of 64 bits sees the header. */
    static SortedMap<String, Integer> numbers(Path header) throws IOException {
        SortedMap<String, Integer> numbers = new TreeMap<>();
        Map<String, Integer> ofEitherWidth = new HashMap<>();
        Deque<Boolean> branches = new ArrayDeque<>();
        for (String line : Files.readAllLines(header)) {
            if (line.startsWith("#if")) {
                branches.push(taken(line));
            } else if (line.startsWith("#else")) {
                branches.push(!branches.pop());
            } else if (line.startsWith("#endif")) {
                branches.pop();
            }
            Matcher defined = DEFINED.matcher(line);
            if (branches.contains(false) || !defined.matches()) {
                continue;
            }
            if (defined.group(1) != null) {
                ofEitherWidth.put(defined.group(2), Integer.valueOf(defined.group(3)));
            } else if (defined.group(3) != null) {
                numbers.put(defined.group(2), Integer.valueOf(defined.group(3)));
            } else if (ofEitherWidth.containsKey(defined.group(4))) {
                numbers.put(defined.group(2), ofEitherWidth.get(defined.group(4)));
            }
        }
        numbers.keySet().removeAll(NO_CALLS);
        numbers.keySet().removeAll(GONE);
        numbers.keySet().removeAll(OF_THE_KERNEL);
        return numbers;
    }

    /** AArch64 has all that a processor may want but the old order of sync_file_range. */
    private static boolean taken(String condition) {
        return !condition.contains("__BITS_PER_LONG == 32")
                && !condition.startsWith("#ifdef __SYSCALL_COMPAT")
                && !condition.contains("SYNC_FILE_RANGE2");
    }
}
