package dev.blast.environment.change;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * From the files that go and the files that come to the fewest renames that make it so.
 *
 * <p>A folder is renamed whole when all in it goes, or when nothing of its name is there yet: an
 * ordinary package is one rename, not a thousand. Where folders are shared (two distributions in
 * one namespace package, {@code bin}, a file of somebody else's beside ours), only the parts that
 * are ours move. Looks at the disk, changes nothing.
 */
final class Renames {
    private final Path root;
    private final Set<String> going;
    private final Set<String> goingFolders;
    private final Set<String> lasting;
    private final Set<String> removed = new HashSet<>();
    private final List<Rename.Remove> removals = new ArrayList<>();
    private final List<Rename.Place> places = new ArrayList<>();

    private Renames(Path root, Set<String> going, Set<String> lasting) {
        this.root = root;
        this.going = going;
        this.lasting = lasting;
        this.goingFolders = new HashSet<>();
        for (String path : going) {
            for (String folder = parent(path); goingFolders.add(folder) && !folder.isEmpty(); ) {
                folder = parent(folder);
            }
        }
    }

    /**
     * The steps, in the order in which they are to be done: what stops being installed first loses
     * its dist-info, what comes gets its dist-info last, and {@code pyvenv.cfg}, by which a folder
     * becomes an environment, is last of all.
     *
     * @param root the environment
     * @param staged the tree of files that come, as they will lie in the environment; need not
     *     exist
     * @param going files that go, and folders that go with all that is in them; those not there are
     *     passed over
     * @param lasting folders that stay even if nothing is left in them ({@code bin}, {@code
     *     site-packages} and those above)
     */
    static List<Rename> plan(Path root, Path staged, Set<String> going, Set<String> lasting)
            throws IOException {
        var renames = new Renames(root, going, lasting);
        if (!going.isEmpty()) {
            renames.removeIn("");
        }
        if (Files.isDirectory(staged)) {
            renames.placeIn(staged, "");
        }
        renames.removals.sort(Comparator.comparing(removal -> !inDistInfo(removal.path())));
        renames.places.sort(
                Comparator.comparingInt(place ->
                        place.path().equals("pyvenv.cfg") ? 2 : inDistInfo(place.path()) ? 1 : 0));
        var steps = new ArrayList<Rename>(renames.removals);
        steps.addAll(renames.places);
        return steps;
    }

    private static boolean inDistInfo(String path) {
        return path.endsWith(".dist-info") || path.contains(".dist-info/");
    }

    /**
     * Plans the removals in one folder. True where nothing would be left in it; its parts are then
     * not listed one by one.
     */
    private boolean removeIn(String folder) throws IOException {
        boolean all = true;
        var parts = new ArrayList<String>();
        for (String name : names(folder)) {
            String path = child(folder, name);
            boolean goes;
            if (going.contains(path)) {
                goes = true;
            } else if (!isFolder(path)) {
                goes = isStaleBytecode(folder, name);
            } else if (goingFolders.contains(path) || name.equals("__pycache__")) {
                goes = removeIn(path);
            } else {
                goes = false;
            }
            if (goes) {
                parts.add(path);
            }
            all &= goes;
        }
        if (all && !folder.isEmpty() && !lasting.contains(folder)) {
            return true;
        }
        for (String path : parts) {
            remove(path, false);
        }
        return false;
    }

    /**
     * In {@code __pycache__}: {@code NAME.cpython-312.pyc}, whose source goes too or has gone
     * before. No RECORD lists it.
     */
    private boolean isStaleBytecode(String folder, String name) {
        if (!folder.endsWith("__pycache__") || !name.endsWith(".pyc")) {
            return false;
        }
        String source = child(parent(folder), name.substring(0, name.indexOf('.')) + ".py");
        return going.contains(source) || !exists(source);
    }

    private void placeIn(Path staged, String folder) throws IOException {
        for (String name : names(staged, folder)) {
            String path = child(folder, name);
            boolean comesAsFolder =
                    Files.isDirectory(staged.resolve(path), LinkOption.NOFOLLOW_LINKS);
            boolean inTheWay = exists(path) && !isRemoved(path);
            if (inTheWay && comesAsFolder && isFolder(path)) {
                placeIn(staged, path);
            } else {
                if (inTheWay) {
                    remove(path, true);
                }
                places.add(new Rename.Place(path));
            }
        }
    }

    private void remove(String path, boolean keep) {
        removals.add(new Rename.Remove(path, removals.size(), keep));
        removed.add(path);
    }

    private boolean isRemoved(String path) {
        for (String above = path; !above.isEmpty(); above = parent(above)) {
            if (removed.contains(above)) {
                return true;
            }
        }
        return false;
    }

    private Set<String> names(String folder) throws IOException {
        return names(root, folder);
    }

    private static Set<String> names(Path root, String folder) throws IOException {
        var names = new TreeSet<String>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(folder))) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        } catch (NoSuchFileException e) {
            return Set.of();
        }
        return names;
    }

    private boolean exists(String path) {
        return Files.exists(root.resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * A link to a folder is not one: what lies behind it may be outside the environment and is left
     * alone.
     */
    private boolean isFolder(String path) {
        return Files.isDirectory(root.resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    private static String child(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
