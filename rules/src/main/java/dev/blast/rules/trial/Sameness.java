package dev.blast.rules.trial;

import dev.blast.rules.Policy;
import dev.blast.rules.checked.Check;
import dev.blast.rules.checked.Element;
import dev.blast.rules.checked.Frame;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Value;
import dev.blast.rules.fact.Session;
import dev.blast.rules.question.VerdictQuestion;
import dev.blast.rules.source.Span;
import dev.blast.rules.trial.BorderValues.Axis;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Operator;
import dev.blast.rules.vocabulary.Question;
import dev.blast.rules.vocabulary.Type;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether it can be proved that two rules say the same of everything: they have the same
 * constraints and answers, or they compare fields of single facts with literals only, and agree on
 * a value of each kind that these literals tell apart. Two policies are asked the same way, with
 * the literals of all rules of a question.
 */
public final class Sameness {
    /** Combinations of values; where there are more, nothing is proved. */
    private static final int MAX_COMBINATIONS = 20_000;

    /** Between and beyond their literals the values of these are all alike. */
    private static final Set<Type> TOLD_APART =
            EnumSet.of(
                    Type.FLAG,
                    Type.CHOICE,
                    Type.NUMBER,
                    Type.SIZE,
                    Type.DATE,
                    Type.TEXT,
                    Type.NAME);

    private static final Set<Operator> ORDERS =
            EnumSet.of(
                    Operator.EQUAL,
                    Operator.LESS,
                    Operator.AT_MOST,
                    Operator.MORE,
                    Operator.AT_LEAST,
                    Operator.IN);

    private Sameness() {}

    public static boolean isProved(Rule one, Rule other) {
        if (!one.question().equals(other.question())) {
            return false;
        }
        return shapes(one).equals(shapes(other))
                || (answers(one).equals(answers(other))
                        && isSimple(one)
                        && isSimple(other)
                        && agree(one, other));
    }

    /** Each branch as what it tests and says, whatever the order and however often. */
    private static Set<Set<String>> shapes(Rule rule) {
        var shapes = new HashSet<Set<String>>();
        for (Rule.Branch branch : rule.branches()) {
            var parts = new HashSet<String>();
            branch.elements().forEach(element -> parts.add(shape(element)));
            branch.actions()
                    .forEach(action -> parts.add(action.verb().name() + action.arguments()));
            shapes.add(parts);
        }
        return shapes;
    }

    private static Set<String> answers(Rule rule) {
        var answers = new HashSet<String>();
        rule.actions().forEach(action -> answers.add(action.verb().name() + action.arguments()));
        return answers;
    }

    /** What an element asks for, whatever its variables are called and wherever it stands. */
    public static String shape(Element element) {
        return switch (element) {
            case Element.Match(Span _, FactType fact, int slot, List<Check> tests) -> {
                var all = new HashSet<String>();
                tests.forEach(test -> all.add(shape(test)));
                yield "%s %d %s".formatted(fact.name(), slot, all);
            }
            case Element.Absent(Span _, List<Element> parts) ->
                    "no " + parts.stream().map(Sameness::shape).toList();
            case Element.Present(Span _, List<Element> parts) ->
                    "some " + parts.stream().map(Sameness::shape).toList();
        };
    }

    private static String shape(Check check) {
        return switch (check) {
            case Check.Comparison it -> {
                Object values =
                        it.operator() == Operator.IN ? new HashSet<>(it.values()) : it.values();
                yield "%s %s %s %s".formatted(it.field(), it.negated(), it.operator(), values);
            }
            case Check.IsUnknown it -> "%s %s".formatted(it.field(), it.negated());
            case Check.All(Span _, List<Check> parts) ->
                    "all " + new HashSet<>(parts.stream().map(Sameness::shape).toList());
            case Check.Any(Span _, List<Check> parts) ->
                    "any " + new HashSet<>(parts.stream().map(Sameness::shape).toList());
        };
    }

    private static boolean isSimple(Rule rule) {
        return rule.branches().stream()
                .flatMap(branch -> branch.elements().stream())
                .allMatch(element ->
                        element instanceof Element.Match match
                                && rule.question().single().contains(match.fact())
                                && match.tests().stream().allMatch(Sameness::isSimple));
    }

