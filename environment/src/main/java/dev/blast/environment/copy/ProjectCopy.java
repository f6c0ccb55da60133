package dev.blast.environment.copy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.blast.enforcer.kernel.Lines;
import dev.blast.enforcer.plan.KernelFeatures;
import dev.blast.enforcer.plan.StartFailure;
import dev.blast.enforcer.plan.ThrowawayCopy;
import dev.blast.enforcer.spawn.CopyTrial;
import dev.blast.environment.Cause;
import dev.blast.environment.Directories;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.HeldFolder;
import dev.blast.environment.install.Inode;
import dev.blast.packaging.Message;
import dev.blast.rules.verdict.PathGrant;
import dev.blast.rules.vocabulary.Access;
import dev.blast.toml.TomlDocument;
import dev.blast.toml.TomlException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A throwaway copy of a project for one session, and what becomes of it. A layer over the folder
 * where the kernel gives one, else a whole copy. For one thread; nothing of it is left when it is
 * closed, unless it is {@linkplain #leave left} or {@linkplain #isUnsettled half kept}.
 */
public final class ProjectCopy implements AutoCloseable {
    private static final Path SETTINGS = Path.of("pyproject.toml");

    /** A text that is longer is not compared line by line. */
    private static final int LONGEST_TEXT = 1 << 20;

    private final CopyPlace place;
    private final ThrowawayCopy copy;
    private final Baseline baseline;
    private final Map<Path, String> guarded;
    private final long copiedNanos;
    private final Set<Path> mounts;

    private ProjectCopy(
            CopyPlace place,
            ThrowawayCopy copy,
            Baseline baseline,
            Map<Path, String> guarded,
            long copiedNanos,
            Set<Path> mounts) {
        this.place = place;
        this.copy = copy;
        this.baseline = baseline;
        this.guarded = guarded;
        this.copiedNanos = copiedNanos;
        this.mounts = mounts;
    }

    /**
     * What killed Blasts left is finished or undone, a line for each that had something to keep.
     */
    public static List<String> settle(Directories directories) throws EnvironmentException {
        return CopyPlace.settle(directories);
    }

    /** What waits in a project to be kept or given back, or did: no program there is to see it. */
    public static List<Path> unsettledIn(Path project) {
        List<Path> waiting = new ArrayList<>();
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(project, Keeping.PREFIX + "*")) {
            found.forEach(waiting::add);
        } catch (IOException | DirectoryIteratorException _) {
            return waiting; // in what cannot be listed nothing has been kept
        }
        return waiting;
    }

    /**
     * Makes one.
     *
     * @param project real
     * @param grants what rules let a program see; what they let it read only, or hide, stays so
     * @param guarded places in the project that are believed outside, and why
     * @param why a failed trial in words
     */
    public static ProjectCopy of(
            Directories directories,
            Path project,
            List<PathGrant> grants,
            Map<Path, String> guarded,
            KernelFeatures kernel,
            Function<StartFailure, String> why)
            throws EnvironmentException {
        Set<Path> mounts = mountsBelow(project);
        Set<Path> closed = new TreeSet<>(mounts);
        closed.addAll(closed(grants));
        return make(
                directories,
                project,
                closed,
                mounts,
                guarded,
                layered -> CopyTrial.of(kernel, layered).map(why));
    }

    /**
     * The same.
     *
     * @param closed what a program cannot write in it
     * @param trial why a layered copy cannot be had; empty where it can
     */
    static ProjectCopy make(
            Directories directories,
            Path project,
            Set<Path> closed,
            Set<Path> mounts,
            Map<Path, String> guarded,
            Function<ThrowawayCopy, Optional<String>> trial)
            throws EnvironmentException {
        CopyPlace place = CopyPlace.make(directories, project);
        try {
            Baseline baseline = Baseline.of(project, closed);
            var layered = new ThrowawayCopy(project, place.folder(), true);
            Optional<String> refusal = trial.apply(layered);
            if (refusal.isEmpty()) {
                return new ProjectCopy(place, layered, baseline, guarded, 0, mounts);
            }
            var whole = new ThrowawayCopy(project, place.folder(), false);
            FullCopy.make(project, baseline, whole.written(), FullCopy.MOST_BYTES, refusal.get());
            Path mark = Files.createFile(place.folder().resolve("copied"));
            return new ProjectCopy(
                    place, whole, baseline, guarded, Inode.of(mark).changedNanos(), mounts);
        } catch (IOException e) {
            place.close();
            throw new EnvironmentException(
                    Message.of(
                            "cannot make a throwaway copy of %s: %s%s",
                            project, Cause.of(e, project), Cause.advice(e, project)),
                    e);
        } catch (EnvironmentException | RuntimeException e) {
            place.close();
            throw e;
        }
    }

    /** What is read-only, hidden or its own; what is not there can be made in the copy. */
    private static Set<Path> closed(List<PathGrant> grants) {
        Set<Path> closed = new TreeSet<>();
        for (PathGrant grant : grants) {
            boolean temporary = grant.access() == Access.TEMPORARY;
            if (grant.access() != Access.WRITABLE && (temporary || Files.exists(grant.path()))) {
                try {
                    closed.add(temporary ? grant.path() : grant.path().toRealPath());
                } catch (IOException _) {
                    closed.add(grant.path());
                }
            }
        }
        return closed;
    }

    /** Where something is mounted in it; those are no part of a copy. */
    private static Set<Path> mountsBelow(Path project) {
        Set<Path> mounts = new TreeSet<>();
        for (String line : Lines.of(Path.of("/proc/self/mountinfo"))) {
            String at = line.split(" ", 6)[4];
            String path =
                    at.replace("\\040", " ")
                            .replace("\\011", "\t")
                            .replace("\\012", "\n")
                            .replace("\\134", "\\");
            Path mount = Path.of(path);
            if (mount.startsWith(project) && !mount.equals(project)) {
                mounts.add(mount);
            }
        }
        return mounts;
    }

    /** For the plan. */
    public ThrowawayCopy plan() {
        return copy;
    }

    /** Mounts in the project, which are seen as they are and cannot be written. */
    public Set<Path> mounts() {
        return mounts;
    }

    /** What a program that runs no more did to it, by path. */
    public List<CopyChange> changes() throws EnvironmentException {
        try (HeldFolder written = HeldFolder.openReal(copy.written());
                HeldFolder project = HeldFolder.openReal(copy.folder())) {
            return CopyChanges.of(
                    baseline,
                    WrittenTree.read(written, copy.layered(), baseline),
                    !copy.layered(),
                    new Guarded(guarded, settingsDiffer(written, project)),
                    new OnDisk(written, project));
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of(
                            "cannot read what the program wrote in its throwaway copy: %s\nnothing of it is kept",
                            Cause.of(e)),
                    e);
        }
    }

    /** Looks where a descriptor leads. */
    private final class OnDisk implements CopyChanges.Looks {
        private final HeldFolder written;
        private final HeldFolder project;

        OnDisk(HeldFolder written, HeldFolder project) {
            this.written = written;
            this.project = project;
        }

        @Override
        public Optional<Inode> now(Path path) throws IOException {
            project.releaseAllBut(above(path));
            return Baseline.at(project, path);
        }

        @Override
        public boolean isSame(WrittenEntry.File file) throws IOException {
            Path path = file.path();
            Inode inode = file.inode();
            if (!copy.layered() && inode.changedNanos() <= copiedNanos) {
                return true; // nobody has touched it, whatever its time says
            }
            written.releaseAllBut(above(path));
            return written.at(
                    path,
                    there -> {
                        if ((inode.mode() & 0400) == 0) {
                            Files.setPosixFilePermissions(
                                    there, PosixFilePermissions.fromString("rw-------"));
                        }
                        try {
                            return project.at(path, here -> Files.mismatch(there, here) < 0);
                        } catch (AccessDeniedException _) {
                            return false; // who cannot read it cannot say so
                        }
                    });
        }

        @Override
        public Path target(Path path) throws IOException {
            return project.at(path, Files::readSymbolicLink);
        }

        private static Path above(Path path) {
            return path.getNameCount() == 1 ? HeldFolder.HERE : HeldFolder.above(path);
        }
    }

    /** What cannot be read, or not at a reasonable length, counts as other settings. */
    private static boolean settingsDiffer(HeldFolder written, HeldFolder project)
            throws IOException {
        try {
            Optional<byte[]> now = written.content(SETTINGS, LONGEST_TEXT);
            Optional<byte[]> before = project.content(SETTINGS, LONGEST_TEXT);
            boolean isKnown = now.isPresent() && (before.isPresent() || !project.exists(SETTINGS));
            return !isKnown
                    || !Objects.equals(settings(now.get()), settings(before.orElse(new byte[0])));
        } catch (AccessDeniedException _) {
            return true;
        }
    }

    /** {@code [tool.blast]}; a text that is none of TOML is like no other. */
    private static Object settings(byte[] text) {
        try {
            Map<String, Object> values =
                    TomlDocument.parse(SETTINGS.toString(), new String(text, UTF_8)).values();
            return values.get("tool") instanceof Map<?, ?> tool && tool.get("blast") != null
                    ? Objects.requireNonNull(tool.get("blast"))
                    : Map.of();
        } catch (TomlException _) {
            return new Object();
        }
    }

    /**
     * How many lines came and went, where both texts are short; of what is no text of lines, none.
     */
    public Optional<LineCounts> lines(CopyChange change) throws EnvironmentException {
        if (change.thing() != CopyChange.Thing.FILE
                || Math.max(change.before(), change.after()) > LONGEST_TEXT) {
            return Optional.empty();
        }
        try (HeldFolder written = HeldFolder.openReal(copy.written());
                HeldFolder project = HeldFolder.openReal(copy.folder())) {
            byte[] nothing = new byte[0];
            Optional<byte[]> before = project.content(change.path(), LONGEST_TEXT);
            byte[] after =
                    change.deed() == CopyChange.Deed.REMOVED
                            ? nothing
                            : written.content(change.path(), LONGEST_TEXT).orElse(nothing);
            return LineCounts.between(before.orElse(nothing), after);
        } catch (IOException _) {
            return Optional.empty(); // a figure less
        }
    }

    /**
     * Brings these into the project, all or nothing, with the folders above them that are new.
     *
     * @param chosen of {@link #changes}, each of which can be kept
     */
    public void keep(Collection<CopyChange> chosen) throws EnvironmentException {
        keep(chosen, KeepDisk.real());
    }

    void keep(Collection<CopyChange> chosen, KeepDisk disk) throws EnvironmentException {
        if (chosen.isEmpty()) {
            return;
        }
        try (HeldFolder written = HeldFolder.openReal(copy.written())) {
            Keeping.apply(place.folder(), copy.folder(), written, baseline, chosen, disk);
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of("cannot read %s: %s", copy.written(), Cause.of(e)), e);
        }
    }

    /** Gives up the lock as a killed process does, and leaves all as it is. */
    void abandon() throws IOException {
        place.abandon();
    }

    /** Whether keeping has failed half-way; the next command goes on with it. */
    public boolean isUnsettled() {
        return place.isUnsettled();
    }

    /**
     * Leaves it to a person, who removes it: closing does not.
     *
     * @return the folder that holds what the program wrote, and of a whole copy all the rest
     */
    public Path leave() throws EnvironmentException {
        place.leave();
        return copy.written();
    }

    @Override
    public void close() throws EnvironmentException {
        place.close();
    }
}
