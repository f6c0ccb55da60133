package dev.blast.enforcer.kernel;

import java.util.List;

/** What signals are called on Linux, see signal(7). */
public final class SignalName {
    /** From 1 on. */
    private static final List<String> NAMES =
            List.of(
                    "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1",
                    "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP",
                    "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO",
                    "PWR", "SYS");

    private SignalName() {}

    /** {@code SIGTERM}; those without a name by their number. */
    public static String of(int signal) {
        return signal >= 1 && signal <= NAMES.size()
                ? "SIG" + NAMES.get(signal - 1)
                : "signal " + signal;
    }
}
