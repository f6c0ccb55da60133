package dev.blast.rules.lint;

import dev.blast.rules.checked.Check;
import dev.blast.rules.checked.Element;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Value;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Excerpt;
import dev.blast.rules.source.Source;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds in one rule what can never be true, or always is: single constraints, patterns whose
 * constraints contradict each other, patterns that contradict another pattern or its {@code not}.
 */
final class NeverFires {
    /** Characters of one constraint in a message. */
    private static final int SHOWN = 80;

    private final Rule rule;
    private final Source source;
    private final Budget budget;
    private final List<Diagnostic> found = new ArrayList<>();

    /** What was said of a constraint by itself, which needs no second sentence. */
    private final Set<Span> said = new HashSet<>();

    /** Of the ways to match those that never do. */
    private int never;

    /** A part of a rule's conditions, as it stands there. */
    private record Part(Span span, Proposition meaning) {}

    /**
     * Looks at a rule.
     *
     * @param told the places of what is known about it already
     */
    NeverFires(Rule rule, Set<Span> told, Budget budget) {
        this.rule = rule;
        source = rule.source();
        this.budget = budget;
        said.addAll(told);
        rule.branches().forEach(this::branch);
    }

    List<Diagnostic> found() {
        return found;
    }

    /** Whether nothing can make it fire. */
    boolean isCertain() {
        return never == rule.branches().size();
    }

    private void branch(Rule.Branch branch) {
        var meanings = Propositions.of(rule, branch);
        boolean here = elements(branch.elements(), meanings, false);
        List<Part> parts = new ArrayList<>();
        for (Element element : branch.elements()) {
            if (element instanceof Element.Match match && meanings.isSingle(match)) {
                flat(match.tests()).forEach(test -> parts.add(part(test, meanings)));
            } else {
                parts.add(new Part(element.span(), meanings.element(element)));
            }
        }
        if (here) {
            never++;
        } else if (contradict(parts)) {
            never++;
            List<Part> core = core(parts, List.of());
            found.add(warning(Code.NEVER_FIRES, core.getLast().span(), never(core)));
        } else {
            alternatives(branch, meanings, parts);
        }
    }

    /** Whether one of the patterns, or of those that must be there, matches nothing by itself. */
    private boolean elements(List<Element> elements, Propositions meanings, boolean underNot) {
        boolean nothing = false;
        for (Element element : elements) {
            nothing |=
                    switch (element) {
                        case Element.Match match -> pattern(match, meanings, underNot);
                        case Element.Present(Span _, List<Element> parts) ->
                                elements(parts, meanings, underNot);
                        case Element.Absent(Span _, List<Element> parts) -> {
                            elements(parts, meanings, !underNot);
                            yield false;
                        }
                    };
        }
        return nothing;
    }

    private boolean pattern(Element.Match match, Propositions meanings, boolean underNot) {
        match.tests().forEach(test -> alone(test, meanings));
        List<Part> parts = flat(match.tests()).stream().map(it -> part(it, meanings)).toList();
        if (!contradict(parts)) {
            return false;
        }
        List<Part> core = core(parts, List.of());
        if (core.stream().noneMatch(part -> said.contains(part.span()))) {
            String message =
                    underNot
                            ? "this pattern matches nothing, and its not says nothing: "
                                    + shown(core)
                                    + atOnce(core)
                            : never(core);
            found.add(warning(underNot ? Code.EMPTY_NOT : Code.NEVER_FIRES, match.span(), message));
        }
        return true;
    }

    private String never(List<Part> core) {
        String which = rule.branches().size() == 1 ? "" : "one way of this rule ";
        return which + "never fires: " + shown(core) + atOnce(core);
    }

    private static String atOnce(List<Part> core) {
        return core.size() > 1 ? " at once" : " is never true";
    }

    private String shown(List<Part> parts) {
        List<String> texts =
                parts.stream()
                        .map(part -> Excerpt.beginning(oneLine(part.span()), SHOWN))
                        .distinct()
                        .toList();
        int last = texts.size() - 1;
        return last == 0
                ? texts.getFirst()
                : String.join(", ", texts.subList(0, last)) + " and " + texts.get(last);
    }

