package dev.blast.enforcer.plan;

import java.nio.file.Path;
import java.util.List;

/**
 * Files of {@code /proc} that tell of the whole machine what helps to attack it, and that no
 * program needs: keys and users of the kernel's keyrings, its memory, symbols and timers.
 */
public final class KernelsOwn {
    static final Path PROC = Path.of("/proc");

    private static final List<String> NAMES =
            List.of(
                    "config.gz",
                    "kallsyms",
                    "kcore",
                    "key-users",
                    "keys",
                    "kmsg",
                    "kpagecgroup",
                    "kpagecount",
                    "kpageflags",
                    "pagetypeinfo",
                    "sched_debug",
                    "slabinfo",
                    "sysrq-trigger",
                    "timer_list",
                    "vmallocinfo");

    private KernelsOwn() {}

    /** Those that this kernel has. */
    public static List<Path> files(HostFiles host) {
        return NAMES.stream().map(PROC::resolve).filter(path -> host.at(path).isPresent()).toList();
    }
}
