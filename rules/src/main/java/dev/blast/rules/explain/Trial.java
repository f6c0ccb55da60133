package dev.blast.rules.explain;

import dev.blast.rules.Context;
import dev.blast.rules.checked.Check;
import dev.blast.rules.checked.Element;
import dev.blast.rules.checked.Frame;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Undecided;
import dev.blast.rules.checked.Value;
import dev.blast.rules.engine.Effort;
import dev.blast.rules.explain.Explanation.Tried;
import dev.blast.rules.source.Excerpt;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One way of a rule, tried on facts constraint by constraint: for each pattern the fact that fails
 * fewest of its tests. The engine says whether a rule matches; this says where it fails.
 *
 * @param frame the facts that were tried; a pattern without any fact of its kind has none
 * @param failed the tests that failed, each with its pattern
 */
public record Trial(
        Rule rule, Rule.Branch branch, List<Tried> tried, List<Failure> failed, Frame frame) {
    /** Characters that are shown of one. */
    private static final int MAX_CONSTRAINT = 400;

    /**
     * @param test null where it is not a test that failed, but not, exists, or that there is no
     *     such fact
     */
    record Failure(Tried tried, @Nullable Check test) {}

    /**
     * Tries one way of a rule on these facts.
     *
     * @throws Undecided where it costs too much, or a test cannot be computed on these facts
     */
    public static Trial of(
            Rule rule, Rule.Branch branch, Context context, List<Object> facts, Effort effort) {
        List<Tried> tried = new ArrayList<>();
        List<Failure> failed = new ArrayList<>();
        Frame frame = new Frame(context.session(), new Object[branch.slots()]);
        for (Element element : branch.elements()) {
            switch (element) {
                case Element.Match match -> {
                    Optional<Frame> best = best(match, frame, facts, effort);
                    if (best.isEmpty()) {
                        note(
                                tried(
                                        rule,
                                        match.span(),
                                        false,
                                        "there is no " + match.fact().name()),
                                null,
                                tried,
                                failed);
                        return new Trial(
                                rule, branch, List.copyOf(tried), List.copyOf(failed), frame);
                    }
                    frame = best.get();
                    for (Check test : match.tests()) {
                        Tried outcome =
                                tried(rule, test.span(), test.holds(frame), actual(test, frame));
                        note(outcome, test, tried, failed);
                    }
                }
                case Element.Absent(Span span, List<Element> parts) -> {
                    boolean found = matches(parts, frame, facts, effort);
                    note(
                            tried(rule, span, !found, found ? "there is one" : "there is none"),
                            null,
                            tried,
                            failed);
                }
                case Element.Present(Span span, List<Element> parts) -> {
                    boolean found = matches(parts, frame, facts, effort);
                    note(
                            tried(rule, span, found, found ? "there is one" : "there is none"),
                            null,
                            tried,
                            failed);
                }
            }
        }
        return new Trial(rule, branch, List.copyOf(tried), List.copyOf(failed), frame);
    }

    /** Whether there is a way to match all elements: by trying every fact for every pattern. */
    public static boolean matches(
            List<Element> elements, Frame frame, List<Object> facts, Effort effort) {
        if (elements.isEmpty()) {
            return true;
        }
        List<Element> rest = elements.subList(1, elements.size());
        return switch (elements.getFirst()) {
            case Element.Match match ->
                    facts.stream()
                            .filter(fact -> match.fact().record().isInstance(fact))
                            .map(fact -> frame.with(match.slot(), fact))
                            .anyMatch(next ->
                                    holds(match, next, effort)
                                            && matches(rest, next, facts, effort));
            case Element.Absent(Span _, List<Element> parts) ->
                    !matches(parts, frame, facts, effort) && matches(rest, frame, facts, effort);
            case Element.Present(Span _, List<Element> parts) ->
                    matches(parts, frame, facts, effort) && matches(rest, frame, facts, effort);
        };
    }

    private static boolean holds(Element.Match match, Frame frame, Effort effort) {
        effort.step();
        return match.tests().stream().allMatch(test -> test.holds(frame));
    }

    private static Optional<Frame> best(
            Element.Match match, Frame frame, List<Object> facts, Effort effort) {
        @Nullable Frame best = null;
        long fewest = Long.MAX_VALUE;
        for (Object fact : facts) {
            if (match.fact().record().isInstance(fact)) {
                effort.step();
                Frame next = frame.with(match.slot(), fact);
                long failures = match.tests().stream().filter(test -> !test.holds(next)).count();
                if (failures < fewest) {
                    best = next;
                    fewest = failures;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private static void note(
            Tried outcome, @Nullable Check test, List<Tried> tried, List<Failure> failed) {
        tried.add(outcome);
        if (!outcome.holds()) {
            failed.add(new Failure(outcome, test));
        }
    }

    private static Tried tried(Rule rule, Span span, boolean holds, String actual) {
        return new Tried(
                rule.source().origin(span.start()),
                Excerpt.beginning(rule.source().text(span).replaceAll("\\s+", " "), MAX_CONSTRAINT),
                holds,
                actual);
    }

    /** The fields of a test with what they hold. */
    static String actual(Check test, Frame frame) {
        return switch (test) {
            case Check.Comparison it -> actual(it.field(), frame);
            case Check.IsUnknown it -> actual(it.field(), frame);
            case Check.All(Span _, List<Check> parts) -> actual(parts, frame);
            case Check.Any(Span _, List<Check> parts) -> actual(parts, frame);
        };
    }

    private static String actual(List<Check> parts, Frame frame) {
        return String.join(
                ", ", parts.stream().map(part -> actual(part, frame)).distinct().toList());
    }

    private static String actual(Value.OfField field, Frame frame) {
        return field.field().name() + " = " + Type.show(field.in(frame));
    }
}
