package dev.blast.enforcer.plan;

import dev.blast.rules.verdict.PathGrant;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Access;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A program changes a copy of a folder, which it finds at the folder's own path; the folder itself
 * stays as it is.
 *
 * @param folder real
 * @param place where the copy is kept: a real folder that holds {@link #UPPER} and {@link #WORK},
 *     both empty, where it is layered, and else the whole copy as {@link #TREE}
 * @param layered whether only what is changed is kept, as the upper layer of an OverlayFS
 */
public record ThrowawayCopy(Path folder, Path place, boolean layered) {
    public static final String UPPER = "upper";
    public static final String WORK = "work";
    public static final String TREE = "tree";

    private static final Reason REASON =
            Reason.ofBlast(
                    "a throwaway copy of the folder",
                    "writable",
                    "what is changed there is looked at afterwards");

    /** The grants with this one among them. */
    List<PathGrant> among(List<PathGrant> grants) {
        List<PathGrant> all = new ArrayList<>(grants);
        all.add(new PathGrant(folder, Access.WRITABLE, OptionalLong.empty(), REASON));
        return all;
    }

    /** Whether the path lies in it, and is not it. */
    boolean holds(Path path) {
        return !path.equals(folder) && path.startsWith(folder);
    }

    /** Where what the program writes lies outside. */
    public Path written() {
        return place.resolve(layered ? UPPER : TREE);
    }
}
