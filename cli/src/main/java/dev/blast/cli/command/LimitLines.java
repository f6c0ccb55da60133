package dev.blast.cli.command;

import dev.blast.cli.terminal.Figures;
import dev.blast.enforcer.spawn.LimitHit;
import dev.blast.rules.source.Excerpt;
import dev.blast.rules.verdict.Limit;
import dev.blast.rules.verdict.Limits;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.AmountText;
import dev.blast.rules.vocabulary.Answer.Resource;
import dev.blast.rules.vocabulary.Quoted;
import java.util.Arrays;
import java.util.Optional;

/** What people are told where a program ran into a limit: by itself it shows a number at most. */
final class LimitLines {
    /** Characters of a command. */
    private static final int SHOWN = 80;

    /** By SIGXFSZ. */
    private static final int FILE_TOO_LARGE = 128 + 25;

    private LimitLines() {}

    /**
     * A line.
     *
     * @param program the command, as it was typed
     */
    static String of(String program, LimitHit hit) {
        return line(program, what(hit), hit.limit().reason());
    }

    /** Of a program that the kernel ended for a file: it tells nobody but by the exit code. */
    static Optional<String> ofFile(String program, int exitCode, Limits limits) {
        Limit limit = limits.of(Resource.FILE_SIZE);
        return limit == null || exitCode != FILE_TOO_LARGE
                ? Optional.empty()
                : Optional.of(
                        line(
                                program,
                                "exit 153 is SIGXFSZ: a file would have become larger than its limit of "
                                        + AmountText.of(Resource.FILE_SIZE, limit.amount()),
                                limit.reason()));
    }

    private static String line(String program, String what, Reason reason) {
        return "%s: %s (rule \"%s\", %s)"
                .formatted(
                        Quoted.plain(Excerpt.beginning(program, SHOWN)),
                        what,
                        Quoted.plain(reason.rule()),
                        reason.origin());
    }

    private static String what(LimitHit hit) {
        Resource resource =
                Arrays.stream(Resource.values())
                        .filter(it -> it.word().equals(hit.what()))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no limit " + hit.what()));
        String amount = AmountText.of(resource, hit.limit().amount());
        return switch (resource) {
            case MEMORY ->
                    "%s killed at the memory limit of %s"
                            .formatted(
                                    hit.times() == 1
                                            ? "1 process was"
                                            : "%,d processes were".formatted(hit.times()),
                                    amount);
            case CPU ->
                    "was slowed down at its limit of %s, %s"
                            .formatted(amount, Figures.count(hit.times(), "time"));
            case DISK -> measured(hit, Figures.memory(hit.peak()) + " on the disk", amount);
            case FILES -> measured(hit, Figures.count(hit.peak(), "file") + " there", amount);
            case IO ->
                    "was slowed down at its rate of input and output, %s, for %s"
                            .formatted(amount, Figures.count(hit.times(), "second"));
            case TIME -> "ended at the time limit of " + amount;
            default ->
                    "ran into its limit of %s, %s, %s"
                            .formatted(
                                    hit.what(),
                                    amount,
                                    hit.times() == 1 ? "once" : "%,d times".formatted(hit.times()));
        };
    }

    /** What was looked at from outside: the program may have been the faster one. */
    private static String measured(LimitHit hit, String made, String limit) {
        return hit.times() == 0
                ? "left %s; its limit is %s, and it ended before it was stopped"
                        .formatted(made, limit)
                : "ended: it had put %s, and its limit is %s".formatted(made, limit);
    }
}
