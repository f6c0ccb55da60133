package dev.blast.enforcer.plan;

import dev.blast.enforcer.plan.RootMounts.Mount;
import dev.blast.rules.verdict.PathGrant;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Access;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * From granted paths to a {@link RootLayout}. For one thread, and one layout.
 *
 * <p>Paths are taken as they really are. A symbolic link on the way to a granted path is made again
 * inside, and what it leads to is bound at its own place, so {@code /bin} works where it is a link
 * and where it is not. A link that a sandboxed program could have made itself, that is, below a
 * path granted for writing, is never followed out of it: otherwise yesterday's program decides what
 * today's may see.
 *
 * <p>Order is by path, so what covers stands before what lies below it. Hidden paths win over all
 * below.
 */
final class RootBuilder {
    private static final Path ROOT = Path.of("/");
    private static final Path DEV = Path.of("/dev");
    private static final Path SYS = Path.of("/sys");
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    /** Made by us, whatever is granted. */
    private static final Set<Path> OWN = Set.of(DEV, Path.of("/dev/pts"), Path.of("/dev/fd"));

    static final Reason DEVICE =
            Reason.ofBlast("a device of the sandbox's own", "made", "programs expect it");

    private static final List<String> DEVICES =
            List.of("null", "zero", "full", "random", "urandom", "tty");

    private final HostFiles host;
    private final @Nullable ThrowawayCopy copy;
    private final RootMounts mounts = new RootMounts();
    private final Protection protection;
    private final TreeMap<Path, Path> links = new TreeMap<>();
    private final TreeMap<Path, Hidden> hidden = new TreeMap<>();
    private final TreeSet<Path> writable = new TreeSet<>();
    private final TreeSet<Path> made = new TreeSet<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final TreeMap<Path, Reason> absent = new TreeMap<>();
    private final TreeMap<Path, Reason> hiddenAndAbsent = new TreeMap<>();
    private final List<Step> outside = new ArrayList<>();
    private final List<Step> sources = new ArrayList<>();
    private final List<Step> inside = new ArrayList<>();
    private final List<LandlockRule> rules = new ArrayList<>();
    private long sharedMemoryBytes;

    /** What is covered, and who says so. */
    private record Hidden(HostFiles.Kind kind, Reason reason) {}

    /**
     * @param copy of which folder the program changes only a copy; null for none
     */
    RootBuilder(HostFiles host, @Nullable ThrowawayCopy copy) {
        this.host = host;
        this.copy = copy;
        this.protection = new Protection(mounts, host, copy);
    }

    RootLayout build(List<PathGrant> grants) {
        made.add(ROOT);
        grants.stream().filter(grant -> grant.access() == Access.HIDDEN).forEach(this::hide);
        grants.stream().filter(grant -> grant.access() == Access.WRITABLE).forEach(this::grant);
        grants.stream()
                .filter(grant ->
                        grant.access() == Access.READABLE || grant.access() == Access.TEMPORARY)
                .forEach(this::grant);
        grants.stream()
                .filter(grant ->
                        grant.access() == Access.READABLE || grant.access() == Access.HIDDEN)
                .forEach(this::coverLinks);
        absent.forEach(protection::keepName);
        devices();
        protection.pin(hidden.keySet());
        lay();
        hidden.forEach((path, cover) ->
                mounts.boundAbove(path)
                        .ifPresent(_ ->
                                inside.add(
                                        new Step.Hide(
                                                path, cover.kind() == HostFiles.Kind.FOLDER))));
        return new RootLayout(
                host,
                mounts,
                Map.copyOf(links),
                hiding(),
                Set.copyOf(made),
                protection.keptNames(),
                places(),
                visible(hiddenAndAbsent.keySet()),
                List.copyOf(outside),
                List.copyOf(sources),
                List.copyOf(inside),
                List.copyOf(rules),
                List.copyOf(leftOut));
    }

    private void hide(PathGrant grant) {
        Resolution resolution = Resolution.of(grant.path(), host);
        if (resolution.endless()) {
            return; // nothing is there for anybody
        }
        resolution
                .file()
                .ifPresentOrElse(
                        file ->
                                hidden.put(
                                        resolution.path(), new Hidden(file.kind(), grant.reason())),
                        () -> {
                            absent.put(resolution.path(), grant.reason());
                            hiddenAndAbsent.put(resolution.path(), grant.reason());
                        });
    }

