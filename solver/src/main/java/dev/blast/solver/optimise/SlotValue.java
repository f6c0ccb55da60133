package dev.blast.solver.optimise;

import dev.blast.rules.vocabulary.Objective;
import dev.blast.solver.logic.States;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A state that a slot may be in, with what it needs and what objectives count of it. Equal only to
 * itself: Timefold tells values apart by that.
 */
public final class SlotValue {
    private final int state;
    private final List<Need> needs;
    private final List<Need> beside;
    private final Map<Objective, Long> counts;
    private final List<Long> own;

    /**
     * A requirement of a version.
     *
     * @param slot the number of the slot that it speaks of
     * @param accepted what it lets through there
     */
    public record Need(int slot, States accepted) {}

    /**
     * Absence, or a version whose requirements are known.
     *
     * @param counts what the objectives count that the request's own strategy ranks
     * @param own what the places of the package's own strategy count; empty where it has none
     */
    public SlotValue(int state, List<Need> needs, Map<Objective, Long> counts, List<Long> own) {
        this(state, needs, List.of(), counts, own);
    }

    /**
     * The same where rules speak of two versions together.
     *
     * @param beside what the rules let stand beside it, or absence
     */
    public SlotValue(
            int state,
            List<Need> needs,
            List<Need> beside,
            Map<Objective, Long> counts,
            List<Long> own) {
        this.state = state;
        this.beside = List.copyOf(beside);
        this.needs = List.copyOf(needs);
        this.counts =
                Collections.unmodifiableMap(
                        counts.isEmpty() ? new EnumMap<>(Objective.class) : new EnumMap<>(counts));
        this.own = List.copyOf(own);
    }

    public int state() {
        return state;
    }

    public boolean isAbsent() {
        return state == States.ABSENT;
    }

    /** Whether a requirement of the version does not let another through. */
    boolean excludes(Slot other) {
        return excludes(needs, other);
    }

    /** Whether the rules do not let the version stand beside another. */
    boolean isKeptFrom(Slot other) {
        return excludes(beside, other);
    }

    private static boolean excludes(List<Need> needs, Slot other) {
        for (Need need : needs) {
            if (need.slot() == other.number() && !need.accepted().contains(other.value().state())) {
                return true;
            }
        }
        return false;
    }

    long count(Objective objective) {
        return counts.getOrDefault(objective, 0L);
    }

    long own(int place) {
        return place < own.size() ? own.get(place) : 0;
    }

    @Override
    public String toString() {
        return Integer.toString(state);
    }
}
