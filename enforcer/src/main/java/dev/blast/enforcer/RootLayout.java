package dev.blast.enforcer;

import dev.blast.enforcer.RootMounts.Mount;
import dev.blast.rules.Access;
import dev.blast.rules.PathGrant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * From granted paths to a root of its own: which sources are bound, in which order, and what else
 * must exist.
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
final class RootLayout {
    private static final Path ROOT = Path.of("/");
    private static final Path PROC = Path.of("/proc");
    private static final Path DEV = Path.of("/dev");
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    /** Made by us, whatever is granted. */
    private static final Set<Path> OWN = Set.of(DEV, Path.of("/dev/pts"), Path.of("/dev/fd"));

    private static final List<String> DEVICES =
            List.of("null", "zero", "full", "random", "urandom", "tty");

    private final HostFiles host;
    private final RootMounts mounts = new RootMounts();
    private final Protection protection;
    private final TreeMap<Path, Path> links = new TreeMap<>();
    private final TreeMap<Path, HostFiles.Kind> hidden = new TreeMap<>();
    private final TreeSet<Path> writable = new TreeSet<>();
    private final TreeSet<Path> made = new TreeSet<>();
    private final List<String> leftOut = new ArrayList<>();
    private final TreeSet<Path> absent = new TreeSet<>();
    private final TreeSet<Path> hiddenAndAbsent = new TreeSet<>();
    private final List<Step> outside = new ArrayList<>();
    private final List<Step> sources = new ArrayList<>();
    private final List<Step> inside = new ArrayList<>();
    private final List<LandlockRule> rules = new ArrayList<>();
    private long sharedMemoryBytes;

    RootLayout(List<PathGrant> grants, HostFiles host) {
        this.host = host;
        this.protection = new Protection(mounts, host);
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
        hidden.forEach((path, kind) ->
                mounts.boundAbove(path)
                        .ifPresent(_ ->
                                inside.add(new Step.Hide(path, kind == HostFiles.Kind.FOLDER))));
    }

    /**
     * What must be made on the machine before anything: folders granted for writing that are not
     * there yet.
     */
    List<Step> outside() {
        return outside;
    }

    /** Where a folder has to keep the name of what rules protect and what is not there. */
    Set<Path> keptNames() {
        return protection.keptNames();
    }

    /**
     * Where a change outside would lay open what is hidden, or let be written what is read-only:
     * the places themselves, and the folders on the way to them.
     */
    Set<Path> places() {
        Set<Path> places = new TreeSet<>();
        Stream.of(
                        mounts.paths().stream().filter(mounts::isReadOnlyBelowWritable),
                        hidden.keySet().stream(),
                        hiddenAndAbsent.stream())
                .flatMap(paths -> paths)
                .forEach(path -> {
                    for (Path at = path;
                            at != null && mounts.boundAbove(at).isPresent();
                            at = at.getParent()) {
                        places.add(at);
                    }
                });
        return places;
    }