    private String oneLine(Span span) {
        return source.text(span).replaceAll("\\s+", " ");
    }

    /** Comparisons that are never true, or always, whatever stands beside them. */
    private void alone(Check test, Propositions meanings) {
        switch (test) {
            case Check.All(Span _, List<Check> parts) -> parts.forEach(it -> alone(it, meanings));
            case Check.Any(Span _, List<Check> parts) -> parts.forEach(it -> alone(it, meanings));
            case Check.Comparison it -> alone(it, it.field(), meanings);
            case Check.IsUnknown it -> alone(it, it.field(), meanings);
        }
    }

    private void alone(Check test, Value.OfField field, Propositions meanings) {
        Part part = part(test, meanings);
        boolean isNever = contradict(List.of(part));
        boolean always =
                !isNever && contradict(List.of(new Part(test.span(), part.meaning().not())));
        if ((isNever || always) && said.add(test.span())) {
            String message =
                    oneLine(test.span()) + (isNever ? " is never true" : " is always true");
            found.add(source.diagnostic(Code.NEVER_TRUE, test.span(), message, why(test, field)));
        }
    }

    private static String why(Check test, Value.OfField field) {
        if (test instanceof Check.IsUnknown) {
            return "it is always known";
        }
        return switch (field.field().type()) {
            case NUMBER, SIZE ->
                    field.field().name().equals("port")
                            ? "it is a whole number from 0 to 65535"
                            : "it is a whole number, and never below zero";
            case CHOICE, FLAG -> "values: " + String.join(", ", names(field));
            default -> "whatever it is";
        };
    }

    private static List<String> names(Value.OfField field) {
        return field.type() == Type.FLAG ? List.of("true", "false") : field.field().choices();
    }

    /** What stands behind {@code ||} and cannot be true beside the rest. */
    private void alternatives(Rule.Branch branch, Propositions meanings, List<Part> parts) {
        for (Element element : branch.elements()) {
            if (element instanceof Element.Match match && meanings.isSingle(match)) {
                for (Check test : flat(match.tests())) {
                    if (test instanceof Check.Any(Span span, List<Check> choices)) {
                        List<Part> rest =
                                parts.stream().filter(part -> !part.span().equals(span)).toList();
                        choices.forEach(choice -> alternative(part(choice, meanings), rest));
                    }
                }
            }
        }
    }

    private void alternative(Part choice, List<Part> rest) {
        List<Part> all = new ArrayList<>(rest);
        all.add(choice);
        if (!contradict(List.of(choice)) && contradict(all) && said.add(choice.span())) {
            List<Part> core = core(rest, List.of(choice));
            found.add(
                    source.diagnostic(
                            Code.NEVER_TRUE,
                            choice.span(),
                            "%s is never true beside %s"
                                    .formatted(oneLine(choice.span()), shown(core)),
                            "take it out, or change one of the two"));
        }
    }

    private Diagnostic warning(Code code, Span span, String message) {
        String what = code == Code.EMPTY_NOT ? "not" : rule.branches().size() == 1 ? "rule" : "way";
        return source.diagnostic(
                code, span, message, "change one of them, or take the " + what + " out");
    }

    /** The parts of parts that are joined by {@code &&}. */
    private static List<Check> flat(List<Check> tests) {
        List<Check> flat = new ArrayList<>();
        for (Check test : tests) {
            if (test instanceof Check.All(Span _, List<Check> parts)) {
                flat.addAll(flat(parts));
            } else {
                flat.add(test);
            }
        }
        return flat;
    }

    private static Part part(Check test, Propositions meanings) {
        return new Part(test.span(), meanings.test(test));
    }

    /** As few of the parts as contradict each other, beside those that are given. */
    private List<Part> core(List<Part> parts, List<Part> given) {
        List<Part> core = new ArrayList<>(parts);
        for (Part part : parts) {
            List<Part> without = new ArrayList<>(core);
            without.remove(part);
            List<Part> all = new ArrayList<>(without);
            all.addAll(given);
            if (contradict(all)) {
                core = without;
            }
        }
        return core;
    }

    private boolean contradict(List<Part> parts) {
        return !parts.isEmpty()
                && Tableau.contradict(parts.stream().map(Part::meaning).toList(), budget);
    }
}
