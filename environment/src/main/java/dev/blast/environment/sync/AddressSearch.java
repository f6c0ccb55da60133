package dev.blast.environment.sync;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.address.SourceFinder;
import dev.blast.environment.project.Itself;
import dev.blast.environment.project.OwnName;
import dev.blast.environment.project.Project;
import dev.blast.environment.project.UnnamedRequirement;
import dev.blast.index.DistributionFile;
import dev.blast.index.IndexException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Redaction;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierSet;
import dev.blast.solver.BuildException;
import dev.blast.solver.Pin;
import dev.blast.solver.RootRequirement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what is behind the addresses of a request before versions are looked for: those that
 * the person wrote, the folders and repositories that names of the project stand for, and what
 * these name by address in turn. Whatever is found is the only version there is. For one sync.
 */
final class AddressSearch {
    private final Situation situation;
    private final Opened addresses;
    private final MarkerEnvironment markers;
    private final List<RootRequirement> requirements = new ArrayList<>();
    private final Map<PackageName, SourceFinder.Found> found = new HashMap<>();

    /** What was written of each, so that two addresses of one name are told apart. */
    private final Map<PackageName, RootRequirement> by = new HashMap<>();

    private final Deque<RootRequirement> open = new ArrayDeque<>();
    private final Set<Followed> followed = new HashSet<>();

    /** A package with one of its extras; null for the package itself. */
    private record Followed(PackageName name, @Nullable ExtraName extra) {}

    private AddressSearch(Situation situation, Opened addresses) {
        this.situation = situation;
        this.addresses = addresses;
        this.markers = situation.target().markers();
    }

    /** The situation of a sync, with all that addresses lead to. */
    static Situation situation(Sync.Tools tools, Sync.Job job, Base.Found base)
            throws EnvironmentException, IndexException {
        Situation situation = Situation.of(job, base);
        Project project = job.project();
        Optional<Itself> itself = project.itself();
        var addresses = new Opened(new Workshop(tools, situation));
        if (!itself.map(Itself::known).orElse(true)) {
            SourceFinder.Found there = find(addresses, project, itself.get());
            situation =
                    Situation.of(
                            job.with(project.told(there.metadata(), situation.target().markers())),
                            base);
        }
        Situation all = new AddressSearch(situation, addresses).all();
        return job.options().frozen() || !project.declared()
                ? new LockedSearch(all, addresses).all()
                : all;
    }

    /** What finds out, opened when the first address is met. */
    static final class Opened {
        private final Workshop workshop;
        private @Nullable SourceFinder addresses;

        Opened(Workshop workshop) {
            this.workshop = workshop;
        }

        SourceFinder get() throws EnvironmentException {
            SourceFinder open = addresses == null ? workshop.addresses() : addresses;
            addresses = open;
            return open;
        }
    }

    private Situation all() throws EnvironmentException, IndexException {
        Project project = situation.job().project();
        for (RootRequirement root : situation.requirements()) {
            add(root);
        }
        for (UnnamedRequirement unnamed : project.options().unnamed()) {
            boolean applies =
                    unnamed.marker() == null || unnamed.marker().evaluate(markers, Set.of());
            if (applies) {
                SourceFinder.Found there =
                        find(
                                addresses,
                                unnamed.url(),
                                unnamed.editable(),
                                locked(unnamed.url()),
                                unnamed.origin());
                keep(unnamed.named(there.metadata().name()), there);
            }
        }
        PackageName own = itself(project);
        while (!open.isEmpty()) {
            follow(open.remove(), own);
        }
        return situation.with(new Addressed(found, Optional.ofNullable(own)), requirements);
    }

    /** The project is the last that is asked for: all it needs is asked for by its own lines. */
    private @Nullable PackageName itself(Project project)
            throws EnvironmentException, IndexException {
        Itself itself = project.itself().orElse(null);
        if (itself == null || !itself.wanted()) {
            return null;
        }
        SourceFinder.Found there = find(addresses, project, itself);
        PackageName name = there.metadata().name();
        RootRequirement root =
                RootRequirement.of(
                        new Requirement(name, Set.of(), SpecifierSet.ANY, url(project), null),
                        itself.origin());
        keep(itself.editable() ? root.asEditable() : root, there);
        return name;
    }

    private static String url(Project project) {
        return project.directory().toUri().toString().replaceFirst("/$", "");
    }

    /** A name that stands for a place is asked for there; its versions still have to fit. */
    private void add(RootRequirement root) throws EnvironmentException, IndexException {
        Requirement requirement = root.requirement();
        OwnName own = requirement.url() == null ? place(requirement.name()) : null;
        if (!requirement.appliesTo(markers, Set.of()) || root.constraint()) {
            requirements.add(root);
            return;
        }
        if (own == null) {
            address(root);
            return;
        }
        if (!requirement.specifier().specifiers().isEmpty()) {
            requirements.add(
                    RootRequirement.constraint(
                            new Requirement(
                                    requirement.name(),
                                    Set.of(),
                                    requirement.specifier(),
                                    null,
                                    requirement.marker()),
                            root.origin()));
        }
        RootRequirement there =
                root.with(
                        new Requirement(
                                requirement.name(),
                                requirement.extras(),
                                SpecifierSet.ANY,
                                own.url(),
                                requirement.marker()));
        address(own.editable() ? there.asEditable() : there);
    }

