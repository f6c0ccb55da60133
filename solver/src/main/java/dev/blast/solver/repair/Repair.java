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
 * @param changes packages whose version is not the locked one, or where none is locked not the
 *     installed one; and those that are locked and not needed any more
 */
public record Repair(List<Relaxation> relaxations, Resolution resolution, int changes) {
    public Repair {
        relaxations = List.copyOf(relaxations);
    }

    static Repair of(List<Relaxation> relaxations, Resolution resolution, Preferences preferences) {
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
        return new Repair(relaxations, resolution, Math.toIntExact(others + gone));
    }

    public int cost() {
        return relaxations.stream().mapToInt(Relaxation::cost).sum();
    }
}
