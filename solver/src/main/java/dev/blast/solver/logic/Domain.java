package dev.blast.solver.logic;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.packaging.VersionSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The versions of one package that there are, in ascending order, and the states that a node of it
 * may be in. For one thread.
 */
public final class Domain {
    private final PackageName name;
    private final List<Version> versions;
    private final States anything;
    private final String absence;
    private final Map<VersionSet, States> accepted = new HashMap<>();

    public Domain(PackageName name, List<Version> versions) {
        this(name, versions, "");
    }

    /** A package without versions, and why: a clause that begins after "which". */
    public static Domain without(PackageName name, String why) {
        return new Domain(name, List.of(), why);
    }

    /**
     * The versions there are of a package.
     *
     * @param aside what was passed over beside these versions, as a sentence without its end; empty
     *     for nothing
     */
    public static Domain of(PackageName name, List<Version> versions, String aside) {
        return new Domain(name, versions, aside);
    }

    private Domain(PackageName name, List<Version> versions, String absence) {
        this.name = name;
        this.versions = List.copyOf(versions);
        this.anything = States.all(versions.size() + 1);
        this.absence = absence;
    }

    public PackageName name() {
        return name;
    }

    public List<Version> versions() {
        return versions;
    }

    /**
     * Why there are no versions, where there are none: continues "which"; else what was passed over
     * beside them.
     */
    public String absence() {
        return absence;
    }

    States anything() {
        return anything;
    }

    /** Any version at all. */
    public States present() {
        return anything.without(States.ABSENT);
    }

    public Version version(int state) {
        return versions.get(state - 1);
    }

    /** The state of being at a version; {@link States#ABSENT} where there is no such version. */
    public int state(Version version) {
        int index = Collections.binarySearch(versions, version);
        return index < 0 ? States.ABSENT : index + 1;
    }

    /** The known versions of a set. */
    public States accepted(VersionSet set) {
        return accepted.computeIfAbsent(set, this::select);
    }

    private States select(VersionSet set) {
        int[] states =
                IntStream.rangeClosed(1, versions.size())
                        .filter(state -> set.contains(version(state)))
                        .toArray();
        return States.of(anything.size(), states);
    }
}
