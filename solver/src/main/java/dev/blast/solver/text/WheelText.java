package dev.blast.solver.text;

import dev.blast.packaging.Tag;
import dev.blast.packaging.Version;
import dev.blast.packaging.Visible;
import dev.blast.packaging.WheelName;
import dev.blast.solver.Obstacle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the wheels are for that there are, where none is for the target. */
final class WheelText {
    /** The tag of an interpreter with a minor version of its own (PEP 425). */
    private static final Pattern MINOR = Pattern.compile("(?:cp|py)(\\d)(\\d+)");

    /** A platform tag of Linux (PEP 513, 571, 599, 600, 656): the C library, then the processor. */
    private static final Pattern LINUX =
            Pattern.compile("(manylinux|musllinux|linux)(?:\\d+|_\\d+_\\d+)?_(\\w+)");

    private WheelText() {}

    /**
     * The rest of a sentence about versions whose wheels are for something else: {@code no wheel
     * for Python 3.12.1 (only for 3.6 to 3.10)}.
     *
     * @param obstacles of one version each, of one target
     */
    static String of(List<Obstacle.WrongPlatform> obstacles) {
        Version python = obstacles.getFirst().python();
        Set<Tag> tags =
                obstacles.stream()
                        .flatMap(obstacle -> obstacle.wheels().stream())
                        .map(WheelName::tags)
                        .flatMap(Collection::stream)
                        .collect(Collectors.toSet());
        Set<String> platforms =
                tags.stream()
                        .filter(tag -> isFor(python, tag))
                        .map(tag -> platform(tag.platform()))
                        .collect(Collectors.toCollection(TreeSet::new));
        String what =
                platforms.isEmpty()
                        ? "no wheel for Python " + python
                        : "no wheel for this platform";
        String others =
                platforms.isEmpty() ? pythons(tags) : Phrases.listed(List.copyOf(platforms), "and");
        boolean source = obstacles.stream().allMatch(Obstacle.WrongPlatform::source);
        return "%s (only for %s%s)"
                .formatted(what, Visible.of(others), source ? ", and a source distribution" : "");
    }

    private static boolean isFor(Version python, Tag tag) {
        Minor minor = minor(tag.interpreter());
        if (minor == null) {
            return tag.interpreter().equals("py" + python.major());
        }
        boolean isStable = tag.abi().equals("abi3") || tag.interpreter().startsWith("py");
        return minor.major() == python.major()
                && (isStable ? minor.minor() <= python.minor() : minor.minor() == python.minor());
    }

    private record Minor(int major, int minor) implements Comparable<Minor> {
        @Override
        public int compareTo(Minor other) {
            return major == other.major
                    ? Integer.compare(minor, other.minor)
                    : Integer.compare(major, other.major);
        }

        boolean isBefore(Minor other) {
            return major == other.major && minor + 1 == other.minor;
        }

        @Override
        public String toString() {
            return major + "." + minor;
        }
    }

    private static @Nullable Minor minor(String interpreter) {
        Matcher matcher = MINOR.matcher(interpreter);
        return matcher.matches() && matcher.group(2).length() <= 2
                ? new Minor(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
                : null;
    }

    /** {@code 2.7 and 3.6 to 3.10}; interpreters without a minor version by their tag. */
    private static String pythons(Set<Tag> tags) {
        var minors = new TreeSet<Minor>();
        var others = new TreeSet<String>();
        for (Tag tag : tags) {
            Minor minor = minor(tag.interpreter());
            if (minor == null) {
                others.add(tag.interpreter());
            } else {
                minors.add(minor);
            }
        }
        List<String> runs = runs(List.copyOf(minors));
        return Phrases.listed(runs.isEmpty() ? List.copyOf(others) : runs, "and");
    }

    private static List<String> runs(List<Minor> minors) {
        var runs = new ArrayList<String>();
        int first = 0;
        for (int i = 0; i < minors.size(); i++) {
            boolean ends = i + 1 == minors.size() || !minors.get(i).isBefore(minors.get(i + 1));
            if (ends) {
                runs.add(
                        first == i
                                ? minors.get(i).toString()
                                : minors.get(first) + " to " + minors.get(i));
                first = i + 1;
            }
        }
        return runs;
    }

    /** The system that a platform tag is for, with the processor where that is all that differs. */
    private static String platform(String tag) {
        if (tag.startsWith("win")) {
            return "Windows";
        }
        if (tag.startsWith("macosx")) {
            return "macOS";
        }
        Matcher linux = LINUX.matcher(tag);
        if (!linux.matches()) {
            return tag;
        }
        return (linux.group(1).equals("musllinux") ? "musl Linux on " : "Linux on ")
                + linux.group(2);
    }
}
