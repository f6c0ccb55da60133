package dev.blast.solver;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import java.util.Map;

/**
 * What is there already. A strategy that keeps the current versions chooses the locked one where it
 * still fits, else the installed one; yanked versions are chosen only if they are locked or pinned.
 */
public record Preferences(Map<PackageName, Pin> locked, Map<PackageName, Version> installed) {

    /** Nothing is locked or installed. */
    public static final Preferences NONE = new Preferences(Map.of(), Map.of());

    public Preferences {
        locked = Map.copyOf(locked);
        installed = Map.copyOf(installed);
    }

    /** Nothing is known of a package: what {@code --upgrade NAME} means. */
    public Preferences without(PackageName name) {
        var locked = new java.util.HashMap<>(this.locked);
        var installed = new java.util.HashMap<>(this.installed);
        locked.remove(name);
        installed.remove(name);
        return new Preferences(locked, installed);
    }
}
