package dev.blast.solver;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is there already. A strategy that keeps the current versions chooses the locked one where it
 * still fits, else the installed one; yanked versions are chosen only if they are locked or pinned.
 *
 * @param installers what installed versions came by, where that is known
 * @param lockComplete whether the locked pins say what they require: then no index is asked while
 *     they fit
 */
public record Preferences(
        Map<PackageName, Pin> locked,
        Map<PackageName, Version> installed,
        Map<PackageName, String> installers,
        boolean lockComplete) {

    /** Nothing is locked or installed. */
    public static final Preferences NONE = new Preferences(Map.of(), Map.of(), Map.of(), false);

    public Preferences {
        locked = byName(locked);
        installed = byName(installed);
        installers = byName(installers);
    }

    /** Whoever goes through them finds them in one order; that of {@code Map.copyOf} is drawn. */
    private static <V> Map<PackageName, V> byName(Map<PackageName, V> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }

    /** Versions that are preferred, as far as the index still has them. */
    public Preferences(Map<PackageName, Pin> locked, Map<PackageName, Version> installed) {
        this(locked, installed, false);
    }

    /** The same where nobody says what the installed ones came by. */
    public Preferences(
            Map<PackageName, Pin> locked,
            Map<PackageName, Version> installed,
            boolean lockComplete) {
        this(locked, installed, Map.of(), lockComplete);
    }

    /** The same, and these are what the installed ones came by. */
    public Preferences broughtBy(Map<PackageName, String> installers) {
        return new Preferences(locked, installed, installers, lockComplete);
    }

    /** The same, with nothing known of a package: what an upgrade of it means. */
    public Preferences without(PackageName name) {
        var locked = new HashMap<>(this.locked);
        var installed = new HashMap<>(this.installed);
        locked.remove(name);
        installed.remove(name);
        var installers = new HashMap<>(this.installers);
        installers.remove(name);
        return new Preferences(locked, installed, installers, false);
    }
}
