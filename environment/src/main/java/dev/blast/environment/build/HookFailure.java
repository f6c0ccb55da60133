package dev.blast.environment.build;

import dev.blast.enforcer.plan.Wall;
import dev.blast.enforcer.spawn.LimitHit;
import dev.blast.packaging.Message;
import dev.blast.solver.BuildException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A hook that did not do what it should, told: what failed and how, the end of what it said, what
 * that means where it is known, where the whole of it is.
 *
 * @param hook its name
 */
record HookFailure(String hook, String backend, BuildSandbox.Ended ended, Path log) {
    private static final int LINES = 10;

    /** Whether it did not end well by itself. */
    boolean failed() {
        return ended.amiss() != null || ended.ending().exitCode() != 0;
    }

    BuildException exception() throws IOException {
        BuildRemarks remarks = BuildRemarks.of(BuildLogs.text(log));
        boolean byItself =
                ended.amiss() == null && limitsHit().isEmpty() && ended.ending().lost().isEmpty();
        return told(byItself ? remarks.cause() : "", " " + how(), remarks.remarks());
    }

    /** It ended well, and what it left is of no use. */
    BuildException exception(RefusedSourceException why) throws IOException {
        return told(String.valueOf(why.getMessage()), "", List.of());
    }

    /**
     * The first line is all that a proof has of it.
     *
     * @param cause empty where it is in the way that the hook ended
     */
    private BuildException told(String cause, String how, List<String> remarks) throws IOException {
        String call = "%s of %s%s".formatted(hook, backend, how);
        var lines = new ArrayList<Message>();
        lines.add(
                Message.line(
                        cause.isEmpty()
                                ? "cannot be built: %s (all that it said: %s)".formatted(call, log)
                                : "cannot be built: %s (%s; all that it said: %s)"
                                        .formatted(cause, call, log)));
        for (String line : BuildLogs.tail(log, LINES)) {
            lines.add(new Message("  | " + line));
        }
        for (String remark : remarks) {
            lines.add(Message.line(remark));
        }
        return new BuildException(Message.joined(lines, "\n"));
    }

    private List<LimitHit> limitsHit() {
        return ended.ending().limitsHit().stream().filter(hit -> !hit.slows()).toList();
    }

    private String how() {
        String amiss = ended.amiss();
        if (amiss != null) {
            return amiss;
        }
        Optional<Wall> lost = ended.ending().lost();
        if (lost.isPresent()) {
            return "was ended, since its sandbox is not as it was planned: " + lost.get().title();
        }
        List<LimitHit> limits = limitsHit();
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
