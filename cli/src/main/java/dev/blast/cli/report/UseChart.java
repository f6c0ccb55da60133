package dev.blast.cli.report;

import dev.blast.solver.graph.Markup;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One figure over time, against its limit.
 *
 * @param name what is counted
 * @param steps that follow one another
 * @param limit in the unit of the steps; null where there is none
 * @param words an amount as people read it
 */
record UseChart(
        String name, List<Step> steps, @Nullable Double limit, DoubleFunction<String> words) {
    private static final int HEIGHT = 96;
    private static final int WIDE = 1_000;
    private static final int HIGH = 100;

    /** A limit that much above everything would make a flat line of the rest. */
    private static final double FAR_ABOVE = 4;

    private static final double HEADROOM = 1.1;

    /**
     * What it was at most between two looks.
     *
     * @param amount null where it was not seen
     */
    record Step(Instant from, Instant until, @Nullable Double amount) {}

    UseChart {
        steps = List.copyOf(steps);
    }

    Optional<Double> peak() {
        return steps.stream()
                .map(step -> Optional.ofNullable(step.amount()))
                .flatMap(Optional::stream)
                .max(Double::compare);
    }

    /** {@code at most 41 MiB, of 256 MiB}. */
    String lead() {
        String limited = limit == null ? "no limit" : "the limit is " + words.apply(limit);
        return peak().map(peak -> "at most %s; %s".formatted(words.apply(peak), limited))
                .orElse("nothing was seen of it; " + limited);
    }

    String words(Step step) {
        Double amount = step.amount();
        return amount == null ? "not seen" : words.apply(amount);
    }

    private boolean showsLimit() {
        return limit != null && limit <= FAR_ABOVE * peak().orElse(0.0);
    }

    private double top() {
        double highest = Math.max(peak().orElse(0.0), showsLimit() && limit != null ? limit : 0);
        return highest == 0 ? 1 : highest * HEADROOM;
    }

    Markup markup(TimeScale scale) {
        Markup text = RunLanes.begin(name + ": " + lead(), RunLanes.HEAD + HEIGHT + 2, scale);
        text.open(
                        "svg",
                        "y",
                        Integer.toString(RunLanes.HEAD),
                        "width",
                        "100%",
                        "height",
                        Integer.toString(HEIGHT),
                        "viewBox",
                        "0 0 %d %d".formatted(WIDE, HIGH),
                        "preserveAspectRatio",
                        "none")
                .line();
        for (Step step : steps) {
            column(text, step, scale);
        }
        text.close("svg").line();
        if (limit != null && showsLimit()) {
            limit(text, limit);
        }
        return text.close("svg").line();
    }

    private void column(Markup text, Step step, TimeScale scale) {
        Double amount = step.amount();
        if (amount == null) {
            return;
        }
        double from = scale.place(step.from()) * WIDE / 100;
        double width = Math.max(1, scale.place(step.until()) * WIDE / 100 - from);
        double height = HIGH * amount / top();
        String says =
                "%s to %s: %s"
                        .formatted(
                                scale.words(step.from()),
                                scale.words(step.until()),
                                words.apply(amount));
        text.open("g", "class", "column").element("title", says);
        rect(text, "amount", from, width, height);
        rect(text, "above", from, width, HIGH);
        text.close("g").line();
    }

    /** From the ground. */
    private static void rect(Markup text, String kind, double x, double width, double height) {
        text.empty(
                "rect",
                "class",
                kind,
                "x",
                number(x),
                "y",
                number(HIGH - height),
                "width",
                number(width),
                "height",
                number(height));
    }

    private void limit(Markup text, double amount) {
        String y = number(RunLanes.HEAD + HEIGHT - HEIGHT * amount / top());
        text.empty("line", "class", "limit", "x1", "0", "x2", "100%", "y1", y, "y2", y);
        text.element(
                        "text",
                        "limit " + words.apply(amount),
                        "class",
                        "limit",
                        "x",
                        "100%",
                        "y",
                        number(RunLanes.HEAD + HEIGHT - HEIGHT * amount / top() - 4),
                        "text-anchor",
                        "end")
                .line();
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }
}
