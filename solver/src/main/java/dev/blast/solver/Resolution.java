package dev.blast.solver;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Versions that fit together: every requirement of the request and of every pin holds.
 *
 * @param pins one for each package, by name
 * @param requirements what was asked for and holds for the target
 * @param notes by package
 * @param appraisal what it is worth by the strategy
 * @param turns patch versions of Python from which on something in it might ask for something else
 */
public record Resolution(
        List<Pin> pins,
        List<RootRequirement> requirements,
        List<Note> notes,
        Statistics statistics,
        Appraisal appraisal,
        Set<Version> turns)
        implements Outcome {

    public Resolution {
        pins = pins.stream().sorted(Comparator.comparing(Pin::name)).toList();
        requirements = List.copyOf(requirements);
        notes = notes.stream().sorted(Comparator.comparing(Note::name)).toList();
        turns = Collections.unmodifiableSortedSet(new TreeSet<>(turns));
    }

    /**
     * The same with what an exact search says of how good an answer can be. Where it proves this
     * one the best, no better version was left untried.
     */
    public Resolution with(Optimum optimum) {
        Appraisal now = appraisal.with(optimum);
        List<Note> left =
                now.isProvedBest()
                        ? notes.stream().filter(it -> !(it instanceof Note.NotAllTried)).toList()
                        : notes;
        return new Resolution(pins, requirements, left, statistics, now, turns);
    }

    /** Of the same answer, some of the pins, as they may be described otherwise. */
    public Resolution with(List<Pin> some) {
        return new Resolution(some, requirements, notes, statistics, appraisal, turns);
    }

    public Optional<Pin> pin(PackageName name) {
        return pins.stream().filter(pin -> pin.name().equals(name)).findFirst();
    }
}