    /** What rules hide in a visible folder and what is not there yet. */
    Set<Path> hiddenAndAbsent() {
        return hiddenAndAbsent.stream()
                .filter(path -> !keptNames().contains(path) && mounts.boundAbove(path).isPresent())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What is opened while the machine's own root is still there. */
    List<Step> sources() {
        return sources;
    }

    /** What is made in the empty root, in order. */
    List<Step> inside() {
        return inside;
    }

    /**
     * The same paths again, for Landlock.
     *
     * @param ownRoot whether /dev and /proc are those of the sandbox; else only harmless devices
     *     are given
     */
    List<LandlockRule> rules(boolean ownRoot) {
        List<LandlockRule> all = new ArrayList<>(rules);
        if (ownRoot) {
            temporary()
                    .forEach(path ->
                            all.add(new LandlockRule(path, true, LandlockRule.Reach.WRITE)));
        }
        all.add(new LandlockRule(ROOT, true, LandlockRule.Reach.LIST));
        all.add(new LandlockRule(PROC, true, LandlockRule.Reach.READ));
        if (ownRoot) {
            all.add(new LandlockRule(DEV, true, LandlockRule.Reach.USE));
            all.add(new LandlockRule(SHARED_MEMORY, true, LandlockRule.Reach.WRITE));
        } else {
            mounts.paths().stream()
                    .filter(path -> path.startsWith(DEV))
                    .forEach(
                            path -> all.add(new LandlockRule(path, false, LandlockRule.Reach.USE)));
        }
        return all;
    }

    /** What cannot be had where nothing can be mounted, in sentences. */
    List<String> notWithoutMounts() {
        List<String> problems = new ArrayList<>();
        for (Step step : inside) {
            if (step instanceof Step.Hide(Path path, boolean _) && !host.isClosed(path)) {
                problems.add(
                        path + " is hidden in a folder that is visible, which takes namespaces");
            } else if (step instanceof Step.Temporary(Path path, long _)
                    && mounts.boundAbove(path).isPresent()) {
                problems.add(
                        path + " is temporary in a folder that is visible, which takes namespaces");
            }
        }
        return problems;
    }

    /** The folders of the sandbox's own; where nothing can be mounted, a program is given none. */
    List<Path> temporary() {
        return inside.stream()
                .filter(Step.Temporary.class::isInstance)
                .map(step -> ((Step.Temporary) step).path())
                .toList();
    }

    /** What of the machine's is visible. */
    List<Path> bound() {
        return inside.stream()
                .filter(Step.Bind.class::isInstance)
                .map(step -> ((Step.Bind) step).source().path())
                .toList();
    }

    /** What is read-only only by a mount, since Landlock cannot take away below what it gives. */
    List<Path> readOnlyByMount() {
        return mounts.paths().stream().filter(mounts::isReadOnlyBelowWritable).toList();
    }

    /** Grants that are not followed, and why, in sentences. */
    List<String> leftOut() {
        return leftOut;
    }

    /** Whether the path can be reached inside, links on the way included. */
    boolean reaches(Path path) {
        Resolution resolution = Resolution.of(path, host);
        Path real = resolution.path();
        boolean linked =
                resolution.links().keySet().stream()
                        .allMatch(link ->
                                links.containsKey(link) || mounts.boundAbove(link).isPresent());
        return linked
                && !isHidden(real)
                && (made.contains(real)
                        || mounts.at(real) != null
                        || mounts.boundAbove(real).isPresent())
                && (resolution.file().isPresent() || mounts.at(real) != null);
    }

    /** Whether it is a file, in the end, that may be executed. */
    boolean isProgram(Path path) {
        return Resolution.of(path, host)
                .file()
                .filter(file -> file.kind() == HostFiles.Kind.FILE && file.executable())
                .isPresent();
    }

    private void hide(PathGrant grant) {
        Resolution resolution = Resolution.of(grant.path(), host);
        resolution
                .file()
                .ifPresentOrElse(
                        file -> hidden.put(resolution.path(), file.kind()),
                        () -> {
                            absent.add(resolution.path());
                            hiddenAndAbsent.add(resolution.path());
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
        if (path.startsWith(PROC) || OWN.contains(path)) {
            return;
        }
        if (path.equals(SHARED_MEMORY)) {
            sharedMemoryBytes = grant.sizeBytes().orElse(0);
            return;
        }
        Resolution resolution = Resolution.of(path, host);
        Optional<Path> foreign = foreignLinks(resolution).findFirst();
        if (foreign.isPresent()) {
            leftOut.add(
                    path
                            + " ("
                            + grant.reason().origin()
                            + "): "
                            + foreign.get()
                            + " is a symbolic link in a folder granted for writing, and is not followed");
        } else if (!isHidden(resolution.path())) {
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
                .forEach(link -> hidden.put(link, HostFiles.Kind.FILE));
    }

    private void mount(PathGrant grant, Resolution resolution) {
        Path real = resolution.path();
        Mount mount;
        if (grant.access() == Access.TEMPORARY) {
            mount = new Mount.Temporary(grant.sizeBytes().orElse(0));
        } else if (resolution.file().isPresent()) {
            HostFiles.HostFile file = resolution.file().get();
            mount = new Mount.Bound(grant.access(), Source.of(real, file), false);
        } else if (grant.access() == Access.WRITABLE) {
            outside.add(new Step.MakeFolder(real));
            mount = new Mount.Bound(Access.WRITABLE, Source.folderToBeMade(real), false);
        } else {
            absent.add(real);
            return;
        }
        if (grant.access() == Access.WRITABLE) {
            writable.add(real);
        }
        links.putAll(resolution.links());
        mounts.add(real, mount);
    }

    private void devices() {
        for (String name : DEVICES) {
            Path path = DEV.resolve(name);
            host.at(path)
                    .filter(file -> file.kind() == HostFiles.Kind.SPECIAL)
                    .map(file -> new Mount.Bound(Access.WRITABLE, Source.of(path, file), false))
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
        if (!pin && above.isPresent() && above.get().access() == mount.access()) {
            return; // what is bound above brings it along
        }
        boolean folder = !(mount instanceof Mount.Bound bound) || bound.source().folder();
        if (above.isPresent()) {
            if (host.at(path).isEmpty() && !keptNames().contains(path)) {
                outside.add(new Step.MakeFolder(path)); // a mount needs something to be mounted on
            }
        } else {
            makeFoldersAbove(path);
            inside.add(folder ? new Step.Folder(path) : new Step.EmptyFile(path));
            made.add(path);
        }
        switch (mount) {
            case Mount.Temporary(long sizeBytes) -> inside.add(new Step.Temporary(path, sizeBytes));
            case Mount.Bound(Access access, Source source, boolean _) -> {
                boolean forWriting = access == Access.WRITABLE;
                sources.add(new Step.TakeSource(source, forWriting));
                inside.add(new Step.Bind(source, forWriting));
                if (!path.startsWith(DEV) && !keptNames().contains(path)) {
                    LandlockRule.Reach reach =
                            forWriting ? LandlockRule.Reach.WRITE : LandlockRule.Reach.READ;
                    rules.add(new LandlockRule(path, folder, reach));
                }
            }
        }
    }

    private void makeFoldersAbove(Path path) {
        Path above = path.getParent();
        if (above != null && made.add(above)) {
            makeFoldersAbove(above);
            inside.add(new Step.Folder(above));
        }
    }

    private boolean isHidden(Path path) {
        return hidden.keySet().stream().anyMatch(path::startsWith);
    }
}
