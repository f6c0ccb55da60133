package dev.blast.rules;

import dev.blast.rules.checked.Element;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.vocabulary.FactType;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the rules of a policy look at, so that callers need not find out what nobody asks.
 *
 * @param words facts that a rule has a pattern of, and fields that one looks at, by the names of
 *     their records: {@code Connection}, {@code Connection.toIndex}
 */
public record Mentions(SortedSet<String> words) {
    public Mentions {
        words = Collections.unmodifiableSortedSet(new TreeSet<>(words));
    }

    static Mentions of(List<Rule> rules) {
        var words = new TreeSet<String>();
        for (Rule rule : rules) {
            rule.looksAt().keySet().forEach(it -> words.add(word(it.fact(), it.field().name())));
            rule.branches().stream()
                    .flatMap(branch -> branch.elements().stream())
                    .flatMap(Element::facts)
                    .forEach(it -> words.add(it.record().getSimpleName()));
        }
        return new Mentions(words);
    }

    private static String word(FactType fact, String field) {
        return word(fact.record(), field);
    }

    private static String word(Class<?> fact, String field) {
        return fact.getSimpleName() + "." + field;
    }

    boolean has(Class<?> fact) {
        return words.contains(fact.getSimpleName());
    }

    boolean has(Class<?> fact, String field) {
        return words.contains(word(fact, field));
    }
}
