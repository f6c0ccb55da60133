package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.environment.sync.Lead;
import dev.blast.environment.sync.Worth;
import dev.blast.packaging.PackageName;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Objective;
import dev.blast.solver.Aim;
import dev.blast.solver.Appraisal;
import dev.blast.solver.Improvement;
import dev.blast.solver.Motive;
import dev.blast.solver.Optimum;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an answer is worth by the strategies that it follows. */
public final class WorthText {
    private WorthText() {}

    /** A table for each strategy, and whether anything could be better. */
    static String of(Worth worth) {
        return switch (worth) {
            case Worth.Counted(Appraisal appraisal, _) -> counted(appraisal);
            case Worth.Unknown(String why) ->
                    new Page()
                            .append("the lock gave the answer; what it is worth cannot be said: ")
                            .line(why)
                            .toString();
        };
    }

    private static String counted(Appraisal appraisal) {
        var text = new Page();
        var table = new TextTable("  ");
        String strategy = "";
        for (Appraisal.Line line : appraisal.lines()) {
            if (!line.strategy().equals(strategy)) {
                text.lines(table.text());
                table = new TextTable("  ");
                strategy = line.strategy();
                text.append("what '").append(strategy).line("' counts in this answer");
            }
            table.row(
                    aim(line.aim()),
                    amount(line.aim().objective(), line.count()),
                    bound(line),
                    origin(line.aim().reason()));
        }
        text.lines(table.text());
        if (!appraisal.improvements().isEmpty()) {
            text.append("better than the first answer that was found, in ")
                    .append(Figures.count(appraisal.improvements().size(), "step"))
                    .append(": ")
                    .line(
                            appraisal.improvements().stream()
                                    .map(WorthText::step)
                                    .collect(Collectors.joining(", ")));
        }
        if (appraisal.open() && !appraisal.isProvedBest()) {
            text.line(
                    "not everything that might be better was tried: the bound on effort came first");
        }
        return text.line(verdict(appraisal)).toString();
    }

    private static String step(Improvement step) {
        return switch (step.by()) {
            case NEIGHBOURHOOD -> step.about();
            case MOVES -> "moves among known versions";
            case EXACT -> "an exact search";
        };
    }

    private static String bound(Appraisal.Line line) {
        return line.count() <= line.bound()
                ? "proved best"
                : "at least " + amount(line.aim().objective(), line.bound());
    }

    private static String verdict(Appraisal appraisal) {
        if (appraisal.hasItsBound()) {
            return "no answer is better: proved";
        }
        Optimum optimum = appraisal.optimum();
        if (optimum != null && optimum.score().isBetterThan(appraisal.score())) {
            return "another answer is better in place %d: an exact search of %s found it"
                    .formatted(
                            betterAt(appraisal, optimum),
                            Figures.count(optimum.searches(), "step"));
        }
        if (optimum != null && optimum.proved()) {
            return "no answer is better: proved by an exact search of "
                    + Figures.count(optimum.searches(), "step");
        }
        int proved = 0;
        while (appraisal.score().places().get(proved) <= appraisal.bound().places().get(proved)) {
            proved++;
        }
        return proved == 0
                ? "whether another answer is better is not proved"
                : "whether another answer is better after place " + proved + " is not proved";
    }

    /** {@code 2. newest}, with its weight where that is not 1. */
    static String aim(Aim aim) {
        return aim.place() + ". " + weighed(aim);
    }

    /** {@code newest}, or {@code 0.5 × newest}. */
    static String weighed(Aim aim) {
        String weight = aim.thousandths() == Aim.ONE ? "" : thousandths(aim.thousandths()) + " × ";
        return weight + aim.objective().word();
    }

    static String thousandths(long thousandths) {
        return BigDecimal.valueOf(thousandths, 3).stripTrailingZeros().toPlainString();
    }

    /** In the unit of the objective. */
    static String amount(Objective objective, long count) {
        return switch (objective) {
            case FEWEST_ADVISORIES -> Figures.count(count, "advisory");
            case FEWEST_BUILDS -> Figures.count(count, "build");
            case FEWEST_CHANGES -> Figures.count(count, "change");
            case FEWEST_HOLDS_LIFTED -> Figures.count(count, "hold");
            case FEWEST_PACKAGES -> Figures.count(count, "package");
            case LOWEST, LOWEST_DIRECT, NEWEST, NEWEST_DIRECT -> Figures.count(count, "version");
            case PREFERRED -> Figures.count(count, "point");
            case SETTLED -> count == 1 ? "1 day" : Figures.count(count) + " days";
            case SMALLEST_DOWNLOAD -> Figures.size(count);
        };
    }

