package dev.blast.index.settings;

import dev.blast.index.Formats;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.PackageName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts together what {@code --only-binary} and {@code --no-binary} say, in the order of the words:
 * each takes names with commas between them, {@code :all:} and {@code :none:}, and the last word on
 * a package counts. For one thread.
 *
 * <p>Source: pip's documentation of these options, and its {@code format_control.py}.
 */
public final class FormatWords {
    private static final String ALL = ":all:";
    private static final String NONE = ":none:";

    /** A kind that is left out. */
    private enum Without {
        WHEELS,
        SOURCES
    }

    private final Map<PackageName, Formats.Format> named = new HashMap<>();
    private Formats.Format others = Formats.Format.ANY;

    /**
     * Nothing is built of these.
     *
     * @param by who says so, as proofs name it
     * @throws InvalidSyntaxException for what is no name of a package
     */
    public FormatWords onlyBinary(String value, String by) {
        return add(value, by, Without.SOURCES);
    }

    /** These are always built; the rest as above. */
    public FormatWords noBinary(String value, String by) {
        return add(value, by, Without.WHEELS);
    }

    private FormatWords add(String value, String by, Without without) {
        var format = new Formats.Format(without == Without.SOURCES, without == Without.WHEELS, by);
        List<String> names = List.of(value.split(",", -1));
        int last = names.lastIndexOf(ALL);
        if (last >= 0) {
            named.clear();
            others = format;
        }
        for (String name : names.subList(last + 1, names.size())) {
            if (name.equals(NONE)) {
                named.values().removeIf(it -> isLike(it, format));
                others = isLike(others, format) ? Formats.Format.ANY : others;
            } else {
                named.put(new PackageName(name.strip()), format);
            }
        }
        return this;
    }

    private static boolean isLike(Formats.Format one, Formats.Format other) {
        return one.wheels() == other.wheels() && one.sources() == other.sources();
    }

    public Formats formats() {
        return new Formats(named, others);
    }
}
