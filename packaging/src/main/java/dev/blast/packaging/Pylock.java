package dev.blast.packaging;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A lock file (PEP 751): the packages to install, with their files and hashes. Immutable. As a map
 * it is what {@code pylock.toml} says, in the order of the standard.
 *
 * @param lockVersion 1.x; another major version is refused, a newer minor one is read as 1.0
 * @param environments where the lock file may be used; empty for anywhere
 * @param createdBy the program that wrote it
 * @param tool the {@code [tool]} table, empty where there is none
 */
public record Pylock(
        Version lockVersion,
        List<Marker> environments,
        @Nullable SpecifierSet requiresPython,
        List<ExtraName> extras,
        List<ExtraName> dependencyGroups,
        List<ExtraName> defaultGroups,
        String createdBy,
        List<LockedPackage> packages,
        Map<String, Object> tool) {

    /** The version that is written. */
    public static final Version CURRENT = Version.parse("1.0");

    public Pylock {
        environments = List.copyOf(environments);
        extras = List.copyOf(extras);
        dependencyGroups = List.copyOf(dependencyGroups);
        defaultGroups = List.copyOf(defaultGroups);
        packages = List.copyOf(packages);
        tool = Collections.unmodifiableMap(new LinkedHashMap<>(tool));
        if (lockVersion.major() != CURRENT.major()) {
            throw new IllegalArgumentException("not a lock file of version 1.x: " + lockVersion);
        }
    }

    /**
     * From a parsed document.
     *
     * @throws InvalidDocumentException if the document breaks the standard
     */
    public static Pylock of(Map<String, ?> toml) {
        return of(toml, Locator.NONE);
    }

    /**
     * From a parsed document whose lines are known.
     *
     * @throws InvalidDocumentException if the document breaks the standard
     */
    public static Pylock of(Map<String, ?> toml, Locator locator) {
        Table document = Table.root(toml, locator);
        Table tool = document.optionalTable("tool");
        Version lockVersion = document.parsed("lock-version", Version::parse);
        if (lockVersion.major() != CURRENT.major()) {
            throw document.error(
                    "a lock file of version %s; up to 1.x can be read".formatted(lockVersion),
                    "lock-version");
        }
        if (!document.has("packages")) {
            throw document.error("'packages' is missing");
        }
        return new Pylock(
                lockVersion,
                document.list("environments", Marker::parse),
                document.optional("requires-python", SpecifierSet::parse),
                document.list("extras", ExtraName::new),
                document.list("dependency-groups", ExtraName::new),
                document.list("default-groups", ExtraName::new),
                document.text("created-by"),
                document.tables("packages").stream().map(LockedPackage::of).toList(),
                tool == null ? Map.of() : tool.toMap());
    }

    /** The same with these packages alone. */
    public Pylock only(Set<PackageName> names) {
        return new Pylock(
                lockVersion,
                environments,
                requiresPython,
                extras,
                dependencyGroups,
                defaultGroups,
                createdBy,
                packages.stream().filter(locked -> names.contains(locked.name())).toList(),
                tool);
    }

    /** What to install somewhere, or why nothing can be. */
    public sealed interface Selection {
        /** Each package once, in the order of the lock file. */
        record Selected(List<LockedPackage> packages) implements Selection {
            public Selected {
                packages = List.copyOf(packages);
            }
        }

        /** The lock file was not made for there, or contradicts itself. */
        record Refused(String reason) implements Selection {}
    }

    /**
     * What to install there.
     *
     * @param groups the dependency groups asked for; pass {@link #defaultGroups} where nobody asked
     */
    public Selection select(
            MarkerEnvironment environment, Set<ExtraName> extras, Set<ExtraName> groups) {
        String python = environment.pythonFullVersion();
        if (requiresPython != null && !requiresPython.contains(python)) {
            return new Selection.Refused(
                    "the lock file is for Python %s, this is %s".formatted(requiresPython, python));
        }
        if (!environments.isEmpty()
                && environments.stream()
                        .noneMatch(marker -> marker.evaluate(environment, Set.of()))) {
            return new Selection.Refused(
                    "the lock file is for other environments: %s".formatted(environments));
        }
        var selected = new LinkedHashMap<PackageName, LockedPackage>();
        for (LockedPackage locked : packages) {
            if (locked.marker() != null
                    && !locked.marker().evaluateLocked(environment, extras, groups)) {
                continue;
            }
            if (locked.requiresPython() != null && !locked.requiresPython().contains(python)) {
                return new Selection.Refused(
                        "%s is locked for Python %s, this is %s"
                                .formatted(locked.name(), locked.requiresPython(), python));
            }
            if (selected.put(locked.name(), locked) != null) {
                return new Selection.Refused(
                        "%s is locked twice for this environment".formatted(locked.name()));
            }
        }
        return new Selection.Selected(List.copyOf(selected.values()));
    }

    /** The document to write as {@code pylock.toml}. */
    public Map<String, Object> toMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("lock-version", lockVersion.toString());
        putTexts(map, "environments", environments);
        if (requiresPython != null) {
            map.put("requires-python", requiresPython.toString());
        }
        // Empty ones are written too: that says that the project has none (PEP 751).
        map.put("extras", texts(extras));
        map.put("dependency-groups", texts(dependencyGroups));
        putTexts(map, "default-groups", defaultGroups);
        map.put("created-by", createdBy);
        map.put("packages", packages.stream().map(LockedPackage::toMap).toList());
        if (!tool.isEmpty()) {
            map.put("tool", tool);
        }
        return map;
    }

    private static void putTexts(Map<String, Object> map, String key, List<?> values) {
        if (!values.isEmpty()) {
            map.put(key, texts(values));
        }
    }

    private static List<String> texts(List<?> values) {
        var texts = new ArrayList<String>();
        values.forEach(value -> texts.add(value.toString()));
        return texts;
    }
}