    /** {@code in place 1: fewest-changes 0 changes < 3 changes}. */
    static String of(Lead lead) {
        return "in place %d: %s %s < %s"
                .formatted(
                        lead.place(),
                        lead.aims().stream()
                                .map(WorthText::weighed)
                                .collect(Collectors.joining(" + ")),
                        amount(lead.aims(), lead.less()),
                        amount(lead.aims(), lead.more()));
    }

    private static String amount(List<Aim> aims, long thousandths) {
        Aim first = aims.getFirst();
        return aims.size() == 1 && first.thousandths() == Aim.ONE
                ? amount(first.objective(), thousandths / Aim.ONE)
                : thousandths(thousandths);
    }

    static JsonObject json(JsonObject json, Lead lead) {
        return json.with("place", lead.place())
                .with("aims", lead.aims(), WorthText::json)
                .with("less", thousandths(lead.less()))
                .with("more", thousandths(lead.more()));
    }

    static JsonObject json(Aim aim) {
        return new JsonObject()
                .with("place", aim.place())
                .with("objective", aim.objective().word())
                .with("weight", thousandths(aim.thousandths()));
    }

    private static String origin(@Nullable Reason reason) {
        return reason == null ? "" : reason.origin().toString();
    }

    /** {@code newest: 0 versions instead of 2}. */
    public static String of(Motive motive, String before) {
        return switch (motive) {
            case Motive.Better(Aim aim, long count, long instead) ->
                    "%s: %s instead of %s"
                            .formatted(
                                    aim.objective().word(),
                                    amount(aim.objective(), count),
                                    amount(aim.objective(), instead));
            case Motive.Equal() -> "the strategy wants either; the newer one";
            case Motive.NotFitting() -> before + " does not fit with the rest";
            case Motive.NotUsable() -> before + " cannot be used here";
            case Motive.Refused(Reason reason) ->
                    "%s is refused: %s (%s)"
                            .formatted(
                                    before,
                                    reason.text().isEmpty() ? reason.rule() : reason.text(),
                                    reason.origin());
        };
    }

    static JsonObject json(Worth worth) {
        return switch (worth) {
            case Worth.Counted(Appraisal appraisal, Map<PackageName, Motive> motives) ->
                    new JsonObject()
                            .with("provedBest", appraisal.isProvedBest())
                            .with("exactSearches", searches(appraisal.optimum()))
                            .with("betterAtPlace", betterAt(appraisal, appraisal.optimum()))
                            .with("allTried", !appraisal.open())
                            .with("improvements", appraisal.improvements(), WorthText::json)
                            .with("counts", appraisal.lines(), WorthText::json)
                            .with(
                                    "motives",
                                    motives.entrySet(),
                                    it -> json(it.getKey(), it.getValue()));
            case Worth.Unknown(String why) -> new JsonObject().with("unknown", why);
        };
    }

    private static int searches(@Nullable Optimum optimum) {
        return optimum == null ? 0 : optimum.searches();
    }

    /** The place, from 1, in which another answer is better; 0 where none is known. */
    private static int betterAt(Appraisal appraisal, @Nullable Optimum optimum) {
        return optimum == null ? 0 : appraisal.score().firstDifference(optimum.score()) + 1;
    }

    private static JsonObject json(Improvement step) {
        return new JsonObject()
                .with("by", step.by())
                .with("package", step.about().isEmpty() ? null : step.about());
    }

    private static JsonObject json(Appraisal.Line line) {
        Aim aim = line.aim();
        return new JsonObject()
                .with("strategy", line.strategy())
                .with("place", aim.place())
                .with("objective", aim.objective().word())
                .with("weight", thousandths(aim.thousandths()))
                .with("at", aim.reason() == null ? null : origin(aim.reason()))
                .with("count", line.count())
                .with("bound", line.bound());
    }

    private static JsonObject json(PackageName name, Motive motive) {
        var json = new JsonObject().with("name", name.normalized());
        return switch (motive) {
            case Motive.Better(Aim aim, long count, long before) ->
                    json.with("motive", "better")
                            .with("place", aim.place())
                            .with("objective", aim.objective().word())
                            .with("count", count)
                            .with("before", before);
            case Motive.Equal() -> json.with("motive", "equal");
            case Motive.NotFitting() -> json.with("motive", "not fitting");
            case Motive.NotUsable() -> json.with("motive", "not usable");
            case Motive.Refused(Reason reason) ->
                    json.with("motive", "refused").with("at", origin(reason));
        };
    }
}
