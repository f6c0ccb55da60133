package dev.blast.cli.report;

import dev.blast.cli.report.RunLanes.Lane;
import dev.blast.cli.report.UseChart.Step;
import dev.blast.cli.terminal.Figures;
import dev.blast.environment.ledger.LoggedAttempt;
import dev.blast.environment.ledger.LoggedViolation;
import dev.blast.environment.session.RunCourse;
import dev.blast.environment.session.RunCourse.ProcessSpan;
import dev.blast.environment.session.UseSample;
import dev.blast.rules.vocabulary.AmountText;
import dev.blast.rules.vocabulary.Answer.Resource;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.solver.graph.Drawing;
import dev.blast.solver.graph.Markup;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one run did, over time: its processes, what they tried to reach, what they used of their
 * limits. Of programs it says the names alone, as arguments may hold what is nobody's business.
 *
 * @param environment its name
 * @param program that was started
 * @param unheard attempts that were too many to be told one by one
 * @param violations what it ran into, as it was told
 * @param hits a sentence for each limit it ran into
 * @param limits in the units of the rules
 * @param zone in which the beginning is told
 */
public record RunPage(
        String environment,
        String program,
        int exitCode,
        RunCourse course,
        List<LoggedAttempt> attempts,
        long unheard,
        List<LoggedViolation> violations,
        List<String> hits,
        Map<Resource, Long> limits,
        ZoneId zone)
        implements Picture {
    private static final int MOST_LANES = 200;

    /** Wider columns than that are told apart. */
    private static final int MOST_STEPS = 120;

    private static final Duration AVERAGED = Duration.ofMillis(200);
    private static final double MICROS_OF_SECOND = 1e6;
    private static final double MILLIS_OF_PROCESSOR = 1e3;

    private static final DateTimeFormatter BEGINNING =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    public RunPage {
        attempts = attempts.stream().sorted(Comparator.comparing(LoggedAttempt::first)).toList();
        violations = LogReport.beyondAttempts(violations);
        hits = List.copyOf(hits);
        limits = Map.copyOf(limits);
    }

    @Override
    public Optional<Drawing> drawing() {
        return Optional.empty();
    }

    @Override
    public String html() {
        TimeScale scale = TimeScale.of(course.began(), course.ended());
        var sections = new ArrayList<Markup>();
        if (!hits.isEmpty()) {
            sections.add(limitsHit());
        }
        sections.add(processes(scale));
        sections.add(connections(scale));
        if (!violations.isEmpty()) {
            sections.add(violations(scale));
        }
        sections.add(use(scale));
        return PageFrame.of(
                "%s in %s: a run".formatted(program, environment), lead(), List.of(), sections);
    }

    private String lead() {
        return "Begun %s, ended with exit code %d after %s; %s seen; %s%s."
                .formatted(
                        BEGINNING.format(course.began().atZone(zone)),
                        exitCode,
                        Figures.duration(Duration.between(course.began(), course.ended())),
                        processCount(),
                        requestCount(),
                        hits.isEmpty() ? "" : "; ran into " + Figures.count(hits.size(), "limit"));
    }

    private String requestCount() {
        if (attempts.isEmpty() && unheard == 0) {
            return "nothing asked of the network";
        }
        return "%s for the network, %d refused"
                .formatted(
                        Figures.count(attempts.size(), "different request"),
                        attempts.stream().filter(it -> it.matter().isRefused()).count());
    }

    private String processCount() {
        long all = course.processes().size() + course.others();
        return all == 1 ? "1 process" : Figures.count(all) + " processes";
    }

    private Markup limitsHit() {
        var text = section("Limits it ran into").open("ul").line();
        hits.forEach(hit -> text.element("li", hit).line());
        return text.close("ul").line().close("section").line();
    }

    private static Markup section(String title) {
        return new Markup().open("section").line().element("h2", title).line();
    }

    private static void hint(Markup text, String words) {
        text.element("p", words, "class", "hint").line();
    }

    private Markup processes(TimeScale scale) {
        Markup text = section("Processes");
        List<ProcessSpan> all =
                course.processes().stream()
                        .sorted(
                                Comparator.comparing(ProcessSpan::started)
                                        .thenComparingLong(ProcessSpan::pid))
                        .toList();
        hint(
                text,
                "Looked at four times a second, at first more often: what lived shorter may be missing. A pale end is the time between the last look that saw it and the next."
                        + more(all.size(), course.others(), "process was", "processes were"));
        List<Lane> lanes = all.stream().limit(MOST_LANES).map(it -> lane(it, scale)).toList();
        text.add(RunLanes.markup("processes over time; the table says the same", lanes, scale));
        begin(text, List.of("pid", "program", "child of", "began", "ended by", "lasted"));
        for (ProcessSpan it : all) {
            row(
                    text,
                    Long.toString(it.pid()),
                    List.of(
                            it.program(),
                            Long.toString(it.parent()),
                            scale.words(it.started()),
                            scale.words(it.gone()),
                            lasted(it, scale)));
        }
        return end(text);
    }

    private static String more(int told, long others, String one, String several) {
        String left =
                told > MOST_LANES
                        ? " The first %d are drawn, the table has more.".formatted(MOST_LANES)
                        : "";
        return others == 0
                ? left
                : left
                        + " And %s too many to be kept one by one."
                                .formatted(
                                        others == 1
                                                ? "1 " + one
                                                : Figures.count(others) + " " + several);
    }

    private static Lane lane(ProcessSpan it, TimeScale scale) {
        String says =
                "%s, pid %d, child of %d: began at %s, lasted %s"
                        .formatted(
                                it.program(),
                                it.pid(),
                                it.parent(),
                                scale.words(it.started()),
                                lasted(it, scale));
        return new Lane(
                "%s %d".formatted(it.program(), it.pid()),
                says,
                "process",
                it.started(),
                it.seen(),
                it.gone(),
                false);
    }

    private static String lasted(ProcessSpan it, TimeScale scale) {
        String least = scale.words(Duration.between(it.started(), it.seen()));
        String most = scale.words(Duration.between(it.started(), it.gone()));
        return least.equals(most) ? least : least + " to " + most;
    }

    private Markup connections(TimeScale scale) {
        Markup text = section("Network");
        if (attempts.isEmpty() && unheard == 0) {
            hint(text, "Nothing was tried.");
            return text.close("section").line();
        }
        hint(
                text,
                "A square on its corner was reached, a cross was refused, a triangle failed; where the same was tried again, from the first time to the last. Why: blast check --explain '#ID'."
                        + more(attempts.size(), unheard, "request was", "requests were"));
        List<Lane> lanes = attempts.stream().limit(MOST_LANES).map(it -> lane(it, scale)).toList();
        text.add(RunLanes.markup("requests over time; the table says the same", lanes, scale));
        begin(text, List.of("when", "program", "pid", "what", "result", "id", "rule", "bytes"));
        for (LoggedAttempt it : attempts) {
            row(
                    text,
                    when(it, scale),
                    List.of(
                            LogReport.program(it),
                            it.pid() == 0 ? "" : Long.toString(it.pid()),
                            LogReport.what(it.matter()),
                            LogReport.result(it),
                            it.decision() == null ? "" : "#" + it.decision(),
                            LogReport.rules(it.matter()),
                            LogReport.bytes(it)));
        }
        return end(text);
    }

    private Markup violations(TimeScale scale) {
        Markup text = section("Violations");
        hint(
                text,
                "What it ran into, from the first time to the last that was told, and what rules made of it. A cross was stopped or frozen.");
        List<Lane> lanes =
                violations.stream().limit(MOST_LANES).map(it -> lane(it, scale)).toList();
        text.add(RunLanes.markup("violations over time; the table says the same", lanes, scale));
        begin(text, List.of("when", "what", "consequence", "rule"));
        for (LoggedViolation it : violations) {
            row(
                    text,
                    when(it.first(), it.last(), scale),
                    List.of(LogReport.what(it), LogReport.consequence(it), LogReport.rules(it)));
        }
        return end(text);
    }

    private static Lane lane(LoggedViolation it, TimeScale scale) {
        String says =
                "%s %s: %s (%s)"
                        .formatted(
                                when(it.first(), it.last(), scale),
                                LogReport.what(it),
                                LogReport.consequence(it),
                                LogReport.rules(it));
        boolean goesOn = it.outcome() == Outcome.RECORDED;
        return new Lane(
                LogReport.what(it),
                says,
                goesOn ? "failed" : "refused",
                it.first(),
                it.last(),
                it.last(),
                true);
    }

    private static Lane lane(LoggedAttempt it, TimeScale scale) {
        String program = LogReport.program(it);
        String says =
                "%s %s%s: %s (%s)"
                        .formatted(
                                when(it, scale),
                                program.isEmpty() ? "" : program + ", ",
                                LogReport.what(it.matter()),
                                LogReport.result(it),
                                LogReport.rules(it.matter()));
        return new Lane(
                LogReport.what(it.matter()),
                says,
                it.matter().result().name().toLowerCase(Locale.ROOT),
                it.first(),
                it.last(),
                it.last(),
                true);
    }

    private static String when(LoggedAttempt it, TimeScale scale) {
        return when(it.first(), it.last(), scale);
    }

    private static String when(Instant from, Instant until, TimeScale scale) {
        String first = scale.words(from);
        String last = scale.words(until);
        return first.equals(last) ? first : first + " to " + last;
    }

    private Markup use(TimeScale scale) {
        List<UseSample> samples = UseSample.thinned(course.samples(), MOST_STEPS);
        List<UseChart> charts = List.of(memory(samples), processors(samples), counts(samples));
        Markup text = section("Use");
        for (UseChart chart : charts) {
            text.element("h3", chart.name()).line();
            hint(text, chart.lead());
            text.add(chart.markup(scale));
        }
        text.open("details").element("summary", "the same as a table").line();
        begin(
                text,
                List.of("until", charts.get(0).name(), charts.get(1).name(), charts.get(2).name()));
        for (int at = 0; at < samples.size(); at++) {
            int row = at;
            row(
                    text,
                    scale.words(samples.get(at).at()),
                    charts.stream().map(it -> it.words(it.steps().get(row))).toList());
        }
        text.close("tbody").close("table").close("div").line();
        return text.close("details").line().close("section").line();
    }

    private UseChart memory(List<UseSample> samples) {
        return new UseChart(
                "memory",
                steps(samples, at -> asDouble(samples.get(at).memoryBytes())),
                asDouble(limits.get(Resource.MEMORY)),
                amount -> Figures.memory(Math.round(amount)));
    }

    private UseChart processors(List<UseSample> samples) {
        Double limit = asDouble(limits.get(Resource.CPU));
        return new UseChart(
                "processors",
                steps(samples, at -> processors(samples, at)),
                limit == null ? null : limit / MILLIS_OF_PROCESSOR,
                amount ->
                        AmountText.of(
                                Resource.CPU, Math.round(amount * MILLIS_OF_PROCESSOR / 10) * 10));
    }

    private UseChart counts(List<UseSample> samples) {
        return new UseChart(
                "processes and threads",
                steps(samples, at -> asDouble(samples.get(at).processes())),
                asDouble(limits.get(Resource.PROCESSES)),
                amount -> Figures.count(Math.round(amount)));
    }

    private List<Step> steps(List<UseSample> samples, IntFunction<@Nullable Double> amount) {
        var steps = new ArrayList<Step>();
        Instant from = course.began();
        for (int at = 0; at < samples.size(); at++) {
            Instant until = samples.get(at).at();
            steps.add(new Step(from, until, amount.apply(at)));
            from = until;
        }
        return steps;
    }

    /**
     * On the average since an earlier sample: over less time than that the kernel counts too
     * coarsely. Of the first nothing is known, as what is counted may have begun before the run.
     * Where it is counted process by process, what has ended may be missing: never less than none.
     */
    private static @Nullable Double processors(List<UseSample> samples, int at) {
        UseSample sample = samples.get(at);
        int before = at - 1;
        while (before > 0
                && Duration.between(samples.get(before).at(), sample.at()).compareTo(AVERAGED)
                        < 0) {
            before--;
        }
        Long micros = sample.cpuMicros();
        Long earlier = before < 0 ? null : samples.get(before).cpuMicros();
        if (micros == null || earlier == null) {
            return null;
        }
        double seconds = Duration.between(samples.get(before).at(), sample.at()).toNanos() / 1e9;
        return seconds <= 0 ? null : Math.max(0, (micros - earlier) / MICROS_OF_SECOND / seconds);
    }

    private static @Nullable Double asDouble(@Nullable Long number) {
        return number == null ? null : Double.valueOf(number);
    }

    private static void begin(Markup text, List<String> titles) {
        text.open("div", "class", "wide").open("table", "class", "facts").line().open("thead");
        HtmlTable.row(text, "th", titles);
        text.close("thead").open("tbody").line();
    }

    private static void row(Markup text, String head, List<String> cells) {
        text.open("tr").element("th", head, "scope", "row");
        cells.forEach(cell -> text.element("td", cell));
        text.close("tr").line();
    }

    private static Markup end(Markup text) {
        return text.close("tbody").close("table").close("div").line().close("section").line();
    }
}
