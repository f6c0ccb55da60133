package dev.blast.environment.copy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which changes are kept. */
public final class KeptChoice {
    private KeptChoice() {}

    /**
     * By what a person said, in the order of the changes.
     *
     * @param all whether those are kept that need not be named
     * @param named paths from the folder: what is there or below is kept, where it can be
     */
    public static List<CopyChange> of(
            List<CopyChange> changes, boolean all, Collection<Path> named) {
        List<CopyChange> chosen = new ArrayList<>();
        for (CopyChange change : changes) {
            boolean isNamed =
                    change.canBeKept() && named.stream().anyMatch(change.path()::startsWith);
            if (isNamed || (all && change.isFree())) {
                chosen.add(change);
            }
        }
        return withFolders(changes, chosen);
    }

    /** What is kept in a new folder brings the folder along; what keeps a folder full, not. */
    private static List<CopyChange> withFolders(List<CopyChange> changes, List<CopyChange> chosen) {
        Set<Path> above = new TreeSet<>();
        for (CopyChange change : chosen) {
            for (Path at = change.path().getParent(); at != null; at = at.getParent()) {
                above.add(at);
            }
        }
        var isChosen = new HashSet<CopyChange>(chosen);
        List<CopyChange> all = new ArrayList<>();
        for (CopyChange change : changes) {
            boolean isWay =
                    change.thing() == CopyChange.Thing.FOLDER
                            && change.deed() == CopyChange.Deed.ADDED
                            && above.contains(change.path())
                            && change.canBeKept();
            if (isWay || isChosen.contains(change)) {
                all.add(change);
            }
        }
        return all;
    }
}
