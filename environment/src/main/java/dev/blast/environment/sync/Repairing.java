package dev.blast.environment.sync;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.Impasse;
import dev.blast.environment.change.Repaired;
import dev.blast.environment.project.AmendedFile;
import dev.blast.environment.project.AmendedLines;
import dev.blast.environment.project.AmendedProject;
import dev.blast.environment.project.Amendment;
import dev.blast.environment.project.PlannedEdit;
import dev.blast.environment.project.Project;
import dev.blast.index.IndexException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Redaction;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import dev.blast.solver.Lift;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.repair.Relaxation;
import dev.blast.solver.repair.Repair;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes one of the ways out that were shown last: finds it again, writes the project otherwise
 * where it says so, and syncs what stands there then, all under one writer lock. For one use.
 */
final class Repairing {
    private final Sync.Job job;
    private final List<Impasse> remembered;
    private final Running running;

    /** Runs a sync under the lock that is held. */
    interface Running {
        SyncResult run(Sync.Job job, Mending mending) throws EnvironmentException, IndexException;
    }

    /**
     * @param remembered the syncs without an answer, the newest first
     */
    Repairing(Sync.Job job, List<Impasse> remembered, Running running) {
        this.job = job;
        this.remembered = remembered;
        this.running = running;
    }

    SyncResult take(String letter) throws EnvironmentException, IndexException {
        Optional<Impasse> last =
                remembered.stream().filter(impasse -> !impasse.ways().isEmpty()).findFirst();
        if (last.isEmpty()) {
            return new SyncResult.NothingShown();
        }
        Optional<Impasse.ShownWay> way =
                last.get().ways().stream().filter(it -> it.letter().equals(letter)).findFirst();
        if (way.isEmpty()) {
            return new SyncResult.UnknownLetter(letter, last.get());
        }
        return switch (running.run(job.asPlan(), Mending.NONE)) {
            case SyncResult.NoSolution now -> take(now, last.get(), way.get());
            case SyncResult.Reached _ -> new SyncResult.NotNeeded(letter);
            case SyncResult.NotReached other -> other;
        };
    }

    private SyncResult take(SyncResult.NoSolution now, Impasse shown, Impasse.ShownWay way)
            throws EnvironmentException, IndexException {
        Optional<String> changed =
                now.impasse().circumstances().changedSince(shown.circumstances());
        Optional<Repair> repair =
                now.waysOut().repairs().stream()
                        .filter(it -> ImpasseRecord.letsGo(it).equals(way.letsGo()))
                        .findFirst();
        if (changed.isPresent() || repair.isEmpty()) {
            return new SyncResult.Outdated(
                    way.letter(),
                    changed.orElse("it was solved again, and is no way out any more"),
                    now);
        }
        return take(repair.get(), shown, way);
    }

    private SyncResult take(Repair repair, Impasse shown, Impasse.ShownWay way)
            throws EnvironmentException, IndexException {
        Map<RootRequirement, @Nullable SpecifierSet> otherwise = new LinkedHashMap<>();
        Set<Lift> lifts = new HashSet<>(job.options().lifts());
        List<String> byHand = new ArrayList<>();
        List<RootRequirement> roots = roots(job.project());
        for (Relaxation relaxation : repair.relaxations()) {
            switch (relaxation) {
                case Relaxation.Widen(var root, var to, _) -> otherwise.put(root, to.specifier());
                case Relaxation.OfRoot it -> otherwise.put(it.root(), null);
                case Relaxation.LiftHold(PackageName name, Version version, _) ->
                        lifts.add(Lift.of(name, Objects.requireNonNull(version)));
                case Relaxation.AllowPrereleases(PackageName name, Version version) ->
                        allow(name, Objects.requireNonNull(version), roots, otherwise)
                                .ifPresent(byHand::add);
            }
        }
        List<Amendment> amendments = new ArrayList<>();
        otherwise.forEach((root, to) -> amendments.add(new Amendment(root, to)));
        switch (job.project().amended(amendments)) {
            case AmendedProject.NotEditable(var why) -> byHand.addAll(why);
            case AmendedProject.Edited(Project project, var files) when byHand.isEmpty() -> {
                if (!meaning(roots(project)).equals(meaning(roots, otherwise))) {
                    throw new EnvironmentException(
                            "with the edits of way out %s the project would not mean what was solved; nothing was changed"
                                    .formatted(way.letter()));
                }
                var repaired = new Repaired(shown.number(), way.letter(), words(files));
                return running.run(
                        job.with(project).with(job.options().lifting(lifts)),
                        new Mending(PlannedEdit.of(files), Optional.of(repaired)));
            }
            case AmendedProject.Edited _ -> {}
        }
        return new SyncResult.ByHand(way.letter(), byHand);
    }

