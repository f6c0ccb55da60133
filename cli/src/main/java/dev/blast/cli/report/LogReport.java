package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import dev.blast.enforcer.kernel.Errno;
import dev.blast.environment.ledger.LoggedAttempt;
import dev.blast.environment.ledger.LoggedAttempt.Carried;
import dev.blast.environment.ledger.LoggedAttempt.Matter;
import dev.blast.environment.ledger.LoggedRun;
import dev.blast.environment.ledger.LoggedViolation;
import dev.blast.environment.ledger.ViolationText;
import dev.blast.packaging.Host;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Direction;
import dev.blast.rules.fact.Protocol;
import dev.blast.rules.fact.ViolationKind;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Outcome;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What programs of an environment tried to reach and ran into, the newest last.
 *
 * @param narrowed whether there may be more than was asked for
 * @param earlier sessions that are not listed
 * @param now in the zone in which times are shown
 */
public record LogReport(
        String name, List<LoggedRun> runs, boolean narrowed, int earlier, ZonedDateTime now)
        implements Report {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    public LogReport {
        runs = List.copyOf(runs);
    }

    /** The same with the newest alone. */
    public LogReport last(int shown) {
        int from = Math.max(0, runs.size() - shown);
        return new LogReport(name, runs.subList(from, runs.size()), narrowed, earlier + from, now);
    }

    @Override
    public String text(Palette palette) {
        if (runs.isEmpty()) {
            return new Page(name)
                    .append(": ")
                    .line(
                            narrowed
                                    ? "nothing of that kind is kept"
                                    : "no session has tried to reach anything, or ran into a limit")
                    .toString();
        }
        var text = new Page();
        if (earlier > 0) {
            text.append(earlier).line(" earlier: blast log --all");
        }
        boolean canBeExplained = false;
        for (LoggedRun run : runs) {
            text.append("session ")
                    .append(run.number())
                    .append("  ")
                    .append(run.command())
                    .append("  ")
                    .line(when(run.began()));
            text.lines(table(run));
            text.lines(violations(run));
            if (run.others() > 0) {
                text.append("  and ")
                        .append(run.others())
                        .line(" more, which were too many to be kept one by one");
            }
            canBeExplained |= run.attempts().stream().anyMatch(it -> it.decision() != null);
        }
        if (canBeExplained) {
            text.line("why: blast check --explain '#ID'");
        }
        return text.toString();
    }

    private String table(LoggedRun run) {
        var table = new TextTable("  ");
        for (LoggedAttempt it : byTime(run)) {
            table.row(
                    time(it.last(), run.began()),
                    program(it),
                    what(it.matter()),
                    result(it),
                    it.decision() == null ? "" : "#" + it.decision(),
                    rules(it.matter()),
                    bytes(it));
        }
        return table.text();
    }

    private String violations(LoggedRun run) {
        var table = new TextTable("  ");
        for (LoggedViolation it : beyondAttempts(run.violations())) {
            table.row(time(it.last(), run.began()), what(it), consequence(it), rules(it));
        }
        return table.text();
    }

    /** In the order of time, without connections that were refused and no more. */
    static List<LoggedViolation> beyondAttempts(List<LoggedViolation> all) {
        return all.stream()
                .filter(it ->
                        it.kind() != ViolationKind.CONNECT
                                || it.outcome() != Outcome.RECORDED
                                || !it.warnings().isEmpty())
                .sorted(Comparator.comparing(LoggedViolation::last))
                .toList();
    }

    private static List<LoggedAttempt> byTime(LoggedRun run) {
        var sorted = new ArrayList<>(run.attempts());
        sorted.sort(Comparator.comparing(LoggedAttempt::last));
        return sorted;
    }

    private String when(Instant instant) {
        ZonedDateTime local = instant.atZone(now.getZone());
        LocalDate today = now.toLocalDate();
        if (local.toLocalDate().equals(today)) {
            return CLOCK.format(local);
        }
        return local.toLocalDate().equals(today.minusDays(1))
                ? "yesterday " + CLOCK.format(local)
                : DAY.format(local);
    }

    /** With the day where that is another than the session's first. */
    private String time(Instant instant, Instant began) {
        ZonedDateTime local = instant.atZone(now.getZone());
        boolean sameDay = local.toLocalDate().equals(began.atZone(now.getZone()).toLocalDate());
        return (sameDay ? CLOCK : DAY).format(local);
    }

    static String program(LoggedAttempt it) {
        Path program = it.matter().asked().program();
        return program == null || program.getFileName() == null
                ? ""
                : program.getFileName().toString();
    }

    static String what(Matter matter) {
        Connection asked = matter.asked();
        if (asked.direction() == Direction.IN) {
            return "in on port " + asked.port();
        }
        if (asked.protocol() == Protocol.UNIX || matter.isLookUp()) {
            return asked.host() + (matter.isLookUp() ? " (the name)" : "");
        }
        String protocol = asked.protocol() == Protocol.UDP ? " (UDP)" : "";
        return Host.withPort(asked.host(), asked.port()) + protocol;
    }

    static String result(LoggedAttempt it) {
        Matter matter = it.matter();
        String result =
                switch (matter.result()) {
                    case REACHED -> "reached";
                    case REFUSED -> "refused";
                    case FAILED ->
                            matter.errno() == 0
                                    ? "failed"
                                    : "failed: " + Errno.sentence(matter.errno());
                };
        if (matter.proxy() != null) {
            result += " through the proxy " + matter.proxy();
        }
        return it.count() == 1 ? result : result + ", " + Figures.count(it.count(), "time");
    }

    static String rules(Matter matter) {
        if (matter.failure() != null) {
            return "the rules could not be asked: " + matter.failure();
        }
        return matter.deciding().isEmpty()
                ? "no rule answers"
                : matter.deciding().stream()
                        .map(LogReport::rule)
                        .distinct()
                        .collect(Collectors.joining(", "));
    }

    private static String rule(Reason it) {
        return it.origin().line() == 0
                ? it.rule() + ": " + it.text()
                : "rule \"%s\" %s".formatted(it.rule(), it.origin());
    }

    static String what(LoggedViolation it) {
        return ViolationText.of(it.kind(), it.subject()).text();
    }

    static String consequence(LoggedViolation it) {
        String word =
                it.outcome() == Outcome.RECORDED && !it.warnings().isEmpty()
                        ? "warned"
                        : it.outcome().word();
        String often = it.count() == 1 ? word : word + ", " + Figures.count(it.count(), "time");
        return it.ending() == null ? often : often + "; ended by " + it.ending();
    }

    static String rules(LoggedViolation it) {
        return it.failure() != null
                ? "the rules could not be asked: " + it.failure()
                : Stream.concat(it.deciding().stream(), it.warnings().stream())
                        .map(LogReport::rule)
                        .distinct()
                        .collect(Collectors.joining(", "));
    }

    static String bytes(LoggedAttempt it) {
        Carried carried = it.carried();
        return carried == null
                ? ""
                : "%s sent, %s received"
                        .formatted(Figures.size(carried.sent()), Figures.size(carried.received()));
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("environment", name)
                .with("sessions", runs, LogReport::json)
                .with("earlier", earlier);
    }

    private static JsonObject json(LoggedRun run) {
        return new JsonObject()
                .with("session", run.number())
                .with("command", run.command())
                .with("began", run.began().toString())
                .with("ended", run.ended() == null ? null : run.ended().toString())
                .with("attempts", byTime(run), LogReport::json)
                .with("others", run.others())
                .with("violations", run.violations(), LogReport::json);
    }

    private static JsonObject json(LoggedViolation it) {
        return new JsonObject()
                .with("first", it.first().toString())
                .with("last", it.last().toString())
                .with("count", it.count())
                .with("kind", it.kind())
                .with("subject", it.subject())
                .with("verdict", it.outcome())
                .with("endedBy", it.ending())
                .with("failure", it.failure())
                .with("deciding", it.deciding(), reason -> ExplanationReport.json(reason))
                .with("warnings", it.warnings(), reason -> ExplanationReport.json(reason));
    }

    private static JsonObject json(LoggedAttempt it) {
        Matter matter = it.matter();
        Connection asked = matter.asked();
        Carried carried = it.carried();
        return new JsonObject()
                .with("first", it.first().toString())
                .with("last", it.last().toString())
                .with("count", it.count())
                .with("program", asked.program() == null ? null : asked.program().toString())
                .with("pid", it.pid() == 0 ? null : Long.valueOf(it.pid()))
                .with("direction", asked.direction())
                .with("protocol", asked.protocol())
                .with("host", asked.host())
                .with("port", asked.port() == 0 ? null : Long.valueOf(asked.port()))
                .with(
                        "addresses",
                        it.addresses().stream().map(each -> Host.of(each).text()).toList())
                .with("verdict", matter.verdict())
                .with("result", matter.result())
                .with("error", matter.errno() == 0 ? null : Errno.sentence(matter.errno()))
                .with("byDefault", matter.deciding().isEmpty() && matter.failure() == null)
                .with("failure", matter.failure())
                .with("proxy", matter.proxy())
                .with("deciding", matter.deciding(), reason -> ExplanationReport.json(reason))
                .with("decision", it.decision())
                .with("sentBytes", carried == null ? null : Long.valueOf(carried.sent()))
                .with("receivedBytes", carried == null ? null : Long.valueOf(carried.received()));
    }
}
