package dev.blast.cli.command;

import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.terminal.Figures;
import dev.blast.environment.change.Patience;
import java.time.Duration;
import java.time.Instant;

/**
 * How long a command waits for another one that changes the same environment, and what it says
 * meanwhile.
 */
final class PatienceOption {
    /** Longer than any download that is still getting on. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private PatienceOption() {}

    /** {@code --no-wait} does not wait at all. */
    static Patience of(Invocation invocation) {
        return new Patience(
                invocation.arguments().has("--no-wait") ? Duration.ZERO : LONGEST,
                holder ->
                        invocation
                                .console()
                                .say(
                                        holder.isKnown()
                                                ? "waiting for '"
                                                        + holder.command()
                                                        + "' (pid "
                                                        + holder.process().pid()
                                                        + "), at work since "
                                                        + Figures.duration(
                                                                Duration.between(
                                                                        holder.since(),
                                                                        Instant.now()))
                                                : "waiting for " + holder.command()));
    }
}