    private static boolean isSimple(Check check) {
        return switch (check) {
            case Check.Comparison it ->
                    TOLD_APART.contains(it.field().type())
                            && ORDERS.contains(it.operator())
                            && it.values().stream().allMatch(Value.Literal.class::isInstance);
            case Check.IsUnknown it -> it.field().type() != Type.HOST;
            case Check.All(Span _, List<Check> parts) ->
                    parts.stream().allMatch(Sameness::isSimple);
            case Check.Any(Span _, List<Check> parts) ->
                    parts.stream().allMatch(Sameness::isSimple);
        };
    }

    private static boolean agree(Rule one, Rule other) {
        return combinations(one.question(), List.of(one, other))
                .map(drafts -> drafts.stream().allMatch(draft -> agree(one, other, draft)))
                .orElse(false);
    }

    /** Whether no case about that question passes on the one policy and fails on the other. */
    static boolean isProved(Policy one, Policy other, Question question) {
        List<Rule> rules =
                Stream.of(one, other).flatMap(it -> it.rules(question).stream()).toList();
        var run = new CaseRun(one);
        var otherRun = new CaseRun(other);
        return everything(question, rules)
                .map(drafts -> drafts.stream().allMatch(draft -> agree(run, otherRun, draft)))
                .orElse(false);
    }

    /** Where it cannot be asked, it cannot of either. */
    private static boolean agree(CaseRun one, CaseRun other, CaseDraft draft) {
        Optional<CaseResult> result = result(one, draft);
        Optional<CaseResult> otherResult = result(other, draft);
        if (result.isEmpty() || otherResult.isEmpty()) {
            return result.isEmpty() && otherResult.isEmpty();
        }
        return result.get().value().equals(otherResult.get().value())
                && otherResult.get().reasons().containsAll(result.get().reasons());
    }

    private static Optional<CaseResult> result(CaseRun run, CaseDraft draft) {
        try {
            return Optional.of(run.ask(WitnessSearch.cased(draft)));
        } catch (IllegalArgumentException | ArithmeticException _) {
            return Optional.empty();
        }
    }

    /**
     * Requests of which one is like any that there is, as far as these rules tell it; empty where
     * that cannot be said, or there are too many.
     */
    public static Optional<List<CaseDraft>> everything(Question question, List<Rule> rules) {
        return question instanceof VerdictQuestion<?> && rules.stream().allMatch(Sameness::isSimple)
                ? combinations(question, rules)
                : Optional.empty();
    }

    /** A draft for each combination of values; empty where there are too many. */
    private static Optional<List<CaseDraft>> combinations(Question question, List<Rule> rules) {
        var borders = new BorderValues(rules);
        long combinations = 1;
        for (Axis axis : borders.axes()) {
            combinations *= borders.of(axis).size();
            if (combinations > MAX_COMBINATIONS) {
                return Optional.empty();
            }
        }
        Set<CaseDraft> drafts = Set.of(CaseDrafts.base(question));
        for (Axis axis : borders.axes()) {
            var more = new LinkedHashSet<CaseDraft>();
            for (CaseDraft draft : drafts) {
                borders.of(axis).forEach(value -> more.add(CaseDrafts.with(draft, axis, value)));
            }
            drafts = more;
        }
        return Optional.of(List.copyOf(drafts));
    }

    /** Also where there is no such fact. */
    private static boolean agree(Rule one, Rule other, CaseDraft draft) {
        try {
            Session session = draft.somebody();
            var facts = new LinkedHashMap<FactType, Object>();
            facts.put(Facts.SESSION, session);
            for (Map.Entry<String, Map<String, @Nullable Object>> it : draft.facts().entrySet()) {
                FactType type = Facts.named(it.getKey()).orElseThrow();
                facts.put(type, CaseDraft.fact(type, it.getValue(), session));
            }
            return matches(one, session, facts) == matches(other, session, facts);
        } catch (IllegalArgumentException | ArithmeticException _) {
            return true;
        }
    }

    private static boolean matches(Rule rule, Session session, Map<FactType, Object> facts) {
        return rule.branches().stream().anyMatch(branch -> matches(branch, session, facts));
    }

    private static boolean matches(
            Rule.Branch branch, Session session, Map<FactType, Object> facts) {
        @Nullable Object[] slots = new Object[branch.slots()];
        for (Element element : branch.elements()) {
            if (element instanceof Element.Match match) {
                slots[match.slot()] = facts.get(match.fact());
            }
        }
        var frame = new Frame(session, slots);
        return branch.elements().stream()
                .map(Element.Match.class::cast)
                .allMatch(match -> match.tests().stream().allMatch(test -> test.holds(frame)));
    }
}
