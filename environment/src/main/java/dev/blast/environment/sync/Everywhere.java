package dev.blast.environment.sync;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.project.CurrentLock;
import dev.blast.environment.project.Project;
import dev.blast.environment.project.PythonNeed;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.solver.Pin;
import dev.blast.solver.Progress;
import dev.blast.solver.Proof;
import dev.blast.solver.Resolution;
import dev.blast.solver.lock.LockFile;
import dev.blast.solver.lock.LockPlace;
import dev.blast.solver.search.RememberedIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Chooses versions for the other places of a lock that is made for several: each is asked as a sync
 * there would ask, by the same rules. For one sync.
 */
final class Everywhere {
    private final Sync.Tools tools;
    private final Situation here;
    private final LockPlaces places;
    private final Map<Map<PackageName, String>, Index> indexes = new HashMap<>();
    private final List<Answered> answers = new ArrayList<>();
    private final List<LockedElsewhere.LeftOut> leftOut = new ArrayList<>();

    /**
     * Versions for a place.
     *
     * @param situation as a sync finds it there
     * @param here whether it is for the interpreter at hand
     */
    record Answered(LockPlace place, Situation situation, Resolution resolution, boolean here) {}

    private Everywhere(Sync.Tools tools, Situation here, Index index) {
        this.tools = tools;
        this.here = here;
        this.places = new LockPlaces(here.interpreter());
        indexes.put(here.bound(), new RememberedIndex(index));
    }

    /** What is locked of an answer for the interpreter at hand alone. */
    static Locked alone(Situation situation, Resolution resolution) {
        var place = LockPlace.of(situation.target());
        return new Locked(
                List.of(new Answered(place, situation, resolution, true)), Optional.empty());
    }

    /**
     * All that is to be locked.
     *
     * @param elsewhere what of it is said to people; empty for a lock of one place
     */
    record Locked(List<Answered> answers, Optional<LockedElsewhere> elsewhere) {
        Locked {
            answers = List.copyOf(answers);
        }

        /** Of each package the version; where places have several, the lowest. */
        Map<PackageName, Version> lowest() {
            Map<PackageName, Version> lowest = new TreeMap<>();
            for (Answered answered : answers) {
                for (Pin pin : answered.resolution().pins()) {
                    lowest.merge(
                            pin.name(),
                            pin.version(),
                            (one, other) -> one.compareTo(other) < 0 ? one : other);
                }
            }
            return lowest;
        }
    }

    /** Whether a lock is to be made for several places: that is asked for, or it was one. */
    static boolean isWanted(Situation situation) {
        Sync.Job job = situation.job();
        CurrentLock lock = situation.lock();
        boolean settled = job.options().frozen() || !job.project().declared();
        return !settled
                && (job.options().universal()
                        || (lock.isOurs() && lock.file().map(LockFile::isUniversal).orElse(false)));
    }

    /** The same answer with those of all other places. */
    static Locked of(Sync.Tools tools, Situation situation, Resolution resolution, Index index)
            throws EnvironmentException, IndexException {
        var everywhere = new Everywhere(tools, situation, index);
        List<LockPlaces.Minor> minors = everywhere.minors();
        int done = 0;
        for (LockPlaces.Minor minor : minors) {
            tools.progress().phase("locking for other machines");
            tools.progress().advance(name(minor, situation.interpreter()), ++done, minors.size());
            everywhere.add(minor, resolution);
        }
        if (everywhere.answers.stream().noneMatch(Answered::here)) {
            everywhere.answers.add(
                    new Answered(LockPlace.of(situation.target()), situation, resolution, true));
        }
        return everywhere.locked();
    }

    private List<LockPlaces.Minor> minors() {
        Project project = here.job().project();
        Optional<LockFile> lock = here.lock().file().filter(LockFile::isUniversal);
        var minors = new ArrayList<LockPlaces.Minor>();
        if (lock.isPresent() && here.lock().isOurs()) {
            minors.addAll(places.of(lock.get()));
        }
        if (here.job().options().universal()) {
            places.usual(project.requiresPython().map(PythonNeed::value).orElse(null)).stream()
                    .filter(it -> !minors.contains(it))
                    .forEach(minors::add);
        }
        return minors;
    }

