package dev.blast.solver;

import dev.blast.packaging.PackageName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Versions that fit together: every requirement of the request and of every pin holds.
 *
 * @param pins one for each package, by name
 * @param requirements what was asked for and holds for the target
 * @param notes by package
 * @param appraisal what it is worth by the strategy
 */
public record Resolution(
        List<Pin> pins,
        List<RootRequirement> requirements,
        List<Note> notes,
        Statistics statistics,
        Appraisal appraisal)
        implements Outcome {

    public Resolution {
        pins = pins.stream().sorted(Comparator.comparing(Pin::name)).toList();
        requirements = List.copyOf(requirements);
        notes = notes.stream().sorted(Comparator.comparing(Note::name)).toList();
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
        return new Resolution(pins, requirements, left, statistics, now);
    }

    public Optional<Pin> pin(PackageName name) {
        return pins.stream().filter(pin -> pin.name().equals(name)).findFirst();
    }
}
