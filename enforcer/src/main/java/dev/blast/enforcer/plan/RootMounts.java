package dev.blast.enforcer.plan;

import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Access;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What stands where in the new root, by real path. */
final class RootMounts {
    private final TreeMap<Path, Mount> mounts = new TreeMap<>();

    /** What stands at one path. */
    sealed interface Mount {
        Access access();

        /** Who says so: rules, or Blast itself. */
        List<Reason> because();

        /**
         * A pin is bound although what is above brings it along: a mount point cannot be renamed.
         */
        record Bound(Access access, Source source, boolean pin, List<Reason> because)
                implements Mount {}

        record Temporary(long sizeBytes, List<Reason> because) implements Mount {
            @Override
            public Access access() {
                return Access.TEMPORARY;
            }
        }
    }

    /** Of two at one path the one with the earlier access stays. */
    void add(Path path, Mount mount) {
        mounts.merge(path, mount, (a, b) -> a.access().compareTo(b.access()) <= 0 ? a : b);
    }

    @Nullable Mount at(Path path) {
        return mounts.get(path);
    }

    /** A copy, in order: what covers before what lies below. */
    SortedSet<Path> paths() {
        return new TreeSet<>(mounts.keySet());
    }

    /** The mount that a path lies in, or is. */
    Optional<Map.Entry<Path, Mount>> nearest(Path path) {
        for (Path at = path; at != null; at = at.getParent()) {
            Mount mount = mounts.get(at);
            if (mount != null) {
                return Optional.of(Map.entry(at, mount));
            }
        }
        return Optional.empty();
    }

    /**
     * The nearest mount above a path, where it is one that brings along what lies below it outside.
     */
    Optional<Mount> boundAbove(Path path) {
        for (Path above = path.getParent(); above != null; above = above.getParent()) {
            Mount mount = mounts.get(above);
            if (mount != null) {
                return mount instanceof Mount.Bound ? Optional.of(mount) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Whether what lies at the path outside comes along, and could be written. */
    boolean isBelowWritable(Path path) {
        return boundAbove(path).filter(above -> above.access() == Access.WRITABLE).isPresent();
    }

    boolean isReadOnlyBelowWritable(Path path) {
        return mounts.get(path) instanceof Mount.Bound(Access access, _, _, _)
                && access == Access.READABLE
                && isBelowWritable(path);
    }
}