    private void grant(PathGrant grant) {
        Path path = grant.path();
        if (path.equals(ROOT)) {
            host.list(ROOT)
                    .forEach(name ->
                            grant(
                                    new PathGrant(
                                            ROOT.resolve(name),
                                            grant.access(),
                                            OptionalLong.empty(),
                                            grant.reason())));
            return;
        }
        if (path.startsWith(KernelsOwn.PROC) || OWN.contains(path)) {
            return;
        }
        if (path.equals(SHARED_MEMORY)) {
            sharedMemoryBytes = grant.sizeBytes().orElse(0);
            return;
        }
        Resolution resolution = Resolution.of(path, host);
        Optional<Path> foreign = foreignLinks(resolution).findFirst();
        if (foreign.isPresent()) {
            leftOut.add(new LeftOut(grant, foreign.get()));
        } else if (!resolution.endless()
                && !isHidden(resolution.path())
                && resolution.links().keySet().stream().noneMatch(this::isHidden)) {
            mount(grant, resolution);
        }
    }

    /** The links on a way that a sandboxed program may have made. */
    private Stream<Path> foreignLinks(Resolution resolution) {
        return resolution.links().keySet().stream()
                .filter(link ->
                        writable.stream()
                                .anyMatch(root -> !link.equals(root) && link.startsWith(root)));
    }

    /** A link that a protected path leads through could be replaced; covered, it cannot. */
    private void coverLinks(PathGrant grant) {
        foreignLinks(Resolution.of(grant.path(), host))
                .forEach(link ->
                        hidden.put(
                                link,
                                new Hidden(
                                        HostFiles.Kind.FILE,
                                        grant.access() == Access.HIDDEN
                                                ? grant.reason()
                                                : new LeftOut(grant, link).reason())));
    }

    private void mount(PathGrant grant, Resolution resolution) {
        Path real = resolution.path();
        Mount mount;
        if (grant.access() == Access.TEMPORARY) {
            mount = new Mount.Temporary(grant.sizeBytes().orElse(0), List.of(grant.reason()));
        } else if (resolution.file().isPresent()) {
            HostFiles.HostFile file = resolution.file().get();
            mount =
                    new Mount.Bound(
                            grant.access(), Source.of(real, file), false, List.of(grant.reason()));
        } else if (grant.access() == Access.WRITABLE && !isOfDrivers(real)) {
            if (!isInCopy(real)) {
                outside.add(new Step.MakeFolder(real));
            }
            mount =
                    new Mount.Bound(
                            Access.WRITABLE,
                            Source.folderToBeMade(real),
                            false,
                            List.of(grant.reason()));
        } else {
            absent.putIfAbsent(real, grant.reason());
            return;
        }
        if (grant.access() == Access.WRITABLE) {
            writable.add(real);
        }
        links.putAll(resolution.links());
        mounts.add(real, mount);
    }

    /**
     * Where drivers alone make something: a folder in the place of a device would be in their way.
     */
    private static boolean isOfDrivers(Path path) {
        return path.startsWith(DEV) || path.startsWith(SYS);
    }

    private void devices() {
        for (String name : DEVICES) {
            Path path = DEV.resolve(name);
            host.at(path)
                    .filter(file -> file.kind() == HostFiles.Kind.SPECIAL)
                    .map(file ->
                            new Mount.Bound(
                                    Access.WRITABLE, Source.of(path, file), false, List.of(DEVICE)))
                    .ifPresent(device -> mounts.add(path, device));
        }
        made.add(DEV);
        inside.add(new Step.Folder(DEV));
        inside.add(new Step.Devices(sharedMemoryBytes));
    }

    /** Mounts and links in the order of their paths: what covers before what lies below. */
    private void lay() {
        links.keySet()
                .removeIf(link ->
                        mounts.boundAbove(link).isPresent()); // there already, in what is bound
        TreeSet<Path> paths = new TreeSet<>(mounts.paths());
        paths.addAll(links.keySet());
        for (Path path : paths) {
            Path target = links.get(path);
            Mount mount = mounts.at(path);
            if (mount != null) {
                lay(path, mount, mounts.boundAbove(path));
            } else if (target != null) {
                makeFoldersAbove(path);
                inside.add(new Step.Link(path, target));
            }
        }
    }

