package dev.blast.solver.search;

import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.solver.Note;
import dev.blast.solver.Pin;
import dev.blast.solver.RootRequirement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The requirements that an answer does not meet, because a person overrides them. Pure. */
final class Replaced {
    private final Map<PackageName, Pin> pins = new HashMap<>();
    private final Map<PackageName, RootRequirement> overrides = new HashMap<>();
    private final List<Note> notes = new ArrayList<>();

    private Replaced() {}

    static List<Note> notes(List<RootRequirement> said, List<Pin> pins, MarkerEnvironment markers) {
        var replaced = new Replaced();
        pins.forEach(pin -> replaced.pins.put(pin.name(), pin));
        said.stream()
                .filter(RootRequirement::isOverride)
                .filter(root -> root.requirement().appliesTo(markers, Set.of()))
                .forEach(root -> replaced.overrides.putIfAbsent(root.requirement().name(), root));
        for (RootRequirement root : said) {
            if (!root.constraint() && root.written().appliesTo(markers, Set.of())) {
                replaced.compare(root.origin(), root.written(), !root.editable());
            }
        }
        for (Pin pin : pins) {
            pin.dependencies().forEach(need -> replaced.compare(pin.toString(), need, true));
        }
        return replaced.notes;
    }

    /**
     * @param letsGo whether the address counts no more that it names
     */
    private void compare(String requirer, Requirement requirement, boolean letsGo) {
        Pin pin = pins.get(requirement.name());
        RootRequirement override = overrides.get(requirement.name());
        if (pin != null
                && override != null
                && ((letsGo && requirement.url() != null)
                        || !requirement.specifier().contains(pin.version(), true))) {
            notes.add(
                    new Note.Overridden(
                            pin.name(), pin.version(), requirer, requirement, override.origin()));
        }
    }
}
