package dev.blast.environment.sync;

import dev.blast.environment.Cause;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.Entries;
import dev.blast.environment.install.InstalledDistribution;
import dev.blast.environment.install.InstalledDistributions;
import dev.blast.environment.install.RecordCheck;
import dev.blast.environment.install.RecordFindings;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.project.CurrentLock;
import dev.blast.environment.project.Project;
import dev.blast.index.Index;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Redaction;
import dev.blast.packaging.Requirement;
import dev.blast.rules.Context;
import dev.blast.rules.fact.Distribution;
import dev.blast.rules.fact.Purpose;
import dev.blast.solver.Lift;
import dev.blast.solver.Resolution;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a sync finds before it decides anything: read once, under the writer lock.
 *
 * @param applied what the last change left; empty before the first
 * @param requirements what versions are chosen for, with the groups and extras in force
 * @param parts what of it is installed
 * @param installed what is really there
 * @param bound names that one index is asked for and no other, with its address
 * @param addressed what the addresses among the requirements lead to
 */
record Situation(
        Sync.Job job,
        Base.Found base,
        Optional<Applied> applied,
        List<RootRequirement> requirements,
        LockedParts parts,
        List<InstalledDistribution> installed,
        CurrentLock lock,
        Map<PackageName, String> bound,
        Addressed addressed) {

    static Situation of(Sync.Job job, Base.Found base) throws EnvironmentException {
        Project project = job.project();
        Collection<ExtraName> groups = job.options().groups().orElse(project.defaultGroups());
        Set<ExtraName> extras = job.options().extras();
        boolean frozen = job.options().frozen() || !project.declared();
        CurrentLock lock = lock(job, base, extras, job.options().groups().map(Set::copyOf));
        LockedParts parts = LockedParts.of(project, groups, extras, lock);
        if (frozen || !lock.isOurs()) {
            parts = parts.narrowed();
        } else if (parts.isWider()) {
            lock =
                    lock(
                            job,
                            base,
                            parts.scope().extras().keySet(),
                            Optional.of(parts.scope().groups().keySet()));
        }
        return of(job, base, lock, parts);
    }

    private static Situation of(Sync.Job job, Base.Found base, CurrentLock lock, LockedParts parts)
            throws EnvironmentException {
        return new Situation(
                job,
                base,
                applied(job),
                parts.all(),
                parts,
                base.isFresh() ? List.of() : installed(job, base),
                lock,
                bound(job, base, parts),
                Addressed.NONE);
    }

    /** The same, where versions are chosen for nothing but what is asked for. */
    Situation narrowed() throws EnvironmentException {
        LockedParts narrow = parts.narrowed();
        return new Situation(
                job,
                base,
                applied,
                requirements.stream().filter(narrow.asked()::contains).toList(),
                narrow,
                installed,
                lock,
                bound(job, base, narrow),
                addressed);
    }

    private static CurrentLock lock(
            Sync.Job job, Base.Found base, Set<ExtraName> extras, Optional<Set<ExtraName>> groups)
            throws EnvironmentException {
        return CurrentLock.of(
                job.project(),
                base.interpreter().target(),
                extras,
                groups,
                job.project().settings().formats());
    }

    private static Map<PackageName, String> bound(Sync.Job job, Base.Found base, LockedParts parts)
            throws EnvironmentException {
        Set<ExtraName> asked = new HashSet<>(parts.scope().groups().keySet());
        asked.addAll(parts.scope().extras().keySet());
        for (RootRequirement root : parts.all()) { // an extra brings others of the project
            if (root.group() != null) {
                asked.add(root.group());
            }
        }
        return job.project().bound(base.interpreter().markers(), asked);
    }

    /** The same, for a sync that was asked to follow a strategy. */
    Situation following(String strategy) {
        return with(job.options().with(strategy), requirements);
    }

    /** The same, for a sync that lets go of a package and is asked for some versions of it. */
    Situation supposing(RootRequirement question) {
        List<RootRequirement> more = new ArrayList<>(requirements);
        more.add(question);
        PackageName name = question.requirement().name();
        return with(job.options().upgrading(Requirement.parse(name.normalized())), more);
    }

    /** The same, for a sync that is asked for with {@code --upgrade}. */
    Situation upgrading(Requirement upgrade) {
        return with(job.options().upgrading(upgrade), requirements);
    }

    /** The same, for a sync that is asked for with {@code --lift}. */
    Situation lifting(Lift lift) {
        Set<Lift> lifts = new HashSet<>(job.options().lifts());
        lifts.add(lift);
        return with(job.options().lifting(lifts), requirements);
    }

    private Situation with(SyncOptions options, List<RootRequirement> requirements) {
        return new Situation(
                job.with(options),
                base,
                applied,
                requirements,
                parts,
                installed,
                lock,
                bound,
                addressed);
    }

    /** The same, where it is known what addresses lead to, and what they need in turn. */
    Situation with(Addressed found, List<RootRequirement> all) {
        return new Situation(
                job, base, applied, all, parts.with(all), installed, lock, bound, found);
    }

    /** The same, where more is known of what is locked, and where it is. */
    Situation with(Addressed found, CurrentLock known) {
        return new Situation(
                job, base, applied, requirements, parts, installed, known, bound, found);
    }

    /** What is locked from another index than it is now bound to, each with a clause about it. */
    Map<PackageName, String> rebound() {
        Map<PackageName, String> rebound = new TreeMap<>();
        for (PackageName name : lock.pins().keySet()) {
            String now = bound.get(name);
            String then = lock.indexes().get(name);
            if (now != null && !lock.isFrom(name, Redaction.strip(now))) {
                rebound.put(name, "is now bound to " + Redaction.inText(now));
            } else if (now == null && then != null && lock.isOurs()) {
                rebound.put(name, "is not bound to %s any more".formatted(then));
            }
        }
        return rebound;
    }

    /** A damaged file counts as none when a repair is asked for. */
    private static Optional<Applied> applied(Sync.Job job) throws EnvironmentException {
        try {
            return Applied.of(job.environment());
        } catch (EnvironmentException e) {
            if (job.options().force()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Path sitePackages(Sync.Job job, Base.Found base) {
        return job.environment().root().resolve(base.interpreter().venvScheme().purelib());
    }

    private static List<InstalledDistribution> installed(Sync.Job job, Base.Found base)
            throws EnvironmentException {
        Path folder = sitePackages(job, base);
        try {
            return InstalledDistributions.scan(folder);
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot read %s: %s".formatted(folder, Cause.of(e, folder)), e);
        }
    }

    Interpreter interpreter() {
        return base.interpreter();
    }

    /**
     * The dist-info folders that we left; those of an environment that Blast has not changed yet
     * are all somebody else's.
     */
    Set<String> ours() {
        return new HashSet<>(applied.map(Applied::distributions).orElse(List.of()));
    }

    /** Whether something is gone that the last change left, as far as names of folders show it. */
    boolean robbed() throws EnvironmentException {
        return !base.isFresh()
                && applied.isPresent()
                && !Entries.areThere(job.environment(), applied.get().sitePackages());
    }

    /** The distributions whose files are not as their RECORD says, each with what is wrong. */
    Map<PackageName, String> damaged(RecordCheck.Depth depth) throws EnvironmentException {
        if (base.isFresh()) {
            return Map.of(); // all of it comes anew
        }
        Map<PackageName, String> damaged = new TreeMap<>();
        if (base.isFresh()) {
            return damaged;
        }
        try {
            RecordCheck.Report report =
                    RecordCheck.check(
                            job.environment().root(), sitePackages(job, base), installed, depth);
            for (RecordFindings distribution : report.distributions()) {
                int wrong = distribution.damage().size();
                if (wrong > 0) {
                    damaged.put(
                            distribution.distribution().name(),
                            wrong == 1
                                    ? "a file differs from its RECORD"
                                    : wrong + " files differ from its RECORD");
                }
            }
            return damaged;
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot compare %s: %s"
                            .formatted(
                                    job.environment().root(),
                                    Cause.of(e, job.environment().root())),
                    e);
        }
    }

    /** How many distributions somebody else has put in, changed or taken out. */
    int foreign() {
        Set<String> difference = ours();
        installed.stream()
                .map(d -> d.distInfo().getFileName().toString())
                .filter(name -> !difference.remove(name))
                .toList()
                .forEach(difference::add);
        return applied.isEmpty() ? 0 : difference.size();
    }

    /**
     * The dist-info folders that are ours once what is to go has gone: what we brought, and what is
     * kept because it is wanted.
     */
    List<String> distInfosAfter(SyncPlan plan) {
        Set<PackageName> outgoing = plan.outgoing();
        Set<PackageName> kept = plan.kept();
        Set<String> ours = ours();
        return installed.stream()
                .filter(d -> !outgoing.contains(d.name()))
                .filter(d ->
                        kept.contains(d.name())
                                || ours.contains(d.distInfo().getFileName().toString()))
                .map(d -> d.distInfo().getFileName().toString())
                .sorted()
                .toList();
    }

    /** The environment's: the one that is given, else the one that it has, else the project's. */
    String name() {
        return job.options()
                .name()
                .or(() -> applied.map(Applied::name))
                .orElse(job.project().name());
    }

    /** Of everything that is asked for, locked or there. */
    Set<PackageName> names() {
        Set<PackageName> names = new TreeSet<>(lock.pins().keySet());
        requirements.forEach(root -> names.add(root.requirement().name()));
        installed.forEach(distribution -> names.add(distribution.name()));
        return names;
    }

    /** Whether all whose hash is not known yet is brought, and known then. */
    boolean canBeLocked(Resolution whole) {
        Resolution installed = installed(whole);
        return !parts.isWider()
                || LockText.unknownHashes(whole, this).stream()
                        .allMatch(name -> installed.pin(name).isPresent());
    }

    /** What goes when the lock is written anew; empty for nothing. */
    Optional<String> lost() {
        List<String> dropped = dropped();
        return dropped.isEmpty()
                ? Everywhere.isWanted(this) ? Optional.empty() : lock.lost()
                : Optional.of(apart(dropped) + ", and is not locked any more");
    }

    /** That the lock is not to be written, since it would lose something; empty where it may be. */
    Optional<SyncResult> keepsLock() {
        if (!job.options().keepsLock()) {
            return Optional.empty();
        }
        List<String> dropped = dropped();
        if (!dropped.isEmpty()) {
            return Optional.of(
                    new SyncResult.LockKept(
                            apart(dropped) + ", and would not be locked any more", false));
        }
        return Everywhere.isWanted(this)
                ? Optional.empty()
                : lock.loss(job.project().lockFile())
                        .map(loss -> new SyncResult.LockKept(loss, true));
    }

    private static String apart(List<String> dropped) {
        return "%s of pylock.toml does not go together with what is asked for"
                .formatted(String.join(" and ", dropped));
    }

    /** The extras and groups that the lock covers, and that are not locked with what is asked. */
    private List<String> dropped() {
        return lock.isOurs()
                ? lock.covered(job.project()).stream()
                        .filter(it -> !parts.scope().names().contains(it))
                        .toList()
                : List.of();
    }

    /** The packages of a lock's text that an answer is for, on this machine or another. */
    Set<PackageName> covered(Resolution whole) {
        Set<PackageName> covered = new HashSet<>(lock.isOurs() ? Set.of() : lock.others());
        installed(whole).pins().forEach(pin -> covered.add(pin.name()));
        return covered;
    }

    /** What of an answer is to be installed. */
    Resolution installed(Resolution whole) {
        return parts.installed(whole, target().markers());
    }

    Target target() {
        return base.interpreter().target();
    }

    /** What packages are looked for in: nothing is opened before something is asked. */
    Index index(Sync.IndexSource source) {
        return HashedIndex.of(
                new LazyIndex(source, interpreter(), bound), job.project().options().hashes());
    }

    /** For the rules. */
    Context context() {
        List<Distribution> distributions =
                installed.stream()
                        .map(d -> {
                            Optional<RootRequirement> root = root(d.name());
                            String group =
                                    root.map(RootRequirement::group)
                                            .map(ExtraName::normalized)
                                            .orElse(null);
                            return new Distribution(d.name(), d.version(), root.isPresent(), group);
                        })
                        .toList();
        var session =
                job.caller()
                        .session(
                                name(),
                                job.project().directory(),
                                job.environment(),
                                base.interpreter(),
                                Purpose.RESOLVE,
                                "blast");
        return new Context(session, distributions);
    }

    private Optional<RootRequirement> root(PackageName name) {
        return requirements.stream().filter(r -> r.requirement().name().equals(name)).findFirst();
    }
}
