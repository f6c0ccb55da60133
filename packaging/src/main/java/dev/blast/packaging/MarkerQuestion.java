package dev.blast.packaging;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link MarkerSet} asks of an environment: the value of a variable, or whether one
 * comparison holds that is neither of versions nor of whole texts. What is asked of {@code
 * python_version} is asked of {@code python_full_version}, of which it is the beginning.
 *
 * @param comparison null where the value is asked for
 */
public record MarkerQuestion(MarkerVariable variable, Marker.@Nullable Comparison comparison)
        implements Comparable<MarkerQuestion> {

    private static final List<MarkerVariable> ORDER =
            List.of(
                    MarkerVariable.SYS_PLATFORM,
                    MarkerVariable.OS_NAME,
                    MarkerVariable.PLATFORM_SYSTEM,
                    MarkerVariable.PLATFORM_MACHINE,
                    MarkerVariable.IMPLEMENTATION_NAME,
                    MarkerVariable.PLATFORM_PYTHON_IMPLEMENTATION,
                    MarkerVariable.PYTHON_FULL_VERSION,
                    MarkerVariable.PYTHON_VERSION,
                    MarkerVariable.IMPLEMENTATION_VERSION,
                    MarkerVariable.PLATFORM_RELEASE,
                    MarkerVariable.PLATFORM_VERSION,
                    MarkerVariable.EXTRA,
                    MarkerVariable.EXTRAS,
                    MarkerVariable.DEPENDENCY_GROUPS);

    private static final MarkerAnswers YES = MarkerAnswers.Texts.of("yes");

    /** What platforms are called in the variables that tell of them. */
    private static final List<List<String>> SYSTEMS =
            List.of(
                    List.of("win32", "Windows", "nt"),
                    List.of("linux", "Linux", "posix"),
                    List.of("darwin", "Darwin", "posix"));

    private static final List<List<String>> IMPLEMENTATIONS =
            List.of(List.of("cpython", "CPython"), List.of("pypy", "PyPy"));

    /** Where what is asked of the platform goes together. */
    static final MarkerSet POSSIBLE = possible();

    private static MarkerSet possible() {
        MarkerSet possible = MarkerSet.End.ALL;
        for (List<String> system : SYSTEMS) {
            MarkerSet platform = is(MarkerVariable.SYS_PLATFORM, system.get(0));
            possible =
                    possible.and(same(platform, is(MarkerVariable.PLATFORM_SYSTEM, system.get(1))))
                            .and(platform.not().or(is(MarkerVariable.OS_NAME, system.get(2))));
        }
        possible =
                possible.and(
                        same(
                                is(MarkerVariable.SYS_PLATFORM, "win32"),
                                is(MarkerVariable.OS_NAME, "nt")));
        for (List<String> implementation : IMPLEMENTATIONS) {
            possible =
                    possible.and(
                            same(
                                    is(MarkerVariable.IMPLEMENTATION_NAME, implementation.get(0)),
                                    is(
                                            MarkerVariable.PLATFORM_PYTHON_IMPLEMENTATION,
                                            implementation.get(1))));
        }
        return possible;
    }

    private static MarkerSet same(MarkerSet one, MarkerSet two) {
        return one.and(two).or(one.not().and(two.not()));
    }

    private static MarkerSet is(MarkerVariable variable, String text) {
        return MarkerSet.where(new MarkerQuestion(variable, null), MarkerAnswers.Texts.of(text));
    }

    /** Where a comparison holds. */
    static MarkerSet of(Marker.Comparison comparison) {
        boolean turned = comparison.left() instanceof MarkerOperand.Literal;
        MarkerOperand named = turned ? comparison.right() : comparison.left();
        MarkerOperand other = turned ? comparison.left() : comparison.right();
        if (!(named instanceof MarkerOperand.Variable(MarkerVariable variable))
                || !(other instanceof MarkerOperand.Literal(String text))) {
            return opaque(MarkerVariable.PLATFORM_VERSION, comparison);
        }
        MarkerOperator operator = comparison.operator();
        if (variable.holdsNames()) {
            return names(variable, operator, text, comparison);
        }
        return switch (variable) {
            case PYTHON_VERSION, PYTHON_FULL_VERSION ->
                    turned && !isPlain(variable, operator, text)
                            ? opaque(variable, comparison)
                            : versions(variable, turned ? turned(operator) : operator, text)
                                    .map(MarkerQuestion::python)
                                    .orElseGet(() -> opaque(variable, comparison));
            case IMPLEMENTATION_VERSION, PLATFORM_RELEASE -> opaque(variable, comparison);
            default ->
                    switch (operator) {
                        // Texts have no order.
                        case EQUAL, AT_MOST, AT_LEAST -> is(variable, text);
                        case NOT_EQUAL -> is(variable, text).not();
                        case LESS, GREATER -> MarkerSet.End.NONE;
                        case IN, NOT_IN, IDENTICAL, COMPATIBLE -> opaque(variable, comparison);
                    };
        };
    }

    /** Whether two sides can be changed: a minor version has nothing that operators treat apart. */
    private static boolean isPlain(MarkerVariable variable, MarkerOperator operator, String text) {
        return variable == MarkerVariable.PYTHON_VERSION
                && operator != MarkerOperator.COMPATIBLE
                && operator != MarkerOperator.IN
                && operator != MarkerOperator.NOT_IN
                && text.matches("[0-9]+(\\.[0-9]+)*");
    }

    private static MarkerOperator turned(MarkerOperator operator) {
        return switch (operator) {
            case LESS -> MarkerOperator.GREATER;
            case GREATER -> MarkerOperator.LESS;
            case AT_MOST -> MarkerOperator.AT_LEAST;
            case AT_LEAST -> MarkerOperator.AT_MOST;
            case EQUAL, NOT_EQUAL, IDENTICAL, COMPATIBLE, IN, NOT_IN -> operator;
        };
    }

    /** An extra or group is asked for or not; several can be at once. */
    private static MarkerSet names(
            MarkerVariable variable,
            MarkerOperator operator,
            String text,
            Marker.Comparison comparison) {
        MarkerOperator positive =
                variable == MarkerVariable.EXTRA ? MarkerOperator.EQUAL : MarkerOperator.IN;
        MarkerOperator negative =
                variable == MarkerVariable.EXTRA ? MarkerOperator.NOT_EQUAL : MarkerOperator.NOT_IN;
        if (operator != positive && operator != negative) {
            return opaque(variable, comparison);
        }
        var asked = new MarkerOperand.Variable(variable);
        var name = new MarkerOperand.Literal(Names.folded(text));
        MarkerSet there =
                opaque(
                        variable,
                        variable == MarkerVariable.EXTRA
                                ? new Marker.Comparison(asked, positive, name)
                                : new Marker.Comparison(name, positive, asked));
        return operator == positive ? there : there.not();
    }

    private static MarkerSet opaque(MarkerVariable variable, Marker.Comparison comparison) {
        boolean negated = comparison.operator() == MarkerOperator.NOT_IN;
        Marker.Comparison asked =
                negated
                        ? new Marker.Comparison(
                                comparison.left(), MarkerOperator.IN, comparison.right())
                        : comparison;
        MarkerSet holds = MarkerSet.where(new MarkerQuestion(variable, asked), YES);
        return negated ? holds.not() : holds;
    }

    private static MarkerSet python(VersionSet versions) {
        return versions.isEmpty()
                ? MarkerSet.End.NONE
                : MarkerSet.where(
                        new MarkerQuestion(MarkerVariable.PYTHON_FULL_VERSION, null),
                        new MarkerAnswers.Versions(versions));
    }

    /** The full versions for which it holds; empty where it is no comparison of versions. */
    private static Optional<VersionSet> versions(
            MarkerVariable variable, MarkerOperator operator, String text) {
        if (operator == MarkerOperator.IDENTICAL) {
            return Optional.empty();
        }
        return Specifier.tryParse(operator + text)
                .map(it -> variable == MarkerVariable.PYTHON_VERSION ? full(it) : withoutPosts(it));
    }

    /** No Python is a post-release, and no clause ends behind those of a version. */
    private static VersionSet withoutPosts(Specifier clause) {
        return clause.versions().spans().stream()
                .map(span -> VersionSet.between(withoutPosts(span.from()), withoutPosts(span.to())))
                .reduce(VersionSet.EMPTY, VersionSet::or);
    }

    private static Cut withoutPosts(Cut cut) {
        return cut.kind() == Cut.Kind.AFTER_POSTS ? Cut.afterLocals(cut.version()) : cut;
    }

    /**
     * The full versions whose first two numbers a clause lets through. Between the places where its
     * own version begins and ends, as it does with one and two numbers, nothing changes.
     */
    private static VersionSet full(Specifier clause) {
        var places = new TreeSet<Minor>();
        places.add(new Minor(0, 0));
        String[] numbers = clause.version().replaceFirst("^v?(?:[0-9]+!)?", "").split("[^0-9]+", 3);
        long major = number(numbers, 0);
        long minor = number(numbers, 1);
        places.add(new Minor(major, 0));
        places.add(new Minor(major + 1, 0));
        places.add(new Minor(major, minor));
        places.add(new Minor(major, minor + 1));
        var ordered = new ArrayList<Minor>(places);
        VersionSet all = VersionSet.EMPTY;
        for (int i = 0; i < ordered.size(); i++) {
            if (clause.contains(Version.parse(ordered.get(i).toString()))) {
                Cut to = i + 1 < ordered.size() ? ordered.get(i + 1).cut() : Cut.TOP;
                all = all.or(VersionSet.between(ordered.get(i).cut(), to));
            }
        }
        return all;
    }

    private static long number(String[] numbers, int place) {
        return place < numbers.length && !numbers[place].isEmpty() && numbers[place].length() < 10
                ? Long.parseLong(numbers[place])
                : 0;
    }

    /** Where the versions of a minor version begin. */
    record Minor(long major, long minor) implements Comparable<Minor> {
        Cut cut() {
            return major == 0 && minor == 0
                    ? Cut.BOTTOM
                    : Cut.before(Version.parse(this + ".dev0"));
        }

        Minor next() {
            return new Minor(major, minor + 1);
        }

        @Override
        public int compareTo(Minor other) {
            return Comparator.comparingLong(Minor::major)
                    .thenComparingLong(Minor::minor)
                    .compare(this, other);
        }

        @Override
        public String toString() {
            return major + "." + minor;
        }
    }

    /** Whether an environment gives one of these answers. */
    boolean isAnswered(
            MarkerAnswers answers,
            MarkerEnvironment environment,
            Set<ExtraName> extras,
            Set<ExtraName> groups) {
        return switch (answers) {
            case MarkerAnswers.Versions(VersionSet set) ->
                    Version.tryParse(environment.pythonFullVersion())
                            .map(set::contains)
                            .orElse(false);
            case MarkerAnswers.Texts texts ->
                    texts.contains(
                            comparison == null
                                    ? variable.valueIn(environment).orElse("")
                                    : holds(comparison, environment, extras, groups)
                                            ? "yes"
                                            : "no");
        };
    }

    private boolean holds(
            Marker.Comparison asked,
            MarkerEnvironment environment,
            Set<ExtraName> extras,
            Set<ExtraName> groups) {
        return variable == MarkerVariable.EXTRA
                ? asked.evaluate(environment, extras)
                : asked.evaluateLocked(environment, extras, groups);
    }

    /**
     * What most markers ask comes first, so that it answers the rest; then value before
     * comparisons, then by what these say.
     */
    @Override
    public int compareTo(MarkerQuestion other) {
        return Comparator.<MarkerQuestion>comparingInt(it -> ORDER.indexOf(it.variable))
                .thenComparing(MarkerQuestion::text)
                .compare(this, other);
    }

    private String text() {
        return comparison == null ? "" : comparison.toString();
    }
}
