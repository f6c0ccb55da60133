package dev.blast.environment.ending;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.Lines;
import dev.blast.enforcer.kernel.PidDescriptor;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.environment.ProcessMark;
import dev.blast.environment.ProcessStat;
import dev.blast.packaging.Visible;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A process that is to end, held by its descriptor so that no signal can reach another that has its
 * number later. Where the kernel hands out no such descriptor, its start time is looked at before
 * each signal.
 */
final class HeldProcess implements AutoCloseable {
    private static final int SIGHUP = 1;
    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;
    private static final int SIGCONT = 18;
    private static final int COMMAND_LENGTH = 200;

    /** What it is to the work that ends. */
    enum Part {
        /** The sandbox's own first process: it ends with its program, and all others with it. */
        INIT,
        PROGRAM,
        /** The Blast that waits for a session, and tidies up after it. */
        ATTENDANT,
        /** The Blast that changes an environment. */
        COMMAND,
        /** What that Blast has started. */
        HELPER
    }

    private final Work work;
    private final Part part;
    private final ProcessMark mark;
    private final Instant since;
    private final String command;
    private final boolean suspended;
    private final @Nullable PidDescriptor descriptor;
    private boolean fromTheStart;
    private boolean asked;
    private boolean killed;
    private int refusal;

    private HeldProcess(
            Work work, Part part, ProcessStat stat, @Nullable PidDescriptor descriptor) {
        this.work = work;
        this.part = part;
        this.mark = stat.mark();
        this.suspended = stat.isStopped();
        this.since =
                ProcessHandle.of(stat.pid())
                        .flatMap(process -> process.info().startInstant())
                        .orElse(Instant.EPOCH);
        this.command =
                switch (part) {
                    case COMMAND -> work.command();
                    case ATTENDANT -> "the blast that waits for it";
                    case INIT, PROGRAM, HELPER -> command(stat);
                };
        this.descriptor = descriptor;
    }

    /**
     * Holds the process that was seen, if it is still that one, and still the child of the parent
     * that it was seen with.
     */
    static Optional<HeldProcess> of(Work work, Part part, ProcessStat seen) {
        Optional<PidDescriptor> descriptor = PidDescriptor.of(seen.pid());
        Optional<ProcessStat> now =
                ProcessStat.of(seen.pid())
                        .filter(stat ->
                                !stat.hasEnded()
                                        && stat.mark().equals(seen.mark())
                                        && stat.parent() == seen.parent());
        if (now.isEmpty()) {
            descriptor.ifPresent(PidDescriptor::close);
            return Optional.empty();
        }
        return Optional.of(new HeldProcess(work, part, now.get(), descriptor.orElse(null)));
    }

    private static String command(ProcessStat stat) {
        List<String> words = Lines.of(proc(stat.pid(), "cmdline"));
        String line = String.join("\n", words).replace('\0', ' ').strip();
        String command = Visible.of(line.isEmpty() ? "(" + stat.name() + ")" : line);
        return command.length() <= COMMAND_LENGTH
                ? command
                : command.substring(0, COMMAND_LENGTH) + "…";
    }

    private static Path proc(long pid, String file) {
        return Path.of("/proc", Long.toString(pid), file);
    }

    Work work() {
        return work;
    }

    Part part() {
        return part;
    }

    ProcessMark mark() {
        return mark;
    }

    Instant since() {
        return since;
    }

    String command() {
        return command;
    }

    /** Whether it was stopped when it was found. */
    boolean wasSuspended() {
        return suspended;
    }

    boolean isAlive() {
        return descriptor == null ? mark.isAlive() : !descriptor.hasEnded();
    }

    /** It was there before anything was ended. */
    void wasThere() {
        fromTheStart = true;
    }

    /** Else it came meanwhile, and may have gone by itself. */
    boolean isFromTheStart() {
        return fromTheStart;
    }

    /** The control groups that a sandbox was given, as their lines in {@code /proc/PID/cgroup}. */
    Set<String> groups() {
        return groups(mark.pid());
    }

    static Set<String> groups(long pid) {
        return Lines.of(proc(pid, "cgroup")).stream()
                .filter(line -> line.contains("/blast-run-"))
                .collect(Collectors.toSet());
    }

    boolean wasAsked() {
        return asked;
    }

    /**
     * Asks it to end, and lets it go on where it is stopped, so that it can. An interactive shell
     * ignores SIGTERM; it ends when its terminal is gone, and so it is told that.
     */
    void ask() {
        boolean shell =
                ignores(SIGTERM)
                        && ProcessStat.of(mark.pid())
                                .filter(ProcessStat::leadsOnTerminal)
                                .isPresent();
        signal(SIGTERM);
        if (shell) {
            signal(SIGHUP);
        }
        signal(SIGCONT);
        asked = true;
    }

    private boolean ignores(int signal) {
        return Lines.of(proc(mark.pid(), "status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                .anyMatch(set -> (set >> (signal - 1) & 1) == 1);
    }

    /** Lets it go on. */
    void resume() {
        signal(SIGCONT);
    }

    boolean wasKilled() {
        return killed;
    }

    /** It is counted as killed also where the death of another is quicker. */
    void kill() {
        signal(SIGKILL);
        killed = true;
    }

    /** The errno of a signal that was not ours to send; 0 where all were. */
    int refusal() {
        return refusal;
    }

    /** Whether it has not ended, and it is of use to wait for that. */
    boolean isPending() {
        return refusal == 0 && isAlive();
    }

    private void signal(int number) {
        if (!isAlive()) {
            return;
        }
        int errno =
                descriptor == null
                        ? (int) -Kernel.linux().call(Syscall.kill, mark.pid(), number)
                        : descriptor.signal(number);
        if (errno != 0 && isAlive()) {
            refusal = errno;
        }
    }

    @Override
    public void close() {
        if (descriptor != null) {
            descriptor.close();
        }
    }
}
