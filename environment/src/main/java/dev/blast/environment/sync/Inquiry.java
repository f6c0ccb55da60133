package dev.blast.environment.sync;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.advisories.AdvisorySet;
import dev.blast.environment.advisories.AdvisoryStore;
import dev.blast.environment.advisories.HolesInUse;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.Dossier;
import dev.blast.environment.change.History;
import dev.blast.environment.project.OwnName;
import dev.blast.environment.project.RequiredHashes;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.Context;
import dev.blast.rules.source.Layer;
import dev.blast.solver.Advisories;
import dev.blast.solver.Lift;
import dev.blast.solver.Pin;
import dev.blast.solver.Preferences;
import dev.blast.solver.Request;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Sourcing;
import dev.blast.solver.Strategy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a sync asks the solver, with the rules as the judge. Whoever explains a version afterwards
 * asks the same.
 *
 * @param context what is true for the rules while versions are chosen
 * @param lifts holds that do not count
 * @param advisories the known holes
 * @param sourcing how versions are had that have no wheel
 * @param now from when ages count
 */
record Inquiry(
        Sync.Job job,
        Situation situation,
        Context context,
        Set<Lift> lifts,
        Advisories advisories,
        Sourcing sourcing,
        Instant now) {

    static Inquiry of(Sync.Tools tools, Sync.Job job, Situation situation)
            throws EnvironmentException {
        Instant now = tools.clock().instant();
        Context context = situation.context();
        Optional<AdvisorySet> known = new AdvisoryStore(tools.directories()).read();
        Advisories advisories =
                known.isPresent()
                        ? new HolesInUse(known.get(), job.policy(), context, now, inUse(situation))
                        : Advisories.NONE;
        return new Inquiry(
                job,
                situation,
                context,
                lifts(tools, job, situation),
                advisories,
                new Workshop(tools, situation).sourcing(),
                now);
    }

    /**
     * Those that the command line names, and those that were lifted before. A lock comes with a
     * project: by itself it lifts what rules of the project hold. Holds of others it does not lift,
     * but the history does, which is nobody's but the user's.
     */
    private static Set<Lift> lifts(Sync.Tools tools, Sync.Job job, Situation situation)
            throws EnvironmentException {
        Set<Lift> lifts = new HashSet<>(job.options().lifts());
        for (PackageName name : situation.lock().lifted()) {
            Pin locked = situation.lock().pins().get(name);
            if (locked != null) {
                lifts.add(new Lift(name, locked.version(), Layer.PROJECT));
            }
        }
        Optional<Applied> applied = situation.applied();
        if (applied.isPresent() && !applied.get().lifted().isEmpty()) {
            try (History history = History.of(Dossier.of(tools.directories(), job.environment()))) {
                if (history.knows(applied)) {
                    history.generation(applied.get().generation()).stream()
                            .flatMap(generation -> generation.lifted().stream())
                            .forEach(
                                    it -> lifts.add(new Lift(it.name(), it.version(), it.layer())));
                }
            }
        }
        return lifts;
    }

    /** Whatever is to be let go: what it mends is a hole of now. */
    private static Map<PackageName, Version> inUse(Situation situation) {
        Map<PackageName, Version> inUse = new HashMap<>();
        situation.lock().pins().forEach((name, pin) -> inUse.put(name, pin.version()));
        situation.installed().forEach(it -> inUse.put(it.name(), it.version()));
        return inUse;
    }

    /**
     * The request.
     *
     * @param unusable versions whose files were tried before
     */
    Request request(
            Strategy strategy,
            Map<PackageName, Strategy> perPackage,
            Map<PackageName, Map<Version, String>> unusable) {
        List<RootRequirement> requirements = new ArrayList<>(situation.requirements());
        requirements.addAll(job.project().constraints());
        requirements.addAll(job.options().narrowing());
        return new Request(
                requirements,
                situation.target(),
                preferences(),
                strategy,
                perPackage,
                own(),
                new PolicyJudge(job.policy(), context),
                lifts,
                advisories,
                job.project().prereleases().mode(),
                now,
                unusable,
                job.project().settings().cutoff().orElse(null),
                sourcing);
    }

    /** What a source needs to be built is asked for by the same rules. */
    Request asking(Request request) {
        return request.with(new PolicyJudge(job.policy(), context))
                .with(advisories)
                .with(job.project().settings().cutoff().orElse(null))
                .with(job.project().prereleases().mode());
    }

    /** The names that no index is asked for. */
    private Map<PackageName, String> own() {
        MarkerEnvironment markers = situation.target().markers();
        Map<PackageName, String> own = new HashMap<>();
        for (OwnName name : job.project().own()) {
            if (name.appliesTo(markers) && !situation.addressed().has(name.name())) {
                own.putIfAbsent(name.name(), name.sentence());
            }
        }
        return own;
    }

    /** Packages of which another version than the locked one is lifted. */
    private Set<PackageName> lifted() {
        Set<PackageName> lifted = new TreeSet<>();
        for (Lift lift : job.options().frozen() ? Set.<Lift>of() : job.options().lifts()) {
            Pin locked = situation.lock().pins().get(lift.name());
            if (locked != null && !Objects.equals(locked.version(), lift.version())) {
                lifted.add(lift.name());
            }
        }
        return lifted;
    }

    private Preferences preferences() {
        if (job.options().upgradeAll()) {
            return Preferences.NONE;
        }
        Map<PackageName, Version> installed = new HashMap<>();
        situation.installed().forEach(d -> installed.put(d.name(), d.version()));
        Map<PackageName, String> installers = new HashMap<>();
        situation
                .installed()
                .forEach(d -> d.installer().ifPresent(by -> installers.put(d.name(), by)));
        Preferences preferences = situation.lock().preferences(installed).broughtBy(installers);
        Set<PackageName> anew = new TreeSet<>(job.options().upgraded());
        anew.addAll(situation.rebound().keySet());
        anew.addAll(lifted());
        situation.lock().pins().values().stream()
                .filter(pin -> situation.addressed().has(pin.name()))
                .filter(pin -> !situation.addressed().isAs(pin, situation.target().markers()))
                .forEach(pin -> anew.add(pin.name()));
        for (PackageName name : anew) {
            preferences = preferences.without(name);
        }
        Optional<RequiredHashes> required = job.project().options().hashes();
        return required.isPresent() && !job.options().frozen()
                ? required.get().among(preferences)
                : preferences;
    }
}