    /** Until nothing in the answers tells more patch versions of Python apart. */
    private void add(LockPlaces.Minor minor, Resolution own)
            throws EnvironmentException, IndexException {
        Set<Version> turns =
                new TreeSet<>(here.lock().file().map(LockFile::turns).orElse(Set.of()));
        Map<Integer, Attempted> attempted = new TreeMap<>();
        List<LockPlaces.Patches> patches;
        int known;
        do {
            known = turns.size();
            patches = LockPlaces.patches(turns, minor.minor());
            for (LockPlaces.Patches each : patches) {
                int standing = places.standing(minor, each);
                Attempted attempt = attempted.get(standing);
                if (attempt == null) {
                    attempt = attempt(minor, each, own);
                    attempted.put(standing, attempt);
                }
                if (attempt instanceof Attempted.Versions(_, Resolution resolution, _)) {
                    turns.addAll(resolution.turns());
                }
            }
        } while (turns.size() > known);
        for (LockPlaces.Patches each : patches) {
            keep(
                    minor,
                    each,
                    Objects.requireNonNull(attempted.get(places.standing(minor, each))),
                    patches.size() == 1);
        }
    }

    /** What came of asking for a place. */
    private sealed interface Attempted {
        record Versions(Situation situation, Resolution resolution, boolean here)
                implements Attempted {}

        record None(Proof proof) implements Attempted {}
    }

    private void keep(
            LockPlaces.Minor minor, LockPlaces.Patches patches, Attempted attempt, boolean whole) {
        switch (attempt) {
            case Attempted.Versions(Situation there, Resolution resolution, boolean isHere) ->
                    answers.add(
                            new Answered(
                                    places.place(minor, patches, there.target()),
                                    there,
                                    resolution,
                                    isHere));
            case Attempted.None(Proof proof) ->
                    leftOut.add(
                            new LockedElsewhere.LeftOut(
                                    name(minor, here.interpreter())
                                            + (whole ? "" : patches.words(minor.minor())),
                                    proof));
        }
    }

    private Attempted attempt(LockPlaces.Minor minor, LockPlaces.Patches patches, Resolution own)
            throws EnvironmentException, IndexException {
        Interpreter there = places.interpreter(minor, patches);
        if (places.isHere(minor) && patches.contains(here.interpreter().version().micro())) {
            return new Attempted.Versions(here, own, true);
        }
        var base = new Base.Found(there, true, Optional.empty(), List.of(), List.of());
        try {
            Situation situation = AddressSearch.situation(quietly(), here.job(), base);
            if (!here.parts().isWider() && situation.parts().isWider()) {
                situation = situation.narrowed();
            }
            return switch (new Resolving(quietly(), here.job(), situation, Map.of())
                    .run(index(situation))) {
                case Resolving.Result.Resolved resolved ->
                        new Attempted.Versions(situation, resolved.resolution(), false);
                case Resolving.Result.NoSolution(var unsolvable) ->
                        new Attempted.None(unsolvable.proof());
                case Resolving.Result.StrategyConflict _, Resolving.Result.LockNotCurrent _ ->
                        throw new IllegalStateException(
                                "the rules had a strategy, and no lock was to be kept");
            };
        } catch (EnvironmentException e) {
            throw new EnvironmentException(
                    Message.of("for %s: %s", name(minor, here.interpreter()), Message.of(e)), e);
        }
    }

    /** What a single search is at says nothing of the whole. */
    private Sync.Tools quietly() {
        return tools.with(Progress.SILENT);
    }

    private Index index(Situation situation) {
        return indexes.computeIfAbsent(
                situation.bound(), _ -> new RememberedIndex(situation.index(tools.index())));
    }

    private static String name(LockPlaces.Minor minor, Interpreter here) {
        return "Python 3.%d on %s"
                .formatted(minor.minor(), machine(minor.at(0).of(here).markers()));
    }

    private static String machine(MarkerEnvironment markers) {
        String system = markers.sysPlatform().equals("darwin") ? "macOS" : markers.platformSystem();
        return system + " " + markers.platformMachine();
    }

    private Locked locked() {
        answers.sort((one, other) -> LockPlaces.ORDER.compare(one.place(), other.place()));
        Map<String, Set<Version>> pythons = new LinkedHashMap<>();
        for (Answered answer : answers) {
            var markers = answer.situation().target().markers();
            pythons.computeIfAbsent(machine(markers), _ -> new TreeSet<>())
                    .add(Version.parse(markers.pythonVersion()));
        }
        return new Locked(
                answers,
                Optional.of(
                        new LockedElsewhere(
                                pythons.entrySet().stream()
                                        .map(it -> it.getKey() + ": Python " + range(it.getValue()))
                                        .toList(),
                                leftOut)));
    }

    private static String range(Set<Version> minors) {
        var ordered = new TreeSet<>(minors);
        Version first = ordered.getFirst();
        Version last = ordered.getLast();
        return first.equals(last)
                ? first.toString()
                : ordered.size() == last.minor() - first.minor() + 1
                        ? first + " to " + last
                        : String.join(", ", ordered.stream().map(Version::toString).toList());
    }
}
