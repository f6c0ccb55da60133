package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.LogReport;
import dev.blast.cli.syntax.Arguments;
import dev.blast.environment.ledger.LoggedAttempt;
import dev.blast.environment.ledger.LoggedRun;
import dev.blast.environment.ledger.LoggedViolation;
import dev.blast.environment.session.Workspace;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** {@code blast log}: what programs tried to reach, and ran into. */
public final class LogCommand implements Command {
    /** As many as are seen at once. */
    private static final int SHOWN = 10;

    private static final String SESSION = "--session";
    private static final String SINCE = "--since";

    @Override
    public int run(Invocation invocation) throws Exception {
        Arguments arguments = invocation.arguments();
        ZonedDateTime now = ZonedDateTime.now(ZoneId.systemDefault());
        Predicate<LoggedAttempt> wanted = wanted(arguments, now);
        Predicate<LoggedViolation> wantedViolations = wantedViolations(arguments, now);
        Workspace workspace = Workspaces.of(invocation);
        EnvironmentChoice choice = EnvironmentChoice.remembered(invocation, workspace);
        List<LoggedRun> kept = workspace.ledgers(choice.environment()).runs();
        Optional<String> session = arguments.value(SESSION);
        List<LoggedRun> runs = session.isPresent() ? List.of(one(session.get(), kept)) : kept;
        boolean narrowed = arguments.has("--denied") || arguments.value(SINCE).isPresent();
        List<LoggedRun> shown =
                narrowed
                        ? runs.stream()
                                .map(run -> run.only(wanted, wantedViolations))
                                .filter(run -> !run.isEmpty())
                                .toList()
                        : runs;
        boolean isWhole = arguments.has("--all") || arguments.has("--json") || narrowed;
        var report = new LogReport(choice.name(), shown, narrowed, 0, now);
        invocation.answer(isWhole ? report : report.last(SHOWN));
        return Exit.DONE.code();
    }

    private static Predicate<LoggedAttempt> wanted(Arguments arguments, ZonedDateTime now)
            throws Failure {
        boolean denied = arguments.has("--denied");
        Optional<String> since = arguments.value(SINCE);
        if (since.isEmpty()) {
            return it -> !denied || it.matter().isRefused();
        }
        try {
            Instant begin = Since.of(since.get(), now);
            return it -> !it.last().isBefore(begin) && (!denied || it.matter().isRefused());
        } catch (IllegalArgumentException e) {
            throw new Failure(Exit.USAGE, "%s: %s".formatted(SINCE, e.getMessage()));
        }
    }

    /** What is refused is an attempt. */
    private static Predicate<LoggedViolation> wantedViolations(
            Arguments arguments, ZonedDateTime now) {
        if (arguments.has("--denied")) {
            return _ -> false;
        }
        Optional<Instant> begin = arguments.value(SINCE).map(since -> Since.of(since, now));
        return it -> begin.isEmpty() || !it.last().isBefore(begin.get());
    }

    private static LoggedRun one(String session, List<LoggedRun> kept) throws Failure {
        Optional<LoggedRun> found =
                session.equals("last")
                        ? kept.stream().reduce((_, last) -> last)
                        : kept.stream()
                                .filter(run -> Integer.toString(run.number()).equals(session))
                                .findFirst();
        return found.orElseThrow(() ->
                new Failure(
                        Exit.FINDINGS,
                        "no session '%s' is kept of this environment".formatted(session),
                        kept.isEmpty()
                                ? "none has tried to reach anything"
                                : "kept are %d to %d; blast log shows them"
                                        .formatted(
                                                kept.getFirst().number(),
                                                kept.getLast().number())));
    }
}
