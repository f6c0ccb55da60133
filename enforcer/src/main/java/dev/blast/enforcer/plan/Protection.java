package dev.blast.enforcer.plan;

import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Access;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Keeps what is read-only or hidden in a folder for writing in its place. */
final class Protection {
    private final RootMounts mounts;
    private final HostFiles host;
    private final @Nullable ThrowawayCopy copy;
    private final Set<Path> keptNames = new TreeSet<>();

    /**
     * @param copy of a folder, in which names need not be kept: nobody outside finds what is made
     *     there
     */
    Protection(RootMounts mounts, HostFiles host, @Nullable ThrowawayCopy copy) {
        this.mounts = mounts;
        this.host = host;
        this.copy = copy;
    }

    /** What is not there and where a folder keeps the name. */
    Set<Path> keptNames() {
        return keptNames;
    }

    /**
     * Rules name what some machine may have. Where a program could make it, it finds the name
     * taken: {@code .git} with hooks of its own is as bad where there was none. A file in the way
     * ({@code .git} of a worktree) is protected itself, since it could be replaced by a folder.
     */
    void keepName(Path path, Reason reason) {
        Path missing = path;
        Path above = Objects.requireNonNull(path.getParent());
        while (host.at(above).isEmpty() && mounts.at(above) == null) {
            missing = above;
            above = Objects.requireNonNull(above.getParent());
        }
        Optional<HostFiles.HostFile> there = host.at(above); // none where a folder will be made
        boolean inTheWay = there.filter(it -> it.kind() != HostFiles.Kind.FOLDER).isPresent();
        Path kept = inTheWay ? above : missing;
        if (!mounts.isBelowWritable(kept) || mounts.at(kept) != null) {
            return;
        }
        if (inTheWay) {
            readOnly(kept, Source.of(kept, there.get()), reason);
        } else if (copy != null && copy.holds(kept)) {
            return;
        } else if (there.isEmpty() || host.mayWrite(above)) {
            keptNames.add(kept);
            readOnly(kept, Source.folderToBeMade(kept), reason);
        }
    }

    /** The folder's rule lets it be read, the one that protects it keeps it from being written. */
    private void readOnly(Path path, Source source, Reason reason) {
        List<Reason> because = new ArrayList<>();
        mounts.boundAbove(path).ifPresent(above -> because.addAll(above.because()));
        because.add(reason);
        mounts.add(
                path,
                new RootMounts.Mount.Bound(Access.READABLE, source, false, List.copyOf(because)));
    }

    /**
     * What is read-only or hidden stays where it is only if no folder above it can be renamed: else
     * a program moves {@code .git} away and makes another, with hooks of its own, or moves the
     * folder of a secret to where no rule hides it from the next program.
     */
    void pin(Collection<Path> hidden) {
        for (Path path : mounts.paths()) {
            if (mounts.isReadOnlyBelowWritable(path)) {
                pinAbove(path);
            }
        }
        for (Path path : hidden) {
            if (mounts.isBelowWritable(path)) {
                pinAbove(path);
            }
        }
    }

    private void pinAbove(Path path) {
        for (Path above = path.getParent();
                above != null && mounts.at(above) == null;
                above = above.getParent()) {
            Path folder = above;
            Optional<RootMounts.Mount> bound = mounts.boundAbove(folder);
            if (bound.isPresent() && host.at(folder).isPresent()) {
                mounts.add(
                        folder,
                        new RootMounts.Mount.Bound(
                                Access.WRITABLE,
                                Source.of(folder, host.at(folder).get()),
                                true,
                                bound.get().because()));
            }
        }
    }
}
