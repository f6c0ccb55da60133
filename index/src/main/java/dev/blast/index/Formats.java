package dev.blast.index;

import dev.blast.packaging.PackageName;
import java.util.HashMap;
import java.util.Map;

/**
 * Of which kinds of files packages may be taken, as people say it by {@code --no-build}, {@code
 * --no-binary NAME}, {@code --only-binary NAME} and the like.
 *
 * @param named what is said of single packages, which goes before
 * @param others of all others
 */
public record Formats(Map<PackageName, Format> named, Format others) {
    /** Wheels, and where a version has none for the target, its source. */
    public static final Formats ANY = new Formats(Map.of(), Format.ANY);

    /** Nothing is built. */
    public static final Formats WHEELS = new Formats(Map.of(), new Format(true, false, ""));

    /**
     * What may be taken of a package.
     *
     * @param by where a person says so; empty where nobody does
     */
    public record Format(boolean wheels, boolean sources, String by) {
        /** Of both kinds. */
        public static final Format ANY = new Format(true, true, "");
    }

    public Formats {
        named = Map.copyOf(named);
    }

    /** What is said here, and where nothing is, what others say. */
    public Formats over(Formats below) {
        var all = new HashMap<PackageName, Format>();
        if (others.by().isEmpty()) {
            all.putAll(below.named);
        }
        all.putAll(named);
        return new Formats(all, others.by().isEmpty() ? below.others : others);
    }

    public Format of(PackageName name) {
        return named.getOrDefault(name, others);
    }

    /** Whether nothing may be built, whatever it is. */
    public boolean buildsNothing() {
        return !others.sources() && named.values().stream().noneMatch(Format::sources);
    }
}
