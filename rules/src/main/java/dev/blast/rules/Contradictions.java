package dev.blast.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds patterns that nothing can match, because two of their constraints on one field exclude each
 * other.
 */
final class Contradictions {
    private Contradictions() {}

    static List<Diagnostic> in(Rule rule) {
        List<Diagnostic> found = new ArrayList<>();
        for (Rule.Branch branch : rule.branches()) {
            for (Element element : branch.elements()) {
                if (element instanceof Element.Match match) {
                    found.addAll(in(rule.source(), match));
                }
            }
        }
        return found.stream().distinct().toList();
    }

    private static List<Diagnostic> in(Source source, Element.Match match) {
        Map<Field, List<Test.Comparison>> byField = new HashMap<>();
        for (Test test : match.tests()) {
            if (test instanceof Test.Comparison it
                    && it.values().stream().allMatch(Value.Literal.class::isInstance)) {
                byField.computeIfAbsent(it.field().field(), _ -> new ArrayList<>()).add(it);
            }
        }
        List<Diagnostic> found = new ArrayList<>();
        for (List<Test.Comparison> comparisons : byField.values()) {
            for (Test.Comparison fixed : comparisons) {
                for (Test.Comparison other : comparisons) {
                    if (!fixed.equals(other) && names(fixed) && !anyPasses(fixed, other)) {
                        found.add(
                                source.warning(
                                        match.span(),
                                        "never fires: "
                                                + source.text(fixed.span())
                                                + " and "
                                                + source.text(other.span())
                                                + " at once"));
                        return found;
                    }
                }
            }
        }
        return found;
    }

    /** Whether it lists the only values that pass. */
    private static boolean names(Test.Comparison it) {
        return !it.negated() && (it.operator() == Operator.EQUAL || it.operator() == Operator.IN);
    }

    private static boolean anyPasses(Test.Comparison fixed, Test.Comparison other) {
        Set<Object> candidates = new HashSet<>();
        fixed.values().forEach(value -> candidates.add(((Value.Literal) value).value()));
        Frame nowhere = new Frame(null, new Object[0]);
        return candidates.stream()
                .anyMatch(it -> other.matcher().matches(it, nowhere) != other.negated());
    }
}
