package dev.blast.environment.sync;

import dev.blast.environment.interpreter.Elsewhere;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.packaging.InterpreterTraits;
import dev.blast.packaging.Marker;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.MarkerSet;
import dev.blast.packaging.PlatformName;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.TagSet;
import dev.blast.packaging.Version;
import dev.blast.solver.Target;
import dev.blast.solver.lock.LockFile;
import dev.blast.solver.lock.LockPlace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which machines and versions of Python a lock can be made for besides the interpreter at hand. An
 * ordinary CPython stands for each.
 */
final class LockPlaces {
    /** What most people have; uv locks for the same unless it is told otherwise. */
    private static final List<String> USUAL =
            List.of(
                    "x86_64-unknown-linux-gnu",
                    "aarch64-unknown-linux-gnu",
                    "aarch64-apple-darwin",
                    "x86_64-pc-windows-msvc");

    private static final List<String> KNOWN =
            Stream.concat(
                            USUAL.stream(),
                            Stream.of(
                                    "x86_64-apple-darwin",
                                    "aarch64-pc-windows-msvc",
                                    "i686-pc-windows-msvc"))
                    .toList();

    /** The newest Python that wheels are made for. */
    private static final int NEWEST = 14;

    private static final int OLDEST = 8;

    /** No minor version has so many. */
    private static final int LAST_PATCH = 99;

    private final Interpreter here;

    LockPlaces(Interpreter here) {
        this.here = here;
    }

    /**
     * A minor version of Python on a platform.
     *
     * @param platform null for the machine at hand
     */
    record Minor(@Nullable PlatformName platform, int minor) {
        Elsewhere at(int patch) {
            return new Elsewhere(Optional.ofNullable(platform), Optional.of(version(minor, patch)));
        }
    }

    /** Patch versions of a minor version, the last of them excluded. */
    record Patches(int from, int to) {
        MarkerSet of(int minor) {
            return where("python_version == '3.%d'".formatted(minor))
                    .minus(before(minor, from))
                    .and(to > LAST_PATCH ? MarkerSet.End.ALL : before(minor, to));
        }

        private static MarkerSet before(int minor, int patch) {
            return patch == 0
                    ? MarkerSet.End.NONE
                    : where("python_full_version < '%s'".formatted(version(minor, patch)));
        }

        private static MarkerSet where(String marker) {
            return MarkerSet.of(Marker.parse(marker));
        }

        /** Behind the name of the minor version. */
        String words(int minor) {
            return to > LAST_PATCH
                    ? ", from %s on".formatted(version(minor, from))
                    : ", before " + version(minor, to);
        }

        boolean contains(int patch) {
            return from <= patch && patch < to;
        }
    }

    private static Version version(int minor, int patch) {
        return Version.parse("3.%d.%d".formatted(minor, patch));
    }

    /**
     * What people have whom a project is for: Pythons that it lets through, or from the one at hand
     * on where it does not say.
     */
    List<Minor> usual(@Nullable SpecifierSet requiresPython) {
        return minors(USUAL).stream()
                .filter(it ->
                        requiresPython == null
                                ? it.minor() >= here.version().minor()
                                : requiresPython.contains(version(it.minor(), LAST_PATCH), true))
                .toList();
    }

    /** What a lock says it is for. */
    List<Minor> of(LockFile lock) {
        return minors(KNOWN).stream()
                .filter(it ->
                        patches(lock.turns(), it.minor()).stream()
                                .anyMatch(patches -> lock.isFor(target(it, patches))))
                .toList();
    }

    private List<Minor> minors(List<String> names) {
        var minors = new ArrayList<Minor>();
        var platforms = new ArrayList<@Nullable PlatformName>();
        names.stream()
                .map(PlatformName::of)
                .map(it -> isHere(it) ? null : it)
                .forEach(platforms::add);
        if (!platforms.contains(null)) {
            platforms.add(null);
        }
        for (PlatformName platform : platforms) {
            for (int minor = OLDEST; minor <= Math.max(NEWEST, here.version().minor()); minor++) {
                minors.add(new Minor(platform, minor));
            }
        }
        return minors;
    }

    private boolean isHere(PlatformName platform) {
        MarkerEnvironment there = platform.markers(here.version());
        return there.sysPlatform().equals(here.markers().sysPlatform())
                && there.platformMachine().equals(here.markers().platformMachine());
    }

    /** Whether it is the minor version of the interpreter at hand, on this machine. */
    boolean isHere(Minor place) {
        return place.platform() == null
                && place.minor() == here.version().minor()
                && here.implementation().equals("cpython");
    }

    /** How the patch versions of a minor version fall apart where these begin something new. */
    static List<Patches> patches(Set<Version> turns, int minor) {
        var from = new TreeSet<Integer>(Set.of(0));
        for (Version turn : turns) {
            if (turn.major() == 3 && turn.minor() == minor && turn.micro() <= LAST_PATCH) {
                from.add(turn.micro());
            }
        }
        var patches = new ArrayList<Patches>();
        for (Integer first : from) {
            Integer next = from.higher(first);
            patches.add(new Patches(first, next == null ? LAST_PATCH + 1 : next));
        }
        return patches;
    }

    /** The patch version that stands for others: the one at hand, else the last. */
    int standing(Minor place, Patches patches) {
        return isHere(place) && patches.contains(here.version().micro())
                ? here.version().micro()
                : patches.to() - 1;
    }

    Interpreter interpreter(Minor place, Patches patches) {
        return place.at(standing(place, patches)).of(here);
    }

    private Target target(Minor place, Patches patches) {
        return interpreter(place, patches).target();
    }

    /** The same as a place of a lock, for an interpreter of it. */
    LockPlace place(Minor place, Patches patches, Target target) {
        return new LockPlace(target, patches.of(place.minor()), wheels(place, target));
    }

    /** Of any age of the system: who installs there has another one. */
    private TagSet wheels(Minor place, Target target) {
        MarkerEnvironment markers = target.markers();
        String machine = markers.platformMachine();
        List<String> platforms =
                switch (markers.sysPlatform()) {
                    case "linux" ->
                            Stream.of("manylinux_2_99_" + machine, "musllinux_1_9_" + machine)
                                    .flatMap(tag -> PlatformName.of(tag).tags().stream())
                                    .toList();
                    case "darwin" -> PlatformName.of("macosx_99_0_" + machine).tags();
                    default -> place.platform() == null ? List.of() : place.platform().tags();
                };
        return platforms.isEmpty()
                ? target.tags()
                : InterpreterTraits.cpython(target.python(), platforms);
    }

    /** Of a lock that is made for several: the platforms in one order, then the oldest Python. */
    static final Comparator<LockPlace> ORDER =
            Comparator.<LockPlace>comparingInt(it -> rank(it.target().markers()))
                    .thenComparing(it -> it.target().markers().implementationName())
                    .thenComparing(it -> it.target().python());

    private static int rank(MarkerEnvironment markers) {
        for (int i = 0; i < KNOWN.size(); i++) {
            MarkerEnvironment known = PlatformName.of(KNOWN.get(i)).markers(version(NEWEST, 0));
            if (known.sysPlatform().equals(markers.sysPlatform())
                    && known.platformMachine().equals(markers.platformMachine())) {
                return i;
            }
        }
        return KNOWN.size();
    }
}
