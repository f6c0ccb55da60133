package dev.blast.rules.lint;

import dev.blast.packaging.VersionSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether one value of a field can make several claims true at once. */
final class FieldValues {
    private final FieldAt at;
    private final List<Claim> claims;
    private final Budget budget;

    private FieldValues(FieldAt at, List<Claim> claims, Budget budget) {
        this.at = at;
        this.claims = claims;
        this.budget = budget;
    }

    /**
     * Whether no value will do, unknown among them. False where it cannot be told.
     *
     * @param claims all about this field
     */
    static boolean areNone(FieldAt at, List<Claim> claims, Budget budget) {
        return new FieldValues(at, claims, budget).areNone();
    }

    private boolean areNone() {
        boolean unknown = at.mayBeUnknown();
        boolean known = true;
        for (Claim claim : claims) {
            if (claim.meaning() instanceof Meaning.Unknown) {
                known &= claim.negated();
                unknown &= !claim.negated();
            } else {
                unknown &= claim.negated();
            }
        }
        return !unknown && (!known || noKnownValue());
    }

    private boolean noKnownValue() {
        if (!budget.spend(claims.stream().mapToLong(claim -> claim.meaning().size()).sum())) {
            return false;
        }
        return contradictOneAnother()
                || switch (at.field().type()) {
                    case NUMBER, SIZE, DATE, ADDRESS -> numbers().isEmpty();
                    case VERSION -> versions().isEmpty();
                    case FLAG, CHOICE -> choices().isEmpty();
                    case TEXT, HOST, NAME, PATH -> noText();
                    case RATE, DURATION, SHARE, LIST -> false;
                };
    }

    /** The same words, once as they are and once negated. */
    private boolean contradictOneAnother() {
        Map<Object, Boolean> seen = new HashMap<>();
        for (Claim claim : claims) {
            @Nullable Object words =
                    switch (claim.meaning()) {
                        case Meaning.Relative it -> it;
                        case Meaning.Holding it -> it;
                        case Meaning.Tested it -> it.words();
                        default -> null;
                    };
            if (words != null) {
                Boolean before = seen.putIfAbsent(words, claim.negated());
                if (before != null && before != claim.negated()) {
                    return true;
                }
            }
        }
        return false;
    }

    private Intervals numbers() {
        Intervals numbers = at.numbers();
        for (Claim claim : claims) {
            if (claim.meaning() instanceof Meaning.Numbers(Intervals it)) {
                numbers = numbers.and(claim.negated() ? it.not() : it);
            }
        }
        return numbers;
    }

    private VersionSet versions() {
        VersionSet versions = VersionSet.ALL;
        for (Claim claim : claims) {
            if (claim.meaning() instanceof Meaning.Versions(VersionSet it)) {
                versions = claim.negated() ? versions.minus(it) : versions.and(it);
            }
        }
        return versions;
    }

    private Set<String> choices() {
        Set<String> choices = new HashSet<>(at.names());
        for (Claim claim : claims) {
            if (claim.meaning() instanceof Meaning.Texts(String _, Set<String> it)) {
                if (claim.negated()) {
                    choices.removeAll(it);
                } else {
                    choices.retainAll(it);
                }
            }
        }
        return choices;
    }

    /** What is relative to different bases is looked at apart. */
    private boolean noText() {
        Set<String> bases = new HashSet<>();
        for (Claim claim : claims) {
            switch (claim.meaning()) {
                case Meaning.Texts it -> bases.add(it.base());
                case Meaning.Shaped it -> bases.add(it.base());
                default -> {}
            }
        }
        return bases.stream().anyMatch(this::noText);
    }

    private boolean noText(String base) {
        @Nullable Set<String> listed = null;
        List<Claim> others = new ArrayList<>();
        for (Claim claim : claims) {
            if (claim.meaning() instanceof Meaning.Texts(String own, Set<String> texts)
                    && own.equals(base)
                    && !claim.negated()) {
                listed = listed == null ? texts : common(listed, texts);
            } else {
                others.add(claim);
            }
        }
        if (listed == null) {
            return noShape(base);
        }
        for (String text : listed) {
            if (others.stream().allMatch(claim -> mayHold(claim, base, text))) {
                return false;
            }
        }
        return true;
    }

    private static Set<String> common(Set<String> one, Set<String> other) {
        Set<String> common = new HashSet<>(one);
        common.retainAll(other);
        return common;
    }

    private boolean mayHold(Claim claim, String base, String text) {
        if (!budget.spend(1 + text.length() / 8)) {
            return true;
        }
        return switch (claim.meaning()) {
            case Meaning.Texts(String own, Set<String> texts) ->
                    !own.equals(base) || texts.contains(text) != claim.negated();
            case Meaning.Shaped(String own, Shape shape) ->
                    !own.equals(base)
                            || !budget.spend(text.length())
                            || shape.holds(text) != claim.negated();
            case Meaning.Tested(String words, var test) ->
                    !budget.spend((long) words.length() * text.length())
                            || test.test(text) != claim.negated();
            default -> true;
        };
    }

    /**
     * A path may be outside the base, or be one that goes up and down again and so is none of the
     * listed ones: what such a path is not says nothing of its shape.
     */
    private boolean noShape(String base) {
        List<Shape> in = new ArrayList<>();
        List<Shape> out = new ArrayList<>();
        for (Claim claim : claims) {
            switch (claim.meaning()) {
                case Meaning.Shaped(String own, Shape shape) -> {
                    if (own.equals(base)) {
                        (claim.negated() ? out : in).add(shape);
                    }
                }
                case Meaning.Texts(String own, Set<String> texts) -> {
                    if (own.isEmpty() && base.isEmpty() && texts.size() == 1) {
                        Shape.exactly(texts.iterator().next()).ifPresent(out::add);
                    }
                }
                default -> {}
            }
        }
        boolean told = base.isEmpty() ? in.size() + out.size() > 1 || in.isEmpty() : !in.isEmpty();
        return told && in.size() + out.size() > 0 && Shapes.haveNoText(in, out, budget);
    }
}
