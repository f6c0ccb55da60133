package dev.blast.solver.repair;

import dev.blast.packaging.Cut;
import dev.blast.packaging.Operator;
import dev.blast.packaging.Span;
import dev.blast.packaging.Specifier;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import dev.blast.packaging.VersionParts;
import dev.blast.packaging.VersionSet;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The versions that a specifier does not let through, by where they lie, and how it reads when it
 * is widened up to one of them.
 *
 * @param versions all that there are, in ascending order
 */
record Surrounding(SpecifierSet specifier, List<Version> versions) {

    /** Where a version lies. */
    enum Side {
        /** Above all that is let through. */
        ABOVE,
        /** Below all that is let through. */
        BELOW,
        /** Between. */
        WITHIN
    }

    private static final Span EVERYTHING = VersionSet.ALL.spans().getFirst();

    /** Release numbers that a bound names at least, where the version has them. */
    private static final int NUMBERS = 2;

    Surrounding {
        versions = List.copyOf(versions);
    }

    /**
     * The versions on a side of a set, the nearest first.
     *
     * @param held not empty
     */
    List<Version> beside(VersionSet held, Side side) {
        List<Version> some =
                versions.stream()
                        .filter(it -> !held.contains(it) && side(held, it) == side)
                        .toList();
        return side == Side.ABOVE ? some : some.reversed();
    }

    private static Side side(VersionSet held, Version version) {
        Cut lowest = held.spans().getFirst().from();
        Cut highest = held.spans().getLast().to();
        if (isBetween(highest, EVERYTHING.to(), version)) {
            return Side.ABOVE;
        }
        return isBetween(EVERYTHING.from(), lowest, version) ? Side.BELOW : Side.WITHIN;
    }

    private static boolean isBetween(Cut from, Cut to, Version version) {
        return from.compareTo(to) < 0
                && new VersionSet(List.of(new Span(from, to))).contains(version);
    }

    /**
     * How many versions there are from the nearest that is let through to each that is not; to one
     * between them it is always one.
     */
    Map<Version, Integer> distances() {
        Map<Version, Integer> distances = new HashMap<>();
        for (Side side : Side.values()) {
            List<Version> beside = beside(specifier.versions(), side);
            for (int place = 0; place < beside.size(); place++) {
                distances.put(beside.get(place), side == Side.WITHIN ? 1 : place + 1);
            }
        }
        return distances;
    }

    /**
     * The specifier, so widened that it lets the version through. The bound on the other side
     * stays; where there was an upper one, the next major version is the new one.
     */
    SpecifierSet widenedTo(Version version) {
        SpecifierSet widened =
                specifier.isPin()
                        ? SpecifierSet.parse("==" + version)
                        : switch (side(specifier.versions(), version)) {
                            case ABOVE -> upTo(version.withoutLocal());
                            case BELOW -> downTo(version.withoutLocal());
                            case WITHIN -> without(version);
                        };
        return widened.contains(version) ? widened : SpecifierSet.parse("==" + version);
    }

    private SpecifierSet upTo(Version version) {
        List<String> clauses = new ArrayList<>(lower());
        if (clauses.isEmpty()) {
            clauses.add(">=" + shortened(version));
        }
        clauses.add("<" + behind(version.parts(), 1));
        return with(clauses);
    }

    private SpecifierSet downTo(Version version) {
        List<String> clauses = new ArrayList<>(List.of(">=" + shortened(version)));
        clauses.addAll(upper());
        return with(clauses);
    }

    /** With those versions still left out that are among what is let through. */
    private SpecifierSet with(List<String> clauses) {
        SpecifierSet bounds = SpecifierSet.parse(String.join(",", clauses));
        String left =
                specifier.specifiers().stream()
                        .filter(it -> it.operator() == Operator.NOT_EQUAL)
                        .filter(it -> !it.versions().not().isDisjoint(bounds.versions()))
                        .map(it -> "," + it)
                        .collect(Collectors.joining());
        return SpecifierSet.parse(String.join(",", clauses) + left);
    }

    private SpecifierSet without(Version version) {
        return new SpecifierSet(
                specifier.specifiers().stream().filter(it -> it.contains(version)).toList());
    }

    /** The lower bounds, as clauses of their own. */
    private List<String> lower() {
        List<String> lower = new ArrayList<>();
        for (Specifier clause : specifier.specifiers()) {
            switch (clause.operator()) {
                case AT_LEAST, GREATER -> lower.add(clause.toString());
                case COMPATIBLE -> lower.add(">=" + clause.version());
                case EQUAL -> lower.add(">=" + number(clause));
                case IDENTICAL, NOT_EQUAL, AT_MOST, LESS -> {}
            }
        }
        return lower;
    }

    /** The upper bounds, as clauses of their own. */
    private List<String> upper() {
        List<String> upper = new ArrayList<>();
        for (Specifier clause : specifier.specifiers()) {
            switch (clause.operator()) {
                case AT_MOST, LESS -> upper.add(clause.toString());
                case COMPATIBLE, EQUAL -> {
                    VersionParts parts = Version.parse(number(clause)).parts();
                    int numbers = parts.release().size();
                    upper.add(
                            "<"
                                    + behind(
                                            parts,
                                            clause.operator() == Operator.EQUAL
                                                    ? numbers
                                                    : numbers - 1));
                }
                case IDENTICAL, NOT_EQUAL, AT_LEAST, GREATER -> {}
            }
        }
        return upper;
    }

    private static String number(Specifier clause) {
        String version = clause.version();
        return version.endsWith(".*") ? version.substring(0, version.length() - 2) : version;
    }

    /** The first release that does not begin with the first numbers of this one. */
    private static String behind(VersionParts parts, int numbers) {
        List<BigInteger> release = new ArrayList<>(parts.release().subList(0, numbers));
        release.set(numbers - 1, release.getLast().add(BigInteger.ONE));
        return release(parts, release);
    }

    private static String release(VersionParts parts, List<BigInteger> release) {
        return new VersionParts(parts.epoch(), release, null, null, null, null, null).toString();
    }

    /** The shortest beginning of a version below which the same versions are. */
    private Version shortened(Version version) {
        VersionParts parts = version.parts();
        for (int numbers = NUMBERS; numbers < parts.release().size(); numbers++) {
            Version shorter = Version.parse(release(parts, parts.release().subList(0, numbers)));
            if (shorter.compareTo(version) <= 0
                    && versions.stream()
                            .noneMatch(it ->
                                    it.compareTo(shorter) >= 0 && it.compareTo(version) < 0)) {
                return shorter;
            }
        }
        return version;
    }
}