    private void lay(Path path, Mount mount, Optional<Mount> above) {
        boolean pin = mount instanceof Mount.Bound bound && bound.pin();
        boolean copied = copy != null && path.equals(copy.folder());
        if (isInCopy(path) && mount.access() == Access.WRITABLE) {
            layInCopy(path, pin);
            return;
        }
        if (!pin && !copied && above.isPresent() && above.get().access() == mount.access()) {
            return; // what is bound above brings it along
        }
        boolean folder = !(mount instanceof Mount.Bound bound) || bound.source().folder();
        if (above.isPresent()) {
            if (host.at(path).isEmpty() && !protection.keptNames().contains(path)) {
                // a mount needs something to be mounted on
                if (isInCopy(path)) {
                    makeInCopy(path);
                } else {
                    outside.add(new Step.MakeFolder(path));
                }
            }
        } else {
            makeFoldersAbove(path);
            inside.add(folder ? new Step.Folder(path) : new Step.EmptyFile(path));
        }
        made.add(path);
        switch (mount) {
            case Mount.Temporary(long sizeBytes, _) ->
                    inside.add(new Step.Temporary(path, sizeBytes, 0));
            case Mount.Bound(Access access, Source source, _, _) -> {
                boolean forWriting = access == Access.WRITABLE;
                if (copied) {
                    layCopy(source);
                } else {
                    sources.add(new Step.TakeSource(source, forWriting));
                    inside.add(new Step.Bind(source, forWriting));
                }
                if (!path.startsWith(DEV) && !protection.keptNames().contains(path)) {
                    LandlockRule.Reach reach =
                            forWriting ? LandlockRule.Reach.WRITE : LandlockRule.Reach.READ;
                    rules.add(new LandlockRule(path, folder, reach));
                }
            }
        }
    }

    private boolean isInCopy(Path path) {
        return copy != null && copy.holds(path);
    }

    private void layCopy(Source folder) {
        ThrowawayCopy wanted = Objects.requireNonNull(copy);
        Path place = wanted.layered() ? wanted.place() : wanted.written();
        Source kept =
                host.at(place)
                        .map(file -> Source.of(place, file))
                        .orElseThrow(() -> new IllegalStateException("no folder at " + place));
        if (wanted.layered()) {
            sources.add(new Step.TakeSource(folder, false));
        }
        sources.add(new Step.TakeSource(kept, true));
        inside.add(
                wanted.layered()
                        ? new Step.Overlay(folder, kept)
                        : new Step.BindCopy(kept, folder.path()));
    }

    /**
     * The copy brings it along for writing; what is read-only in it is the machine's own, and stays
     * so with all below.
     */
    private void layInCopy(Path path, boolean pin) {
        if (!mounts.isBelowWritable(path)) {
            return;
        }
        if (pin) {
            inside.add(new Step.Pin(path));
        } else if (host.at(path).isEmpty()) {
            makeInCopy(path);
        }
    }

    private void makeInCopy(Path path) {
        Path above = Objects.requireNonNull(path.getParent());
        if (host.at(above).isEmpty() && isInCopy(above)) {
            makeInCopy(above);
        }
        if (made.add(path)) {
            inside.add(new Step.Folder(path));
        }
    }

    private void makeFoldersAbove(Path path) {
        Path above = path.getParent();
        if (above != null && made.add(above)) {
            makeFoldersAbove(above);
            inside.add(new Step.Folder(above));
        }
    }

    private Set<Path> places() {
        Set<Path> places = new TreeSet<>();
        Stream.of(
                        mounts.paths().stream().filter(mounts::isReadOnlyBelowWritable),
                        hidden.keySet().stream(),
                        hiddenAndAbsent.keySet().stream())
                .flatMap(paths -> paths)
                .filter(path -> !isInCopy(path) || hiddenAndAbsent.containsKey(path))
                .forEach(path -> {
                    for (Path at = path;
                            at != null && mounts.boundAbove(at).isPresent();
                            at = at.getParent()) {
                        places.add(at);
                    }
                });
        return places;
    }

    private Map<Path, Reason> hiding() {
        Map<Path, Reason> hiding = new TreeMap<>(hiddenAndAbsent);
        hidden.forEach((path, cover) -> hiding.put(path, cover.reason()));
        return hiding;
    }

    private Set<Path> visible(Set<Path> paths) {
        return paths.stream()
                .filter(path ->
                        !protection.keptNames().contains(path)
                                && mounts.boundAbove(path).isPresent())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean isHidden(Path path) {
        return Stream.concat(hidden.keySet().stream(), hiddenAndAbsent.keySet().stream())
                .anyMatch(path::startsWith);
    }
}
