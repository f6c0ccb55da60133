package dev.blast.enforcer;

import dev.blast.rules.Access;
import dev.blast.rules.PathGrant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
    private final TreeMap<Path, Mount> mounts = new TreeMap<>();
    private final TreeMap<Path, Path> links = new TreeMap<>();
    private final TreeMap<Path, HostFiles.Kind> hidden = new TreeMap<>();
    private final TreeSet<Path> writable = new TreeSet<>();
    private final TreeSet<Path> made = new TreeSet<>();
    private final List<String> leftOut = new ArrayList<>();
    private final TreeSet<Path> absent = new TreeSet<>();
    private final List<Step> outside = new ArrayList<>();
    private final List<Step> sources = new ArrayList<>();
    private final List<Step> inside = new ArrayList<>();
    private final List<LandlockRule> rules = new ArrayList<>();
    private long sharedMemoryBytes;

    /** What stands at one path of the new root. */
    private sealed interface Mount {
        Access access();

        /**
         * A pin is bound although what is above brings it along: a mount point cannot be renamed.
         */
        record Bound(Access access, Source source, boolean pin) implements Mount {}

        record Temporary(long sizeBytes) implements Mount {
            @Override
            public Access access() {
                return Access.TEMPORARY;
            }
        }
    }

    RootLayout(List<PathGrant> grants, HostFiles host) {
        this.host = host;
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
        absent.forEach(this::keepName);
        devices();
        List.copyOf(mounts.keySet()).forEach(this::pin);
        lay();
        hidden.forEach((path, kind) ->
                boundAbove(path)
                        .ifPresent(_ ->
                                inside.add(new Step.Hide(path, kind == HostFiles.Kind.FOLDER))));
    }

    /**
     * What must be made on the machine before anything: folders granted for writing that are not
     * there yet, and folders that keep a name.
     */
    List<Step> outside() {
        return outside;
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
        all.add(new LandlockRule(ROOT, true, LandlockRule.Reach.LIST));
        all.add(new LandlockRule(PROC, true, LandlockRule.Reach.READ));
        if (ownRoot) {
            all.add(new LandlockRule(DEV, true, LandlockRule.Reach.USE));
            all.add(new LandlockRule(SHARED_MEMORY, true, LandlockRule.Reach.WRITE));
        } else {
            mounts.keySet().stream()
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
            if (step instanceof Step.Hide(Path path, boolean _)) {
                problems.add(
                        path + " is hidden in a folder that is visible, which takes namespaces");
            }
        }
        return problems;
    }

    /** What is read-only only by a mount, since Landlock cannot take away below what it gives. */
    List<Path> readOnlyByMount() {
        return mounts.keySet().stream().filter(this::readOnlyInWritable).toList();
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
                        .allMatch(link -> links.containsKey(link) || boundAbove(link).isPresent());
        return linked
                && !isHidden(real)
                && (made.contains(real) || mounts.containsKey(real) || boundAbove(real).isPresent())
                && (resolution.file().isPresent() || mounts.containsKey(real));
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
                        () -> absent.add(resolution.path()));
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
            mount = new Mount.Bound(grant.access(), source(real, file), false);
        } else if (grant.access() == Access.WRITABLE) {
            outside.add(new Step.MakeFolder(real));
            Source made = new Source(real, HostFiles.Kind.FOLDER, 0, 0);
            mount = new Mount.Bound(Access.WRITABLE, made, false);
        } else {
            absent.add(real);
            return;
        }
        if (grant.access() == Access.WRITABLE) {
            writable.add(real);
        }
        links.putAll(resolution.links());
        mounts.merge(real, mount, (a, b) -> a.access().compareTo(b.access()) <= 0 ? a : b);
    }

    /**
     * Rules name what some machine may have. Where a program could make it, it finds the name
     * taken: {@code .git} with hooks of its own is as bad where there was none. A file in the way
     * ({@code .git} of a worktree) is protected itself, since it could be replaced by a folder.
     */
    private void keepName(Path path) {
        Path missing = path;
        Path above = Objects.requireNonNull(path.getParent());
        while (host.at(above).isEmpty()) {
            missing = above;
            above = Objects.requireNonNull(above.getParent());
        }
        HostFiles.HostFile there = host.at(above).orElseThrow();
        boolean inTheWay = there.kind() != HostFiles.Kind.FOLDER;
        Path kept = inTheWay ? above : missing;
        boolean writable =
                boundAbove(kept).filter(mount -> mount.access() == Access.WRITABLE).isPresent();
        if (!writable || mounts.containsKey(kept)) {
            return;
        }
        if (inTheWay) {
            mounts.put(kept, new Mount.Bound(Access.READABLE, source(kept, there), false));
        } else if (host.mayWrite(above)) {
            outside.add(new Step.KeepName(kept));
            Source empty = new Source(kept, HostFiles.Kind.FOLDER, 0, 0);
            mounts.put(kept, new Mount.Bound(Access.READABLE, empty, false));
        }
    }

    private void devices() {
        for (String name : DEVICES) {
            Path path = DEV.resolve(name);
            host.at(path)
                    .filter(file -> file.kind() == HostFiles.Kind.SPECIAL)
                    .map(file -> new Mount.Bound(Access.WRITABLE, source(path, file), false))
                    .ifPresent(device -> mounts.put(path, device));
        }
        made.add(DEV);
        inside.add(new Step.Folder(DEV));
        inside.add(new Step.Devices(sharedMemoryBytes));
    }

    /**
     * What is read-only in a folder for writing stays where it is only if no folder above it can be
     * renamed: else a program moves {@code .git} away and makes another, with hooks of its own.
     */
    private void pin(Path path) {
        if (!readOnlyInWritable(path)) {
            return;
        }
        for (Path above = path.getParent();
                above != null && !mounts.containsKey(above);
                above = above.getParent()) {
            Path folder = above;
            host.at(folder)
                    .map(file -> new Mount.Bound(Access.WRITABLE, source(folder, file), true))
                    .ifPresent(pin -> mounts.put(folder, pin));
        }
    }

    private boolean readOnlyInWritable(Path path) {
        return mounts.get(path) instanceof Mount.Bound(Access access, Source _, boolean _)
                && access == Access.READABLE
                && boundAbove(path).filter(above -> above.access() == Access.WRITABLE).isPresent();
    }

    private static Source source(Path path, HostFiles.HostFile file) {
        return new Source(path, file.kind(), file.device(), file.inode());
    }

    /** Mounts and links in the order of their paths: what covers before what lies below. */
    private void lay() {
        links.keySet()
                .removeIf(link -> boundAbove(link).isPresent()); // there already, in what is bound
        TreeSet<Path> paths = new TreeSet<>(mounts.keySet());
        paths.addAll(links.keySet());
        for (Path path : paths) {
            Path target = links.get(path);
            Mount mount = mounts.get(path);
            if (mount != null) {
                lay(path, mount, boundAbove(path));
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
            if (host.at(path).isEmpty() && !outside.contains(new Step.KeepName(path))) {
                outside.add(new Step.MakeFolder(path)); // a mount needs something to be mounted on
            }
        } else {
            makeFoldersAbove(path);
            inside.add(folder ? new Step.Folder(path) : new Step.EmptyFile(path));
            made.add(path);
        }
        switch (mount) {
            case Mount.Temporary(long sizeBytes) -> {
                inside.add(new Step.Temporary(path, sizeBytes));
                rules.add(new LandlockRule(path, true, LandlockRule.Reach.WRITE));
            }
            case Mount.Bound(Access access, Source source, boolean _) -> {
                boolean forWriting = access == Access.WRITABLE;
                sources.add(new Step.TakeSource(source, forWriting));
                inside.add(new Step.Bind(source, forWriting));
                if (!path.startsWith(DEV)) {
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

    /**
     * The nearest mount above a path, where it is one that brings along what lies below it outside.
     */
    private Optional<Mount> boundAbove(Path path) {
        for (Path above = path.getParent(); above != null; above = above.getParent()) {
            @Nullable Mount mount = mounts.get(above);
            if (mount != null) {
                return mount instanceof Mount.Bound ? Optional.of(mount) : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
