package dev.blast.packaging;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the variables of a marker stand for in one evaluation. A requirement knows {@code extra}, a
 * lock file knows {@code extras} and {@code dependency_groups}; what is null is unknown there.
 */
record MarkerScope(
        MarkerEnvironment environment,
        @Nullable String extra,
        @Nullable Set<String> extras,
        @Nullable Set<String> dependencyGroups) {

    static MarkerScope requirement(MarkerEnvironment environment, String extra) {
        return new MarkerScope(environment, extra, null, null);
    }

    static MarkerScope lockFile(
            MarkerEnvironment environment, Set<ExtraName> extras, Set<ExtraName> dependencyGroups) {
        return new MarkerScope(environment, null, normalized(extras), normalized(dependencyGroups));
    }

    private static Set<String> normalized(Set<ExtraName> names) {
        var normalized = new TreeSet<String>();
        names.forEach(name -> normalized.add(name.normalized()));
        return normalized;
    }

    boolean compare(Marker.Comparison comparison) {
        MarkerVariable variable =
                switch (comparison.left()) {
                    case MarkerOperand.Variable(var name) -> name;
                    case MarkerOperand.Literal _ ->
                            comparison.right() instanceof MarkerOperand.Variable(var name)
                                    ? name
                                    : null;
                };
        if (comparison.right() instanceof MarkerOperand.Variable(var name) && isSet(name)) {
            return member(comparison, name);
        }
        String left = text(comparison.left(), comparison);
        String right = text(comparison.right(), comparison);
        if (variable != null && variable.holdsVersion()) {
            Optional<Specifier> clause = Specifier.tryParse(comparison.operator() + right);
            if (clause.isPresent()) {
                return clause.get().contains(left);
            }
        }
        return compareTexts(left, comparison, right);
    }

    private boolean member(Marker.Comparison comparison, MarkerVariable set) {
        String name = Names.folded(text(comparison.left(), comparison));
        Set<String> values = set == MarkerVariable.EXTRAS ? extras : dependencyGroups;
        if (values == null) {
            throw unknown(set);
        }
        return switch (comparison.operator()) {
            case IN -> values.contains(name);
            case NOT_IN -> !values.contains(name);
            default -> throw undefined(comparison);
        };
    }

    private static boolean isSet(MarkerVariable variable) {
        return variable == MarkerVariable.EXTRAS || variable == MarkerVariable.DEPENDENCY_GROUPS;
    }

    private String text(MarkerOperand operand, Marker.Comparison comparison) {
        return switch (operand) {
            case MarkerOperand.Literal(String value) -> value;
            case MarkerOperand.Variable(var name) -> {
                if (name == MarkerVariable.EXTRA) {
                    if (extra == null) {
                        throw unknown(name);
                    }
                    yield extra;
                }
                if (isSet(name)) {
                    throw (name == MarkerVariable.EXTRAS ? extras : dependencyGroups) == null
                            ? unknown(name)
                            : undefined(comparison);
                }
                yield name.valueIn(environment).orElseThrow(() -> unknown(name));
            }
        };
    }

    /**
     * Texts have no order: {@code <=} and {@code >=} are true of equal ones, {@code <} and {@code
     * >} never.
     */
    private static boolean compareTexts(String left, Marker.Comparison comparison, String right) {
        return switch (comparison.operator()) {
            case EQUAL, AT_MOST, AT_LEAST -> left.equals(right);
            case NOT_EQUAL -> !left.equals(right);
            case LESS, GREATER -> false;
            case IN -> right.contains(left);
            case NOT_IN -> !right.contains(left);
            case IDENTICAL, COMPATIBLE -> throw undefined(comparison);
        };
    }

    private static UndefinedMarkerException undefined(Marker.Comparison comparison) {
        return new UndefinedMarkerException(
                UndefinedMarkerException.Kind.COMPARISON,
                "'%s' compares nothing that can be compared in '%s'"
                        .formatted(comparison.operator(), comparison));
    }

    private static UndefinedMarkerException unknown(MarkerVariable variable) {
        return new UndefinedMarkerException(
                UndefinedMarkerException.Kind.VARIABLE,
                "the marker variable '%s' has no value here".formatted(variable.spelling()));
    }
}
