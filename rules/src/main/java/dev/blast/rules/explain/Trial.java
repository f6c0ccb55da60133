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
import dev.blast.rules.explain.TracedRule.Node;
import dev.blast.rules.source.Excerpt;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One way of a rule, tried on facts constraint by constraint: for each pattern the fact that fails
 * fewest of its tests. The engine says whether a rule matches; this says where it fails.
 *
 * @param nodes the same as a tree: a node for each pattern, {@code not} and {@code exists}
 * @param tried the constraints, and what else can fail
 * @param failed the tests that failed, each with its pattern
 * @param frame the facts that were tried; a pattern without any fact of its kind has none
 */
public record Trial(
        Rule rule,
        Rule.Branch branch,
        List<Node> nodes,
        List<Tried> tried,
        List<Failure> failed,
        Frame frame) {
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
        return new Attempt(rule, branch, facts, effort, context).made();
    }

    /** A trial while it is made. */
    private static final class Attempt {
        private final Rule rule;
        private final Rule.Branch branch;
        private final List<Object> facts;
        private final Effort effort;
        private final List<Node> nodes = new ArrayList<>();
        private final List<Tried> tried = new ArrayList<>();
        private final List<Failure> failed = new ArrayList<>();
        private Frame frame;

        Attempt(Rule rule, Rule.Branch branch, List<Object> facts, Effort effort, Context context) {
            this.rule = rule;
            this.branch = branch;
            this.facts = facts;
            this.effort = effort;
            frame = new Frame(context.session(), new Object[branch.slots()]);
        }

        Trial made() {
            for (Element element : branch.elements()) {
                Node node = node(element);
                nodes.add(node);
                if (element instanceof Element.Match match && reached(match)) {
                    for (int i = 0; i < match.tests().size(); i++) {
                        note(node.parts().get(i), match.tests().get(i));
                    }
                } else {
                    note(node, null);
                    if (element instanceof Element.Match) {
                        break; // what follows may look at what is not there
                    }
                }
            }
            return new Trial(
                    rule,
                    branch,
                    List.copyOf(nodes),
                    List.copyOf(tried),
                    List.copyOf(failed),
                    frame);
        }

        private boolean reached(Element.Match match) {
            return facts.stream().anyMatch(match.fact().record()::isInstance);
        }

        private void note(Node node, @Nullable Check test) {
            boolean holds = Objects.equals(node.holds(), true);
            var one = new Tried(node.origin(), node.text(), holds, node.actual());
            tried.add(one);
            if (!holds) {
                failed.add(new Failure(one, test));
            }
        }

        private Node node(Element element) {
            return switch (element) {
                case Element.Match match -> pattern(match);
                case Element.Absent(Span span, List<Element> parts) -> {
                    boolean found = matches(parts, frame, facts, effort);
                    yield node(
                            span, !found, found ? "there is one" : "there is none", inner(parts));
                }
                case Element.Present(Span span, List<Element> parts) -> {
                    boolean found = matches(parts, frame, facts, effort);
                    yield node(span, found, found ? "there is one" : "there is none", inner(parts));
                }
            };
        }

        /** What is nearest to the parts, of which nobody else hears. */
        private List<Node> inner(List<Element> parts) {
            Frame before = frame;
            var inner = new ArrayList<Node>();
            for (Element part : parts) {
                inner.add(node(part));
                if (part instanceof Element.Match match && !reached(match)) {
                    break;
                }
            }
            frame = before;
            return inner;
        }

        private Node pattern(Element.Match match) {
            Optional<Frame> best = best(match, frame, facts, effort);
            if (best.isEmpty()) {
                return node(
                        match.span(),
                        false,
                        "there is no " + match.fact().name(),
                        match.tests().stream()
                                .map(test -> node(test.span(), null, "", List.of()))
                                .toList());
            }
            frame = best.get();
            List<Node> tests = match.tests().stream().map(this::node).toList();
            boolean holds = tests.stream().allMatch(it -> Objects.equals(it.holds(), true));
            long all = facts.stream().filter(match.fact().record()::isInstance).count();
            return node(
                    match.span(), holds, all > 1 ? "the nearest of %,d".formatted(all) : "", tests);
        }

        private Node node(Check test) {
            List<Check> parts =
                    switch (test) {
                        case Check.Comparison _, Check.IsUnknown _ -> List.of();
                        case Check.All(Span _, List<Check> all) -> all;
                        case Check.Any(Span _, List<Check> any) -> any;
                    };
            return node(
                    test.span(),
                    test.holds(frame),
                    actual(test, frame),
                    parts.stream().map(this::node).toList());
        }

        private Node node(Span span, @Nullable Boolean holds, String actual, List<Node> parts) {
            return new Node(
                    rule.source().origin(span.start()),
                    Excerpt.beginning(
                            rule.source().text(span).replaceAll("\\s+", " "), MAX_CONSTRAINT),
                    holds,
                    actual,
                    parts);
        }
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
