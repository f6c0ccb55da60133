package dev.blast.packaging;

import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the file name of a wheel says (PEP 427): {@code
 * name-version[-build]-interpreter-abi-platform.whl}, with compressed tags expanded. Immutable.
 */
public record WheelName(PackageName name, Version version, @Nullable Build build, Set<Tag> tags) {

    /** The optional build tag, which breaks ties: a number, then text. */
    public record Build(BigInteger number, String suffix) implements Comparable<Build> {
        @Override
        public int compareTo(Build other) {
            int byNumber = number.compareTo(other.number);
            return byNumber != 0 ? byNumber : suffix.compareTo(other.suffix);
        }

        @Override
        public String toString() {
            return number + suffix;
        }
    }

    public WheelName {
        tags = Collections.unmodifiableSet(new LinkedHashSet<>(tags));
    }

    /**
     * Reads a file name.
     *
     * @throws InvalidSyntaxException if it is not the file name of a wheel
     */
    public static WheelName parse(String filename) {
        if (!filename.endsWith(".whl")) {
            throw new InvalidSyntaxException(
                    "a wheel ends with '.whl'", filename, filename.length());
        }
        FileName.requireBare(filename);
        String[] parts = filename.substring(0, filename.length() - ".whl".length()).split("-", -1);
        if (parts.length != 5 && parts.length != 6) {
            throw new InvalidSyntaxException(
                    "the name of a wheel has five or six parts", filename, 0);
        }
        if (parts[0].contains("__")) {
            throw new InvalidSyntaxException("not an escaped package name", filename, 0);
        }
        int tagsFrom = parts.length - 3;
        Build build = parts.length == 6 ? build(parts[2], filename) : null;
        String tags = parts[tagsFrom] + "-" + parts[tagsFrom + 1] + "-" + parts[tagsFrom + 2];
        return new WheelName(
                new PackageName(parts[0]), Version.parse(parts[1]), build, Tag.parse(tags));
    }

    private static Build build(String text, String filename) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0) {
            throw new InvalidSyntaxException(
                    "a build tag begins with a digit", filename, filename.indexOf(text));
        }
        return new Build(new BigInteger(text.substring(0, digits)), text.substring(digits));
    }
}
