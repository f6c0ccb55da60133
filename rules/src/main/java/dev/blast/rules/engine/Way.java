package dev.blast.rules.engine;

import dev.blast.rules.checked.Element;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.vocabulary.FactType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One way for one rule to match.
 *
 * @param number its place among all ways of the rules of its question
 * @param place that of its rule among these rules
 * @param patterns the records that it looks for among all facts, beside what there is one of
 */
record Way(int number, int place, Rule rule, Rule.Branch branch, Set<Class<?>> patterns) {

    /** Whether its rule may give one answer several times, and has to give it once. */
    boolean repeats() {
        return !patterns.isEmpty() || rule.branches().size() > 1 || branch.actions().size() > 1;
    }

    /**
     * @param rules in the order in which their answers are wanted
     * @param single the facts that there is one of each
     */
    static List<Way> of(Collection<Rule> rules, List<FactType> single) {
        List<Way> ways = new ArrayList<>();
        int place = 0;
        for (Rule rule : rules) {
            for (Rule.Branch branch : rule.branches()) {
                Set<Class<?>> patterns = new HashSet<>();
                for (Element element : branch.elements()) {
                    if (!isSingle(element, single)) {
                        collect(element, patterns);
                    }
                }
                ways.add(new Way(ways.size(), place, rule, branch, Set.copyOf(patterns)));
            }
            place++;
        }
        return List.copyOf(ways);
    }

    /** Whether it looks at what there is one of, and nowhere else. */
    static boolean isSingle(Element element, List<FactType> single) {
        return element instanceof Element.Match match && single.contains(match.fact());
    }

    private static void collect(Element element, Set<Class<?>> records) {
        switch (element) {
            case Element.Match match -> records.add(match.fact().record());
            case Element.Absent absent -> absent.elements().forEach(it -> collect(it, records));
            case Element.Present present -> present.elements().forEach(it -> collect(it, records));
        }
    }
}
