package dev.blast.rules.engine;

import dev.blast.rules.checked.Check;
import dev.blast.rules.checked.Element;
import dev.blast.rules.checked.Value;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Field;
import dev.blast.rules.vocabulary.Glob;
import dev.blast.rules.vocabulary.Operator;
import dev.blast.rules.vocabulary.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a way to match needs a field to be, as far as that can be looked up: one of these texts.
 *
 * @param place of its fact among those that there is one of each
 * @param part where in the field's text they stand
 */
record Key(int place, Field field, Part part, List<String> texts) {
    private static final Set<Type> TEXTS = EnumSet.of(Type.TEXT, Type.HOST, Type.NAME);

    /** The narrowest first. */
    enum Part {
        WHOLE,
        END,
        BEGINNING
    }

    /**
     * The narrowest key of a way to match; empty where each of its constraints has to be tried.
     * Constraints behind one that cannot be tried on everything do not count: it may break off the
     * evaluation.
     *
     * @param single the facts that there is one of each
     */
    static Optional<Key> of(List<Element> elements, List<FactType> single) {
        List<Key> keys = new ArrayList<>();
        for (Element element : elements) {
            if (element instanceof Element.Match match && single.contains(match.fact())) {
                for (Check check : match.tests()) {
                    if (!(check instanceof Check.Comparison it) || !isPlain(it)) {
                        return narrowest(keys);
                    }
                    if (it.field().slot() == match.slot()) {
                        of(single.indexOf(match.fact()), it).ifPresent(keys::add);
                    }
                }
            }
        }
        return narrowest(keys);
    }

    private static boolean isPlain(Check.Comparison it) {
        return it.values().stream().allMatch(value -> value instanceof Value.Literal);
    }

    private static Optional<Key> narrowest(List<Key> keys) {
        return keys.stream()
                .min(Comparator.comparing(Key::part).thenComparingInt(it -> it.texts().size()));
    }

    private static Optional<Key> of(int place, Check.Comparison it) {
        Field field = it.field().field();
        if (it.negated() || !TEXTS.contains(field.type())) {
            return Optional.empty();
        }
        if (it.operator() == Operator.EQUAL || it.operator() == Operator.IN) {
            List<String> texts =
                    it.values().stream()
                            .map(value -> ((Value.Literal) value).value().toString())
                            .toList();
            return Optional.of(new Key(place, field, Part.WHOLE, texts));
        }
        return it.matcher() instanceof Check.Globbed(Glob glob)
                ? of(place, field, glob)
                : Optional.empty();
    }

    private static Optional<Key> of(int place, Field field, Glob glob) {
        String beginning = glob.beginning();
        String ending = glob.ending();
        if (beginning.equals(glob.pattern())) {
            return Optional.of(new Key(place, field, Part.WHOLE, List.of(beginning)));
        }
        boolean end = ending.length() >= beginning.length();
        String text = end ? ending : beginning;
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Key(place, field, end ? Part.END : Part.BEGINNING, List.of(text)));
    }
}