    /** All that the project asks for and allows, as a sync takes it. */
    private List<RootRequirement> roots(Project project) throws EnvironmentException {
        Collection<ExtraName> groups = job.options().groups().orElse(project.defaultGroups());
        List<RootRequirement> roots =
                new ArrayList<>(project.requirements(groups, job.options().extras()));
        roots.addAll(project.constraints());
        return roots;
    }

    /**
     * A requirement that names a pre-release lets pre-releases in (PEP 440), so the one that there
     * is does.
     *
     * @return what a person has to do where nothing of the project asks for the package
     */
    private static Optional<String> allow(
            PackageName name,
            Version version,
            List<RootRequirement> roots,
            Map<RootRequirement, @Nullable SpecifierSet> otherwise) {
        Optional<RootRequirement> asking =
                roots.stream()
                        .filter(root -> root.requirement().name().equals(name))
                        .filter(root -> root.requirement().url() == null)
                        .findFirst();
        if (asking.isEmpty()) {
            return Optional.of(
                    "nothing in the project's files asks for %s: write '%s>=%s' among its requirements"
                            .formatted(name, name, version));
        }
        SpecifierSet asked = otherwise.get(asking.get());
        SpecifierSet now = asked == null ? asking.get().requirement().specifier() : asked;
        otherwise.put(
                asking.get(),
                SpecifierSet.parse(
                        now.specifiers().isEmpty() ? ">=" + version : now + ",>=" + version));
        return Optional.empty();
    }

    /** What is asked for, wherever it stands, and how often. */
    private static Map<RootRequirement, Long> meaning(List<RootRequirement> roots) {
        return meaning(roots, Map.of());
    }

    private static Map<RootRequirement, Long> meaning(
            List<RootRequirement> roots, Map<RootRequirement, @Nullable SpecifierSet> otherwise) {
        Map<RootRequirement, Long> meaning = new HashMap<>();
        for (RootRequirement root : roots) {
            Requirement requirement = root.requirement();
            SpecifierSet to =
                    otherwise.containsKey(root) ? otherwise.get(root) : requirement.specifier();
            if (to != null) {
                var now =
                        new Requirement(
                                requirement.name(),
                                requirement.extras(),
                                to,
                                requirement.url(),
                                requirement.marker());
                meaning.merge(
                        new RootRequirement(now, "", root.group(), root.constraint()),
                        1L,
                        Long::sum);
            }
        }
        return meaning;
    }

    private static List<String> words(List<AmendedFile> files) {
        List<String> words = new ArrayList<>();
        for (AmendedFile file : files) {
            for (AmendedLines lines : file.lines()) {
                words.add(
                        Redaction.inText(
                                "%s:%d: %s → %s"
                                        .formatted(
                                                file.file(),
                                                lines.line(),
                                                joined(lines.before()),
                                                joined(lines.after()))));
            }
        }
        return words;
    }

    private static String joined(List<String> lines) {
        return lines.isEmpty()
                ? "nothing"
                : lines.stream().map(String::strip).collect(Collectors.joining(" "));
    }
}
