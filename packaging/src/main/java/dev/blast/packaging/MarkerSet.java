package dev.blast.packaging;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The environments in which a marker holds, as a decision diagram: questions in a fixed order, each
 * with answers that never overlap, leave nothing out and lead to different ends. So {@code
 * equals()} is equality of sets, as far as questions are independent of each other: that no Windows
 * is a Linux, only {@link #possible} knows. Immutable.
 */
public sealed interface MarkerSet {
    /** Where all questions are answered: every environment, or none. */
    enum End implements MarkerSet {
        ALL,
        NONE
    }

    /** A question, and where its answers lead, in the order of the answers. */
    record Branch(MarkerQuestion question, List<Way> ways) implements MarkerSet {
        public Branch {
            ways = List.copyOf(ways);
        }
    }

    /** Where some answers to a question lead. */
    record Way(MarkerAnswers answers, MarkerSet to) {}

    /** Where a marker holds. */
    static MarkerSet of(Marker marker) {
        return switch (marker) {
            case Marker.AnyOf(List<List<Marker>> alternatives) ->
                    alternatives.stream()
                            .map(members ->
                                    members.stream()
                                            .map(MarkerSet::of)
                                            .reduce(End.ALL, MarkerSet::and))
                            .reduce(End.NONE, MarkerSet::or);
            case Marker.Comparison comparison -> MarkerQuestion.of(comparison);
        };
    }

    /** The same; no marker is no condition. */
    static MarkerSet ofNullable(@Nullable Marker marker) {
        return marker == null ? End.ALL : of(marker);
    }

    /** Where a question has one of these answers. */
    static MarkerSet where(MarkerQuestion question, MarkerAnswers answers) {
        return branch(
                question, List.of(new Way(answers, End.ALL), new Way(answers.not(), End.NONE)));
    }

    /** Where both hold. */
    default MarkerSet and(MarkerSet other) {
        return combined(
                other, (one, two) -> one == End.ALL ? two : two == End.ALL ? one : End.NONE);
    }

    /** Where one of them holds at least. */
    default MarkerSet or(MarkerSet other) {
        return combined(
                other, (one, two) -> one == End.NONE ? two : two == End.NONE ? one : End.ALL);
    }

    /** Where it does not hold. */
    default MarkerSet not() {
        return switch (this) {
            case End end -> end == End.ALL ? End.NONE : End.ALL;
            case Branch(MarkerQuestion question, List<Way> ways) ->
                    new Branch(
                            question,
                            ways.stream()
                                    .map(way -> new Way(way.answers(), way.to().not()))
                                    .toList());
        };
    }

    /** Where it holds and the other does not. */
    default MarkerSet minus(MarkerSet other) {
        return and(other.not());
    }

    default boolean isEmpty() {
        return equals(End.NONE);
    }

    default boolean isSubsetOf(MarkerSet other) {
        return minus(other).isEmpty();
    }

    default boolean isDisjoint(MarkerSet other) {
        return and(other).isEmpty();
    }

    /** The part that interpreters can be in: what is asked of the platform goes together. */
    default MarkerSet possible() {
        return isEmpty() ? this : and(MarkerQuestion.POSSIBLE);
    }

    /**
     * The same where the assumption holds, and the simplest elsewhere: questions that the
     * assumption answers are not asked.
     */
    default MarkerSet given(MarkerSet assumption) {
        return switch (assumption) {
            case End _ -> this;
            case Branch(MarkerQuestion question, List<Way> ways) -> given(question, ways);
        };
    }

    private MarkerSet given(MarkerQuestion question, List<Way> ways) {
        if (!(this instanceof Branch(MarkerQuestion own, List<Way> ownWays))) {
            return this;
        }
        int order = own.compareTo(question);
        if (order > 0) {
            // Not asked here: what the ways of the assumption leave open is all that counts.
            MarkerSet any = ways.stream().map(Way::to).reduce(End.NONE, MarkerSet::or);
            return given(any);
        }
        if (order < 0) {
            return branch(
                    own,
                    ownWays.stream()
                            .map(way ->
                                    new Way(
                                            way.answers(),
                                            way.to().given(new Branch(question, ways))))
                            .toList());
        }
        var left = new ArrayList<Way>();
        MarkerAnswers open = null;
        for (Way assumed : ways) {
            if (assumed.to().isEmpty()) {
                open = open == null ? assumed.answers() : open.or(assumed.answers());
                continue;
            }
            for (Way way : ownWays) {
                MarkerAnswers both = way.answers().and(assumed.answers());
                if (!both.isEmpty()) {
                    left.add(new Way(both, way.to().given(assumed.to())));
                }
            }
        }
        if (left.isEmpty()) {
            return this;
        }
        MarkerSet closed = branch(question, left);
        return open != null
                        && closed instanceof Branch(MarkerQuestion asked, List<Way> told)
                        && asked.equals(question)
                ? branch(question, withOpen(told, open))
                : closed;
    }

    /**
     * What cannot be is answered as what is beside it, or as most answers are, so that it needs no
     * question.
     */
    private static List<Way> withOpen(List<Way> ways, MarkerAnswers open) {
        var widened = new ArrayList<Way>(ways);
        for (MarkerAnswers part : open.parts()) {
            int beside = 0;
            for (int i = 1; i < ways.size(); i++) {
                MarkerAnswers answers = ways.get(i).answers();
                if (answers.isBeside(part)
                        || answers.pieces() > ways.get(beside).answers().pieces()) {
                    beside = i;
                }
            }
            Way wide = widened.get(beside);
            widened.set(beside, new Way(wide.answers().or(part), wide.to()));
        }
        return widened;
    }

    /** Whether the environment is in it, for extras and groups that are asked for. */
    default boolean contains(
            MarkerEnvironment environment, Set<ExtraName> extras, Set<ExtraName> groups) {
        return switch (this) {
            case End end -> end == End.ALL;
            case Branch(MarkerQuestion question, List<Way> ways) ->
                    ways.stream()
                            .filter(way ->
                                    question.isAnswered(way.answers(), environment, extras, groups))
                            .findFirst()
                            .map(way -> way.to().contains(environment, extras, groups))
                            .orElse(false);
        };
    }

    /** The marker that says it; empty for every environment. */
    default Optional<Marker> marker() {
        return MarkerSetText.of(this);
    }

    private MarkerSet combined(MarkerSet other, BinaryOperator<MarkerSet> ends) {
        if (this instanceof End || other instanceof End) {
            MarkerSet end = this instanceof End ? this : other;
            MarkerSet rest = this instanceof End ? other : this;
            if (ends.apply(end, End.ALL).equals(ends.apply(end, End.NONE)) || rest instanceof End) {
                return ends.apply(end, rest instanceof End ? rest : End.ALL);
            }
            return rest; // the end says nothing, or it would have decided
        }
        var one = (Branch) this;
        var two = (Branch) other;
        int order = one.question().compareTo(two.question());
        if (order != 0) {
            Branch first = order < 0 ? one : two;
            MarkerSet second = order < 0 ? two : one;
            return branch(
                    first.question(),
                    first.ways().stream()
                            .map(way -> new Way(way.answers(), way.to().combined(second, ends)))
                            .toList());
        }
        var ways = new ArrayList<Way>();
        for (Way left : one.ways()) {
            for (Way right : two.ways()) {
                MarkerAnswers both = left.answers().and(right.answers());
                if (!both.isEmpty()) {
                    ways.add(new Way(both, left.to().combined(right.to(), ends)));
                }
            }
        }
        return branch(one.question(), ways);
    }

    /** Ways to one end are one way; a question whose answers make no difference is not asked. */
    private static MarkerSet branch(MarkerQuestion question, List<Way> ways) {
        var byEnd = new LinkedHashMap<MarkerSet, MarkerAnswers>();
        for (Way way : ways) {
            if (!way.answers().isEmpty()) {
                byEnd.merge(way.to(), way.answers(), MarkerAnswers::or);
            }
        }
        if (byEnd.size() == 1) {
            return byEnd.keySet().iterator().next();
        }
        return new Branch(
                question,
                byEnd.entrySet().stream()
                        .map(it -> new Way(it.getValue(), it.getKey()))
                        .sorted(Comparator.comparing(Way::answers))
                        .toList());
    }
}
