package dev.blast.enforcer.plan;

import dev.blast.rules.vocabulary.Access;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Keeps what is read-only or hidden in a folder for writing in its place. */
final class Protection {
    private final RootMounts mounts;
    private final HostFiles host;
    private final Set<Path> keptNames = new TreeSet<>();

    Protection(RootMounts mounts, HostFiles host) {
        this.mounts = mounts;
        this.host = host;
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
    void keepName(Path path) {
        Path missing = path;
        Path above = Objects.requireNonNull(path.getParent());
        while (host.at(above).isEmpty()) {
            missing = above;
            above = Objects.requireNonNull(above.getParent());
        }
        HostFiles.HostFile there = host.at(above).orElseThrow();
        boolean inTheWay = there.kind() != HostFiles.Kind.FOLDER;
        Path kept = inTheWay ? above : missing;
        if (!mounts.isBelowWritable(kept) || mounts.at(kept) != null) {
            return;
        }
        if (inTheWay) {
            readOnly(kept, Source.of(kept, there));
        } else if (host.mayWrite(above)) {
            keptNames.add(kept);
            readOnly(kept, Source.folderToBeMade(kept));
        }
    }

    private void readOnly(Path path, Source source) {
        mounts.add(path, new RootMounts.Mount.Bound(Access.READABLE, source, false));
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
            host.at(folder)
                    .map(file -> Source.of(folder, file))
                    .map(source -> new RootMounts.Mount.Bound(Access.WRITABLE, source, true))
                    .ifPresent(pin -> mounts.add(folder, pin));
        }
    }
}
