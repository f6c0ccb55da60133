package dev.blast.solver.repair;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.solver.Pin;
import dev.blast.solver.Preferences;
import dev.blast.solver.Resolution;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A way out: with these relaxations the whole request has an answer, and this is it.
 *
 * @param costs what is let go, and what each of it costs
 * @param changes packages whose version is not the locked one, or where none is locked not the
 *     installed one; and those that are locked and not needed any more
 */
public record Repair(List<Cost> costs, Resolution resolution, int changes) {
    public Repair {
        costs = List.copyOf(costs);
    }

    static Repair of(Relaxed relaxed, Resolution resolution, Preferences preferences) {
        Map<PackageName, Version> there = new HashMap<>(preferences.installed());
        preferences.locked().forEach((name, pin) -> there.put(name, pin.version()));
        long others =
                resolution.pins().stream()
                        .filter(pin -> !Objects.equals(pin.version(), there.get(pin.name())))
                        .count();
        long gone =
                preferences.locked().keySet().stream()
                        .filter(name ->
                                resolution.pins().stream().map(Pin::name).noneMatch(name::equals))
                        .count();
        return new Repair(
                relaxed.relaxations().stream().map(relaxed.prices()::of).toList(),
                resolution,
                Math.toIntExact(others + gone));
    }

    /** What is let go. */
    public List<Relaxation> relaxations() {
        return costs.stream().map(Cost::of).toList();
    }

    public int cost() {
        return costs.stream().mapToInt(Cost::points).sum();
    }
}