    private @Nullable OwnName place(PackageName name) {
        return situation.job().project().own().stream()
                .filter(own -> own.name().equals(name))
                .filter(own -> own.url() != null && own.appliesTo(markers))
                .findFirst()
                .orElse(null);
    }

    private void address(RootRequirement root) throws EnvironmentException, IndexException {
        String url = root.requirement().url();
        if (url == null || url.replaceFirst("[?#].*", "").endsWith(".whl")) {
            requirements.add(root);
            return;
        }
        PackageName name = root.requirement().name();
        SourceFinder.Found there = found.get(name);
        if (there == null) {
            there = find(addresses, url, root.editable(), locked(url), root.origin());
            SourceFinder.requireNamed(name, there, root.origin());
        }
        keep(root, there);
    }

    private void keep(RootRequirement root, SourceFinder.Found there) throws EnvironmentException {
        PackageName name = root.requirement().name();
        RootRequirement before = by.putIfAbsent(name, root);
        if (before != null
                && !Objects.equals(before.requirement().url(), root.requirement().url())) {
            throw new EnvironmentException(
                    Message.of(
                            "%s is asked for from two places, %s (%s) and %s (%s)",
                            name,
                            Redaction.inText(String.valueOf(before.requirement().url())),
                            before.origin(),
                            Redaction.inText(String.valueOf(root.requirement().url())),
                            root.origin()));
        }
        found.putIfAbsent(name, there);
        requirements.add(root);
        open.add(root);
    }

    /** What the person named by address may name others by address, as uv has it. */
    private void follow(RootRequirement root, @Nullable PackageName own)
            throws EnvironmentException, IndexException {
        PackageName name = root.requirement().name();
        SourceFinder.Found there = found.get(name);
        if (there == null || name.equals(own)) {
            return;
        }
        var extras = new ArrayList<@Nullable ExtraName>(root.requirement().extras());
        extras.add(null);
        for (ExtraName extra : extras) {
            if (!followed.add(new Followed(name, extra))) {
                continue;
            }
            for (Requirement needed : there.metadata().requiresDist()) {
                boolean applies =
                        needed.appliesTo(markers, extra == null ? Set.of() : Set.of(extra));
                if (applies) {
                    follow(needed, there);
                }
            }
        }
    }

    private void follow(Requirement needed, SourceFinder.Found by)
            throws EnvironmentException, IndexException {
        String origin = "%s %s".formatted(by.metadata().name(), by.metadata().version());
        OwnName own = place(needed.name());
        String url = needed.url() == null ? own == null ? null : own.url() : needed.url();
        if (url == null) {
            return;
        }
        boolean isHere = needed.url() != null && url.matches("(git\\+)?file:.*");
        boolean byFolder =
                by.file().kind() == DistributionFile.Kind.FOLDER
                        || by.file().kind() == DistributionFile.Kind.EDITABLE;
        if (isHere && !(byFolder && url.startsWith("file:"))) {
            throw new EnvironmentException(
                    Message.of(
                            "%s needs '%s': what comes from elsewhere names nothing on this machine\nname it in the project, if it is meant",
                            origin, needed));
        }
        RootRequirement root =
                RootRequirement.of(
                        new Requirement(
                                needed.name(), needed.extras(), SpecifierSet.ANY, url, null),
                        origin);
        address(own != null && own.editable() ? root.asEditable() : root);
    }

    /** What was locked of an address that is not looked at anew. */
    private @Nullable DistributionFile locked(String url) {
        SyncOptions options = situation.job().options();
        return situation.lock().pins().values().stream()
                .filter(pin -> !options.upgradeAll() && !options.upgraded().contains(pin.name()))
                .map(Pin::file)
                .filter(file -> SourceFinder.isOf(url, file))
                .findFirst()
                .orElse(null);
    }

    /** The project, which need not be installed where it must not be built. */
    private static SourceFinder.Found find(Opened addresses, Project project, Itself itself)
            throws EnvironmentException, IndexException {
        try {
            return find(addresses, url(project), itself.editable(), null, itself.origin());
        } catch (EnvironmentException e) {
            if (e.getCause() instanceof BuildException no && no.isForbidden()) {
                throw new EnvironmentException(
                        Message.of(
                                itself.known()
                                        ? "%s\n--no-project leaves the project itself out"
                                        : "%s\nonly its build backend says what the project needs: list that in [project] dependencies, or let it be built",
                                Message.of(e)),
                        e);
            }
            throw e;
        }
    }

    static SourceFinder.Found find(
            Opened addresses,
            String url,
            boolean editable,
            @Nullable DistributionFile locked,
            String origin)
            throws EnvironmentException, IndexException {
        try {
            return addresses.get().find(url, editable, locked);
        } catch (BuildException e) {
            throw new EnvironmentException(
                    Message.of("%s: %s %s", origin, Redaction.inText(url), Message.of(e)), e);
        } catch (EnvironmentException e) {
            throw new EnvironmentException(Message.of("%s: %s", origin, Message.of(e)), e);
        }
    }
}
