package dev.blast.rules.lint;

import dev.blast.rules.checked.Check;
import dev.blast.rules.checked.Element;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Value;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** When a rule fires, with what tells quickly that it does not follow from another rule's. */
final class RuleCondition {
    private final int place;
    private final Rule rule;
    private final Propositions values;
    private final Proposition meaning;
    private final boolean saysOneThing;

    /** The conditions as written, for each way to match, blanks aside. */
    private final List<List<String>> written = new ArrayList<>();

    /** What its first way says, with the first of all alternatives. */
    private final List<Claim> chosen = new ArrayList<>();

    /** What has to be so whichever way it matches. */
    private final List<Claim> needed = new ArrayList<>();

    /** Whether there is more than what it needs: alternatives, or several ways. */
    private final boolean chooses;

    /** The fields that any of its ways says something of. */
    private long mentionedBits;

    /** Those that it needs to be something. */
    private long neededBits;

    /** With which it may fire. */
    private final List<Sample> samples;

    /**
     * Reads a rule.
     *
     * @param place among all rules of its question
     */
    RuleCondition(int place, Rule rule) {
        this.place = place;
        this.rule = rule;
        List<Proposition> ways = new ArrayList<>();
        Set<List<List<String>>> said = new HashSet<>();
        for (Rule.Branch branch : rule.branches()) {
            var read = Propositions.of(rule, branch);
            ways.add(read.all(branch.elements()));
            said.add(
                    branch.actions().stream()
                            .map(action -> action.arguments().stream().map(read::words).toList())
                            .toList());
            written.add(branch.elements().stream().map(this::written).toList());
        }
        values = Propositions.of(rule, rule.branches().getFirst());
        saysOneThing = said.size() == 1;
        meaning = ways.size() == 1 ? ways.getFirst() : new Proposition.Any(ways);
        ways.forEach(this::mention);
        choose(ways.getFirst());
        if (ways.size() == 1) {
            need(ways.getFirst());
        }
        chooses = needed.size() < chosen.size() || ways.size() > 1;
        samples =
                Stream.of(new Sample(chosen, false), new Sample(chosen, true)).distinct().toList();
        for (Claim claim : needed) {
            neededBits |= bit(claim.at());
        }
    }

    private String written(Element element) {
        Span span = element.span();
        return rule.source().text(span).replaceAll("\\s+", " ");
    }

    private void mention(Proposition proposition) {
        switch (proposition) {
            case Proposition.Said(Claim claim) -> mentionedBits |= bit(claim.at());
            case Proposition.All(List<Proposition> parts) -> parts.forEach(this::mention);
            case Proposition.Any(List<Proposition> parts) -> parts.forEach(this::mention);
            case Proposition.Some _, Proposition.None _ -> {}
        }
    }

    private void need(Proposition proposition) {
        switch (proposition) {
            case Proposition.Said(Claim claim) -> needed.add(claim);
            case Proposition.All(List<Proposition> parts) -> parts.forEach(this::need);
            case Proposition.Any(List<Proposition> parts) -> oneOf(parts).ifPresent(needed::add);
            case Proposition.Some _, Proposition.None _ -> {}
        }
    }

    /** Texts of one field that are joined by {@code ||} are one claim. */
    private static Optional<Claim> oneOf(List<Proposition> parts) {
        Set<FieldAt> fields = new HashSet<>();
        Set<String> bases = new HashSet<>();
        Set<String> all = new LinkedHashSet<>();
        for (Proposition part : parts) {
            if (!(part
                            instanceof
                            Proposition.Said(
                                    Claim(
                                            FieldAt at,
                                            Meaning.Texts(String base, var texts),
                                            boolean not)))
                    || not) {
                return Optional.empty();
            }
            fields.add(at);
            bases.add(base);
            all.addAll(texts);
        }
        return fields.size() == 1 && bases.size() == 1
                ? Optional.of(
                        new Claim(
                                fields.iterator().next(),
                                new Meaning.Texts(bases.iterator().next(), all),
                                false))
                : Optional.empty();
    }

    private void choose(Proposition proposition) {
        switch (proposition) {
            case Proposition.Said(Claim claim) -> chosen.add(claim);
            case Proposition.All(List<Proposition> parts) -> parts.forEach(this::choose);
            case Proposition.Any(List<Proposition> parts) ->
                    parts.stream().findFirst().ifPresent(this::choose);
            case Proposition.Some _, Proposition.None _ -> {}
        }
    }

    int place() {
        return place;
    }

    Rule rule() {
        return rule;
    }

    /** Names its values. */
    Propositions values() {
        return values;
    }

    /** What has to be said of the one fact of its type. */
    List<Claim> needed() {
        return needed;
    }

    /** What is said of the one fact of its type in one of the ways in which it fires. */
    List<Claim> chosen() {
        return chosen;
    }

    /** A division by what turns out to be zero denies, whatever else is said. */
    boolean mayBreakOff() {
        return rule.branches().stream()
                .anyMatch(branch ->
                        divides(branch.elements())
                                || branch.actions().stream()
                                        .flatMap(action -> action.arguments().stream())
                                        .anyMatch(RuleCondition::divides));
    }

    private static boolean divides(List<Element> elements) {
        return elements.stream()
                .anyMatch(element ->
                        switch (element) {
                            case Element.Match match ->
                                    match.tests().stream().anyMatch(RuleCondition::divides);
                            case Element.Absent(Span _, List<Element> parts) -> divides(parts);
                            case Element.Present(Span _, List<Element> parts) -> divides(parts);
                        });
    }

    private static boolean divides(Check test) {
        return switch (test) {
            case Check.Comparison it -> it.values().stream().anyMatch(RuleCondition::divides);
            case Check.IsUnknown _ -> false;
            case Check.All(Span _, List<Check> parts) ->
                    parts.stream().anyMatch(RuleCondition::divides);
            case Check.Any(Span _, List<Check> parts) ->
                    parts.stream().anyMatch(RuleCondition::divides);
        };
    }

    private static boolean divides(Value value) {
        return value instanceof Value.Computed(Type _, char symbol, Value left, Value right)
                && (symbol == '/' || divides(left) || divides(right));
    }

    /** Whether its answers are the same whichever way it matches. */
    boolean saysOneThing() {
        return saysOneThing;
    }

    /** False where this one certainly does not follow, which is quick to find out. */
    boolean mayImply(RuleCondition other) {
        if ((other.neededBits & ~mentionedBits) != 0) {
            return false;
        }
        for (Sample sample : samples) {
            for (Claim claim : other.needed) {
                if (!sample.mayHold(claim)) {
                    return false;
                }
            }
            if (other.chooses && !sample.mayHold(other.meaning)) {
                return false;
            }
        }
        return true;
    }

    /** A bit for each field, which some may share. */
    private static long bit(FieldAt at) {
        return 1L << ((at.hashCode() * 0x9E3779B9) >>> 26);
    }

    /** Whenever this one fires, the other one does. */
    boolean implies(RuleCondition other, Budget budget) {
        return written.equals(other.written) || Tableau.implies(meaning, other.meaning, budget);
    }
}
