package dev.blast.environment.advisories;

import dev.blast.packaging.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The versions that have a hole. A local version ({@code 1.0+cu121}) has what the version has that
 * it was made of.
 *
 * @param ranges in the order in which they were written
 * @param versions single ones that lie in no range, in ascending order
 */
public record Affected(List<Range> ranges, List<Version> versions) {
    private static final String UP_TO = "<";
    private static final String WITH = "<=";

    public Affected {
        ranges = List.copyOf(ranges);
        versions = List.copyOf(versions);
    }

    /**
     * Versions that follow each other.
     *
     * @param from the first; null for the beginning of all
     * @param to the first that is mended, or the last that is not; null where none is mended
     * @param including whether {@code to} still has the hole
     */
    public record Range(@Nullable Version from, @Nullable Version to, boolean including) {
        boolean contains(Version version) {
            if (from != null && version.compareTo(from) < 0) {
                return false;
            }
            int behind = to == null ? -1 : version.compareTo(to);
            return behind < 0 || (including && behind == 0);
        }

        private String text() {
            String begin = from == null ? "" : from.toString();
            return begin + (including ? WITH : UP_TO) + (to == null ? "" : to);
        }
    }

    /** An event of a range (OSV 1.6, {@code affected[].ranges[].events}). */
    public record Event(Kind kind, @Nullable Version version) {

        /** In the order in which events at one version happen: the careful one counts. */
        enum Kind {
            FIXED,
            INTRODUCED,
            LAST_AFFECTED
        }

        /** From the first version on, or from the very beginning (null). */
        public static Event introduced(@Nullable Version version) {
            return new Event(Kind.INTRODUCED, version);
        }

        /** That version has it no more. */
        public static Event fixed(Version version) {
            return new Event(Kind.FIXED, version);
        }

        /** That version is the last that has it. */
        public static Event lastAffected(Version version) {
            return new Event(Kind.LAST_AFFECTED, version);
        }
    }

    /** What the events of one range say, whatever their order: they count by their versions. */
    public static List<Range> ranges(List<Event> events) {
        List<Event> sorted =
                events.stream()
                        .sorted(
                                Comparator.comparing(
                                                Event::version,
                                                Comparator.nullsFirst(Comparator.naturalOrder()))
                                        .thenComparing(Event::kind))
                        .toList();
        List<Range> ranges = new ArrayList<>();
        boolean open = false;
        Version from = null;
        for (Event event : sorted) {
            switch (event.kind()) {
                case INTRODUCED -> {
                    from = open ? from : event.version();
                    open = true;
                }
                case FIXED, LAST_AFFECTED -> {
                    if (open) {
                        boolean including = event.kind() == Event.Kind.LAST_AFFECTED;
                        ranges.add(new Range(from, event.version(), including));
                    }
                    open = false;
                }
            }
        }
        if (open) {
            ranges.add(new Range(from, null, false));
        }
        return ranges;
    }

    /** Of single versions those are kept that no range says anyway. */
    public static Affected of(Set<Range> ranges, Set<Version> versions) {
        var others = new TreeSet<Version>();
        for (Version version : versions) {
            if (ranges.stream().noneMatch(range -> range.contains(version))) {
                others.add(version);
            }
        }
        return new Affected(List.copyOf(ranges), List.copyOf(others));
    }

    boolean isEmpty() {
        return ranges.isEmpty() && versions.isEmpty();
    }

    /** Whether a version has the hole. */
    public boolean contains(Version version) {
        Version made = version.withoutLocal();
        return ranges.stream().anyMatch(range -> range.contains(made)) || versions.contains(made);
    }

    /** The nearest later version that is named and does not have the hole. */
    public Optional<Version> mendedAfter(Version version) {
        return mendings().filter(it -> it.compareTo(version) > 0).findFirst();
    }

    /** All versions that are named as mended, in ascending order. */
    Stream<Version> mendings() {
        return ranges.stream()
                .filter(range -> !range.including())
                .map(Range::to)
                .flatMap(Stream::ofNullable)
                .filter(it -> !contains(it))
                .distinct()
                .sorted();
    }

    /** Words without spaces in them: {@code 1.0<1.2 <=0.9 2.0< 3.1}. */
    String text() {
        return Stream.concat(
                        ranges.stream().map(Range::text), versions.stream().map(Version::toString))
                .reduce((one, other) -> one + " " + other)
                .orElse("");
    }

    /**
     * What {@link #text} wrote.
     *
     * @param known versions that were read before: holes of one package name the same few
     */
    static Affected parse(String text, Map<String, Version> known) {
        List<Range> ranges = new ArrayList<>();
        List<Version> versions = new ArrayList<>();
        for (String word : text.split(" ", -1)) {
            int at = word.indexOf('<');
            if (at < 0) {
                versions.add(version(word, known));
                continue;
            }
            boolean including = word.startsWith(WITH, at);
            String to = word.substring(at + (including ? WITH : UP_TO).length());
            ranges.add(
                    new Range(
                            at == 0 ? null : version(word.substring(0, at), known),
                            to.isEmpty() ? null : version(to, known),
                            including));
        }
        return new Affected(ranges, versions);
    }

    private static Version version(String text, Map<String, Version> known) {
        return known.computeIfAbsent(text, Version::parse);
    }
}
