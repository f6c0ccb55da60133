package dev.blast.environment.sync;

import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.solver.Note;
import dev.blast.solver.Obstacle;
import dev.blast.solver.Pin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The versions whose files turned out not to be installable while a sync looks for some that are.
 * Each round takes at least one version away, so the search ends.
 */
final class PassedOver {
    /** Each may download; a project all of whose versions are bad should not cost them all. */
    private static final int ROUNDS = 10;

    private final Situation situation;
    private final Map<PackageName, Map<Version, String>> unusable = new HashMap<>();
    private final List<Note> notes = new ArrayList<>();
    private final List<SyncResult.Refusal> byRules = new ArrayList<>();
    private int rounds;

    PassedOver(Situation situation) {
        this.situation = situation;
    }

    /** With what was wrong with each, and how to ask without it. */
    Map<PackageName, Map<Version, String>> unusable() {
        return unusable;
    }

    /** A sentence for each, for whoever gets another version instead. */
    List<Note> notes() {
        return List.copyOf(notes);
    }

    /**
     * Takes note of versions that do not come into question any more.
     *
     * @throws EnvironmentException where another version must not silently take the place of one,
     *     or the search has gone on for long enough
     */
    void add(List<Unusable> more) throws EnvironmentException {
        rounds++;
        for (Unusable version : more) {
            if (isLocked(version.name(), version.version())) {
                throw refused(
                        version,
                        "the lock names this version, so no other was taken: 'blast sync --upgrade %s' looks for one"
                                .formatted(version.name()));
            }
            if (hashesAreGiven(version.name())) {
                throw refused(version, "the project gives its hash, so no other version was taken");
            }
            if (version.bundled() || rounds > ROUNDS) {
                throw refused(version, "%s leaves it out".formatted(without(version)));
            }
            unusable.computeIfAbsent(version.name(), _ -> new HashMap<>())
                    .put(
                            version.version(),
                            "%s (%s leaves it out)".formatted(version.why(), without(version)));
            notes.add(
                    new Note.PassedOver(
                            version.name(),
                            version.version(),
                            new Obstacle.Unusable(version.why())));
        }
    }

    /**
     * The same for files that the rules refuse, whatever else is installed.
     *
     * @return empty, or what the sync comes to where they have refused for long enough
     */
    Optional<SyncResult> addRefused(List<SyncResult.Refusal> refusals) throws EnvironmentException {
        List<Unusable> more = new ArrayList<>();
        for (SyncResult.Refusal refusal : refusals) {
            more.add(
                    new Unusable(
                            refusal.name(),
                            refusal.version(),
                            "the rules refuse " + refusal.what(),
                            false));
        }
        byRules.addAll(refusals);
        if (rounds == ROUNDS && byRules.size() == notes.size() + more.size()) {
            return Optional.of(new SyncResult.Refused(byRules));
        }
        add(more);
        return Optional.empty();
    }

    /** Whether a version is one that the search must not go past. */
    boolean isLocked(PackageName name, Version version) {
        Pin pin = situation.lock().pins().get(name);
        SyncOptions options = situation.job().options();
        return pin != null
                && pin.version().equals(version)
                && !options.upgradeAll()
                && !options.upgraded().contains(name);
    }

    private boolean hashesAreGiven(PackageName name) {
        return situation.job().project().options().hashes().stream()
                .anyMatch(hashes -> hashes.byName().containsKey(name));
    }

    /** Where nothing is left to take because of the rules' word alone: that. */
    Optional<SyncResult> refusedAlone() {
        return !byRules.isEmpty() && byRules.size() == notes.size()
                ? Optional.of(new SyncResult.Refused(byRules))
                : Optional.empty();
    }

    private static String without(Unusable version) {
        return "%s !=%s".formatted(version.name(), version.version());
    }

    private static EnvironmentException refused(Unusable version, String advice) {
        return new EnvironmentException(
                Message.of(
                        "cannot install %s %s: %s\n%s; nothing has been changed",
                        version.name(), version.version(), version.why(), advice));
    }

    /** What two projects do to each other no other version is looked for, nor past a lock. */
    static boolean mayBePassedOver(List<SyncResult.Refusal> refusals, Situation situation) {
        var passedOver = new PassedOver(situation);
        return refusals.stream()
                .allMatch(r -> r.ofVersionAlone() && !passedOver.isLocked(r.name(), r.version()));
    }
}
