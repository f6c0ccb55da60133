package dev.blast.environment.build;

import dev.blast.enforcer.spawn.LimitHit;
import dev.blast.packaging.Message;
import dev.blast.solver.BuildException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A hook that did not do what it should, told: what failed and how, the end of what it said, what
 * that means where it is known, where the whole of it is.
 *
 * @param hook its name
 */
record HookFailure(String hook, String backend, BuildSandbox.Ended ended, Path log) {
    private static final int LINES = 10;

    /** Of the last line, beside the others. */
    private static final int SHORT = 120;

    /** Whether it did not end well by itself. */
    boolean failed() {
        return ended.stopped() != null || ended.ending().exitCode() != 0;
    }

    BuildException exception() throws IOException {
        return told(how());
    }

    /** It ended well, and what it left is of no use. */
    BuildException exception(RefusedSourceException why) throws IOException {
        return told(String.valueOf(why.getMessage()));
    }

    /** The first line is all that a proof has of it. */
    private BuildException told(String how) throws IOException {
        List<String> tail = BuildLogs.tail(log, LINES);
        String last = tail.isEmpty() ? "" : ": " + tail.getLast();
        var lines = new ArrayList<Message>();
        lines.add(
                Message.line(
                        "cannot be built: %s of %s %s%s (all that it said: %s)"
                                .formatted(
                                        hook,
                                        backend,
                                        how,
                                        last.length() > SHORT
                                                ? last.substring(0, SHORT) + "…"
                                                : last,
                                        log)));
        for (String line : tail) {
            lines.add(new Message("  | " + line));
        }
        for (String remark : BuildRemarks.of(BuildLogs.text(log))) {
            lines.add(Message.line(remark));
        }
        return new BuildException(Message.joined(lines, "\n"));
    }

    private String how() {
        String stopped = ended.stopped();
        if (stopped != null) {
            return stopped;
        }
        List<LimitHit> limits = ended.ending().limitsHit();
        int exitCode = ended.ending().exitCode();
        if (!limits.isEmpty()) {
            LimitHit hit = limits.getFirst();
            return "ran into its limit of %s (rule \"%s\", %s)"
                    .formatted(
                            hit.what(), hit.limit().reason().rule(), hit.limit().reason().origin());
        }
        return exitCode > 128
                ? "was ended by signal %d".formatted(exitCode - 128)
                : String.format(Locale.ROOT, "ended with exit status %d", exitCode);
    }
}
