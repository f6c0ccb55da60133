package dev.blast.cli.invocation;

import dev.blast.enforcer.kernel.Lines;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many files this process may have open, see proc_pid_limits(5). Java has raised its own limit
 * as far as the hard one lets it. With too few, what fails first is anything: a library that cannot
 * be loaded, a layer that looks missing.
 */
public final class OpenFiles {
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Pattern LIMIT = Pattern.compile("Max open files\\s+(\\d{1,18})\\s.*");

    /** Java and the start of a sandbox take some 180 at once. */
    private static final long NEEDED = 256;

    private OpenFiles() {}

    /**
     * Where it cannot be seen, there may be enough.
     *
     * @throws Failure where they are too few for all that a command may come to
     */
    public static void requireEnough() throws Failure {
        requireEnough(Lines.of(LIMITS));
    }

    static void requireEnough(List<String> limits) throws Failure {
        for (String line : limits) {
            Matcher limit = LIMIT.matcher(line);
            if (limit.matches() && Long.parseLong(limit.group(1)) < NEEDED) {
                throw new Failure(
                        Exit.FINDINGS,
                        "nothing was done: a process may have %s files open here, and Blast needs %d"
                                .formatted(limit.group(1), NEEDED),
                        "raise the hard limit where this is started: ulimit -n 1024, LimitNOFILE=1024 of a service, --ulimit nofile=1024 of a container");
            }
        }
    }
}
