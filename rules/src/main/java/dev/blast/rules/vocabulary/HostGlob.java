package dev.blast.rules.vocabulary;

import dev.blast.packaging.Host;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A pattern over hosts in the one form that hosts have: label by label, as {@link Host} does. */
public final class HostGlob {
    private HostGlob() {}

    /**
     * Reads a pattern over hosts.
     *
     * @throws IllegalArgumentException with what is wrong with it
     */
    public static Glob of(String text) {
        return Glob.of(hasStar(text) ? labels(text) : Host.written(text).text(), Glob.HOST);
    }

    private static String labels(String text) {
        String bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return Arrays.stream(bare.split("\\.", -1))
                .map(HostGlob::label)
                .collect(Collectors.joining("."));
    }

    private static String label(String label) {
        if (!hasStar(label)) {
            return Host.lower(ascii(label));
        }
        if (label.chars().anyMatch(c -> c >= 0x80)) {
            throw new IllegalArgumentException(
                    "'"
                            + label
                            + "': a star stands for letters of the form with xn--, not for these");
        }
        return Host.lower(label);
    }

    /** A label of digits stays one: alone it would be an address. */
    private static String ascii(String label) {
        return label.chars().allMatch(c -> c < 0x80) ? label : Host.written(label).text();
    }

    private static boolean hasStar(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }
}
