package dev.blast.solver;

import java.util.List;

/**
 * How good an answer is: a sum for each place of a strategy, compared one after another. Less is
 * better, and nothing is below 0.
 *
 * @param places in thousandths of what the objectives count, since weights have three digits
 */
public record Score(List<Long> places) implements Comparable<Score> {
    public Score {
        places = List.copyOf(places);
    }

    @Override
    public int compareTo(Score other) {
        for (int place = 0; place < Math.min(places.size(), other.places.size()); place++) {
            int order = places.get(place).compareTo(other.places.get(place));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(places.size(), other.places.size());
    }

    /** The first place in which they differ, from 0; -1 where they do not. */
    public int firstDifference(Score other) {
        for (int place = 0; place < Math.max(places.size(), other.places.size()); place++) {
            if (in(place) != other.in(place)) {
                return place;
            }
        }
        return -1;
    }

    public boolean isBetterThan(Score other) {
        return compareTo(other) < 0;
    }

    /** The sum of a place, the first is 0; nothing in a place that the strategy does not have. */
    public long in(int place) {
        return place < places.size() ? places.get(place) : 0;
    }

    /** Whether it is less in a place, and in none before that more. */
    public boolean isBetterIn(int place, Score other) {
        return isNoWorseUpTo(place, other) && in(place) < other.in(place);
    }

    /** Whether it is more in none of the places up to that one. */
    public boolean isNoWorseUpTo(int place, Score other) {
        for (int at = 0; at <= place; at++) {
            if (in(at) > other.in(at)) {
                return false;
            }
        }
        return true;
    }
}
