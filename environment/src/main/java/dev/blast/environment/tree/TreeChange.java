package dev.blast.environment.tree;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What makes one tree of another: the names that go, and what comes. A file that differs in
 * anything, and be it its time, goes and comes.
 *
 * @param going files and links, and folders that would be left with nothing in them
 * @param coming sorted by path, folders before what lies in them
 * @param lasting folders that stay, whatever goes in them
 */
public record TreeChange(Set<String> going, List<TreeEntry> coming, Set<String> lasting) {
    public TreeChange {
        going = Set.copyOf(going);
        coming = List.copyOf(coming);
        lasting = Set.copyOf(lasting);
    }

    /** The change from one to another. */
    public static TreeChange between(Tree from, Tree to) {
        var going = new TreeSet<String>();
        var coming = new ArrayList<TreeEntry>();
        var lasting = new HashSet<String>();
        for (TreeEntry there : from.entries()) {
            boolean stays = to.at(there.path()).filter(it -> isSame(there, it)).isPresent();
            boolean isFilled =
                    there instanceof TreeEntry.Folder && from.below(there.path()).size() > 1;
            if (!stays && !isFilled) {
                going.add(there.path());
            }
        }
        for (TreeEntry wanted : to.entries()) {
            if (from.at(wanted.path()).filter(it -> isSame(it, wanted)).isEmpty()) {
                coming.add(wanted);
            } else if (wanted instanceof TreeEntry.Folder) {
                lasting.add(wanted.path());
            }
        }
        return new TreeChange(going, coming, lasting);
    }

    /** Whose a folder's permissions are, nobody has said. */
    private static boolean isSame(TreeEntry one, TreeEntry other) {
        return one.equals(other)
                || (one instanceof TreeEntry.Folder && other instanceof TreeEntry.Folder);
    }

    public boolean isEmpty() {
        return going.isEmpty() && coming.isEmpty();
    }
}
