package dev.blast.cli.terminal;

import dev.blast.packaging.Visible;
import dev.blast.solver.Progress;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is worked on now, on stderr. On a terminal one line, rewritten in place ten times a second
 * at most by a thread of its own, so that the work never waits for the terminal and a stalled item
 * still shows its growing age; nothing is shown for what takes less than a tenth of a second.
 * Elsewhere one line per phase. Safe for use by several threads.
 */
public final class ProgressLine implements Progress, AutoCloseable {
    private static final int TICK_MILLIS = 100;

    private final Output output;
    private final Verbosity verbosity;

    /** The environment variables that the width is asked from; null: lines are not rewritten. */
    private final @Nullable Map<String, String> terminal;

    // All below are guarded by this.
    private String phase = "";
    private String item = "";
    private long done;
    private long total;
    private long phaseStartedNanos;
    private boolean visible;
    private @Nullable Thread painter;

    ProgressLine(Output output, Verbosity verbosity, @Nullable Map<String, String> terminal) {
        this.output = output;
        this.verbosity = verbosity;
        this.terminal = terminal;
    }

    /** A new kind of work begins: {@code resolving}, {@code downloading}. */
    @Override
    public synchronized void phase(String what) {
        if (verbosity == Verbosity.QUIET || what.equals(phase)) {
            return;
        }
        phase = what;
        item = "";
        done = 0;
        total = 0;
        phaseStartedNanos = System.nanoTime();
        if (terminal == null) {
            output.write(what + "\n");
        } else if (painter == null) {
            painter = Thread.ofPlatform().daemon().name("progress").start(this::paintUntilClosed);
        }
    }

    /** The item under work, and how far the phase is; a total of 0 or less is unknown. */
    @Override
    public synchronized void advance(String item, long done, long total) {
        if (verbosity == Verbosity.VERBOSE && terminal == null && !item.equals(this.item)) {
            output.write("  " + Visible.of(item) + "\n");
        }
        this.item = item;
        this.done = done;
        this.total = total;
    }

    /**
     * Takes the line off the screen, before something else is written; it comes back with the next
     * tick.
     */
    synchronized void clear() {
        if (visible) {
            output.eraseLine();
            visible = false;
        }
    }

    @Override
    public synchronized void close() {
        phase = "";
        clear();
        if (painter != null) {
            painter.interrupt();
            painter = null;
        }
    }

    private void paintUntilClosed() {
        int width = 0;
        try {
            while (true) {
                Thread.sleep(TICK_MILLIS);
                if (width == 0 && terminal != null) {
                    width = Terminal.width(terminal);
                }
                paint(width);
            }
        } catch (InterruptedException e) {
            // closed: the thread ends
        }
    }

    private synchronized void paint(int width) {
        if (!phase.isEmpty()) {
            Duration age = Duration.ofNanos(System.nanoTime() - phaseStartedNanos);
            output.eraseLine();
            output.write(line(phase, item, done, total, age, width));
            visible = true;
        }
    }

    /**
     * Cut so that it never wraps: a wrapped line could not be rewritten. The last column stays free
     * for the same reason.
     */
    static String line(String phase, String item, long done, long total, Duration age, int width) {
        String where =
                done <= 0
                        ? ""
                        : "  "
                                + Figures.count(done)
                                + (total > 0 ? " of " + Figures.count(total) : "");
        String head = phase + where + (age.toSeconds() >= 1 ? "  " + age.toSeconds() + " s" : "");
        String line = item.isEmpty() ? head : head + "  " + Visible.of(item);
        int room = Math.max(0, width - 1);
        if (line.length() <= room) {
            return line;
        }
        return room < 2 ? line.substring(0, room) : line.substring(0, room - 1) + "…";
    }
}
