package dev.blast.packaging;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An environment marker (PEP 508): a condition on the interpreter and on the extras asked for. Its
 * text is canonical: double quotes, single blanks, no needless parentheses.
 */
public sealed interface Marker {

    /**
     * Reads a marker.
     *
     * @throws InvalidSyntaxException if the text is no marker
     */
    static Marker parse(String text) {
        return MarkerParser.parse(text);
    }

    /**
     * Whether the condition holds there when these extras are asked for. With several extras it is
     * enough that it holds for one of them. Where none is asked for, the variable is empty.
     *
     * @throws UndefinedMarkerException if the comparison is none, or the marker belongs in a lock
     *     file
     */
    default boolean evaluate(MarkerEnvironment environment, Set<ExtraName> extras) {
        if (extras.isEmpty()) {
            return holds(MarkerScope.requirement(environment, ""));
        }
        return extras.stream()
                .anyMatch(extra -> holds(MarkerScope.requirement(environment, extra.normalized())));
    }

    /**
     * Whether the condition of a lock file (PEP 751) holds there, where markers ask for {@code
     * extras} and {@code dependency_groups}.
     *
     * @throws UndefinedMarkerException if the comparison is none
     */
    default boolean evaluateLocked(
            MarkerEnvironment environment, Set<ExtraName> extras, Set<ExtraName> dependencyGroups) {
        return holds(MarkerScope.lockFile(environment, extras, dependencyGroups));
    }

    /** Holds where both do. */
    default Marker and(Marker other) {
        return equals(other) ? this : new AnyOf(List.of(List.of(this, other)));
    }

    /** Whether some comparison asks for this variable. */
    boolean mentions(MarkerVariable variable);

    boolean holds(MarkerScope scope);

    /**
     * The patch versions of Python that it tells from the one before: {@code python_full_version <
     * '3.11.3'} holds for 3.11.2, and not from 3.11.3 on.
     */
    Set<Version> turns();

    /** Holds where one of the alternatives holds, which is where all of its members hold. */
    record AnyOf(List<List<Marker>> alternatives) implements Marker {
        public AnyOf {
            alternatives = alternatives.stream().map(List::copyOf).toList();
        }

        @Override
        public boolean mentions(MarkerVariable variable) {
            return alternatives.stream()
                    .flatMap(List::stream)
                    .anyMatch(member -> member.mentions(variable));
        }

        @Override
        public Set<Version> turns() {
            return alternatives.stream()
                    .flatMap(List::stream)
                    .flatMap(member -> member.turns().stream())
                    .collect(Collectors.toUnmodifiableSet());
        }

        @Override
        public boolean holds(MarkerScope scope) {
            // All members are evaluated: a comparison that is none is an error wherever it stands.
            boolean holds = false;
            for (List<Marker> alternative : alternatives) {
                boolean all = true;
                for (Marker member : alternative) {
                    all &= member.holds(scope);
                }
                holds |= all;
            }
            return holds;
        }

        @Override
        public String toString() {
            return alternatives.stream()
                    .map(members ->
                            members.stream()
                                    .map(AnyOf::nested)
                                    .collect(Collectors.joining(" and ")))
                    .collect(Collectors.joining(" or "));
        }

        private static String nested(Marker member) {
            return member instanceof AnyOf ? "(" + member + ")" : member.toString();
        }
    }

    /** One comparison; at least one side is a variable in any marker of use. */
    record Comparison(MarkerOperand left, MarkerOperator operator, MarkerOperand right)
            implements Marker {
        @Override
        public boolean mentions(MarkerVariable variable) {
            var asked = new MarkerOperand.Variable(variable);
            return left.equals(asked) || right.equals(asked);
        }

        @Override
        public boolean holds(MarkerScope scope) {
            return scope.compare(this);
        }

        @Override
        public Set<Version> turns() {
            boolean asks =
                    mentions(MarkerVariable.PYTHON_FULL_VERSION)
                            || mentions(MarkerVariable.IMPLEMENTATION_VERSION);
            MarkerOperand other = left instanceof MarkerOperand.Literal ? left : right;
            if (!asks || !(other instanceof MarkerOperand.Literal(String text))) {
                return Set.of();
            }
            boolean turned = left instanceof MarkerOperand.Literal;
            return Version.tryParse(text.replaceFirst("\\.\\*$", ""))
                    .map(version -> turns(version, turned))
                    .orElse(Set.of());
        }

        /** Nothing is told apart but what is before a version, it, and behind it. */
        private Set<Version> turns(Version version, boolean turned) {
            Version at = patch(version, 0);
            Version behind = patch(version, 1);
            if (version.isPrerelease()) {
                return Set.of(at);
            }
            return switch (operator) {
                case LESS, AT_LEAST -> turned ? Set.of(behind) : Set.of(at);
                case AT_MOST, GREATER -> turned ? Set.of(at) : Set.of(behind);
                default -> Set.of(at, behind);
            };
        }

        private static Version patch(Version version, int further) {
            return Version.parse(
                    "%d.%d.%d"
                            .formatted(
                                    version.major(),
                                    version.minor(),
                                    version.micro() + (long) further));
        }

        @Override
        public String toString() {
            return left + " " + operator + " " + right;
        }
    }
}
