package dev.blast.environment.copy;

import dev.blast.environment.copy.CopyChange.Deed;
import dev.blast.environment.copy.CopyChange.Thing;
import dev.blast.environment.install.Inode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** From what there was and what a program left to what it did. Decides; looks at nothing itself. */
final class CopyChanges {
    private static final int EXECUTABLE = 0111;
    private static final int OTHERS_RIGHTS = 07000;

    /** What has to be looked at on the disk. */
    interface Looks {
        /** What is there now, outside. */
        Optional<Inode> now(Path path) throws IOException;

        /** Whether the file in the copy holds what the one outside holds. */
        boolean isSame(WrittenEntry.File file) throws IOException;

        /** What a link outside says. */
        Path target(Path path) throws IOException;
    }

    private final Baseline baseline;
    private final SortedMap<Path, WrittenEntry> written;
    private final Guarded guarded;
    private final Looks looks;
    private final Map<Path, CopyChange> removed = new TreeMap<>();
    private final Map<Path, CopyChange> come = new TreeMap<>();

    private CopyChanges(
            Baseline baseline,
            SortedMap<Path, WrittenEntry> written,
            Guarded guarded,
            Looks looks) {
        this.baseline = baseline;
        this.written = written;
        this.guarded = guarded;
        this.looks = looks;
    }

    /**
     * In the order of their paths; of one path what went stands before what came.
     *
     * @param whole whether everything that is not there any more was removed
     */
    static List<CopyChange> of(
            Baseline baseline,
            SortedMap<Path, WrittenEntry> written,
            boolean whole,
            Guarded guarded,
            Looks looks)
            throws IOException {
        var changes = new CopyChanges(baseline, written, guarded, looks);
        for (WrittenEntry it : written.values()) {
            changes.add(it);
        }
        if (whole) {
            for (Path path : baseline.entries().keySet()) {
                if (!written.containsKey(path) && !baseline.isClosed(path)) {
                    changes.remove(path);
                }
            }
        }
        return changes.all();
    }

    private void add(WrittenEntry it) throws IOException {
        Optional<Inode> before = baseline.at(it.path());
        switch (it) {
            case WrittenEntry.File file -> file(file, before);
            case WrittenEntry.Link(Path path, Path target) -> link(path, target, before);
            case WrittenEntry.Folder(Path path, boolean opaque) -> folder(path, opaque, before);
            case WrittenEntry.Gone(Path path) -> removeAll(path);
            case WrittenEntry.Other(Path path, String what) ->
                    come(
                            path,
                            Deed.ADDED,
                            Thing.OTHER,
                            0,
                            0,
                            "",
                            new Keepable.Never("it is " + what));
        }
    }

    private void file(WrittenEntry.File file, Optional<Inode> before) throws IOException {
        Path path = file.path();
        Inode inode = file.inode();
        String rights = (inode.mode() & OTHERS_RIGHTS) != 0 ? "kept without its set-id bits" : "";
        if (before.filter(Inode::isRegularFile).isPresent()) {
            boolean modeIsSame = (before.get().mode() & EXECUTABLE) == (inode.mode() & EXECUTABLE);
            if (looks.now(path).equals(before) && modeIsSame && looks.isSame(file)) {
                return;
            }
        }
        replaceFolder(path, before);
        come(
                path,
                isThing(before) ? Deed.CHANGED : Deed.ADDED,
                Thing.FILE,
                before.filter(Inode::isRegularFile).map(Inode::sizeBytes).orElse(0L),
                inode.sizeBytes(),
                rights,
                Keepable.FREE);
    }

    private void link(Path path, Path target, Optional<Inode> before) throws IOException {
        if (before.filter(Inode::isLink).isPresent()
                && looks.now(path).equals(before)
                && looks.target(path).equals(target)) {
            return;
        }
        replaceFolder(path, before);
        come(
                path,
                isThing(before) ? Deed.CHANGED : Deed.ADDED,
                Thing.LINK,
                0,
                0,
                "-> " + target,
                standing(path, target));
    }

    private Keepable standing(Path path, Path target) {
        if (leadsOut(path, target)) {
            return new Keepable.OnlyNamed("it leads out of the project");
        }
        return leadsThroughOwn(path, target)
                ? new Keepable.OnlyNamed("it leads where another link does")
                : Keepable.FREE;
    }

    /** A link that was there before may lead anywhere; one that came is looked at itself. */
    private boolean leadsThroughOwn(Path path, Path target) {
        @Nullable Path at = path.getParent();
        for (Path name : target) {
            if (name.toString().equals("..")) {
                at = at == null ? null : at.getParent();
            } else if (!name.toString().equals(".")) {
                at = at == null ? name : at.resolve(name);
                if (baseline.at(at).filter(Inode::isLink).isPresent()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** By its words, name by name; what lies above where a link leads is not known here. */
    private boolean leadsOut(Path path, Path target) {
        @Nullable Path at = path.getParent();
        boolean behindLink = target.isAbsolute();
        for (Path name : target) {
            if (name.toString().equals("..")) {
                if (behindLink || at == null) {
                    return true;
                }
                at = at.getParent();
            } else if (!name.toString().equals(".")) {
                at = at == null ? name : at.resolve(name);
                behindLink |= isLink(at) || baseline.isClosed(at);
            }
        }
        return target.isAbsolute();
    }

    private boolean isLink(Path path) {
        return written.get(path) instanceof WrittenEntry.Link
                || baseline.at(path).filter(Inode::isLink).isPresent();
    }

    private void folder(Path path, boolean opaque, Optional<Inode> before) {
        if (before.filter(Inode::isFolder).isPresent()) {
            if (opaque) {
                for (Path below : baseline.below(path).keySet()) {
                    if (!below.equals(path) && !written.containsKey(below)) {
                        remove(below);
                    }
                }
            }
            return;
        }
        if (before.isPresent()) {
            remove(path);
        }
        come(path, Deed.ADDED, Thing.FOLDER, 0, 0, "", Keepable.FREE);
    }

    private static boolean isThing(Optional<Inode> before) {
        return before.filter(inode -> !inode.isFolder()).isPresent();
    }

    private void replaceFolder(Path path, Optional<Inode> before) {
        if (before.filter(Inode::isFolder).isPresent()) {
            removeAll(path);
        }
    }

    private void removeAll(Path path) {
        baseline.below(path).keySet().forEach(this::remove);
    }

    private void remove(Path path) {
        if (baseline.isClosed(path)) {
            return;
        }
        Inode inode = baseline.at(path).orElseThrow();
        Thing thing =
                inode.isFolder()
                        ? Thing.FOLDER
                        : inode.isLink()
                                ? Thing.LINK
                                : inode.isRegularFile() ? Thing.FILE : Thing.OTHER;
        removed.put(
                path,
                new CopyChange(
                        path,
                        Deed.REMOVED,
                        thing,
                        thing == Thing.FILE ? inode.sizeBytes() : 0,
                        0,
                        "",
                        thing == Thing.OTHER
                                ? new Keepable.Never("it is no file, folder or link")
                                : Keepable.FREE));
    }

    private void come(
            Path path,
            Deed deed,
            Thing thing,
            long before,
            long after,
            String detail,
            Keepable standing) {
        come.put(path, new CopyChange(path, deed, thing, before, after, detail, standing));
    }

    private List<CopyChange> all() throws IOException {
        var all = new TreeMap<Path, List<CopyChange>>();
        for (CopyChange change : removed.values()) {
            settled(change).ifPresent(it -> listed(all, it));
        }
        for (CopyChange change : come.values()) {
            settled(change).ifPresent(it -> listed(all, it));
        }
        return all.values().stream().flatMap(List::stream).toList();
    }

    private static void listed(Map<Path, List<CopyChange>> all, CopyChange change) {
        all.computeIfAbsent(change.path(), _ -> new ArrayList<>()).add(change);
    }

    /** What was done here meanwhile stays; what is so here already is no change. */
    private Optional<CopyChange> settled(CopyChange change) throws IOException {
        Optional<Inode> now = looks.now(change.path());
        Optional<Inode> before = baseline.at(change.path());
        boolean folder = change.thing() == Thing.FOLDER;
        if (change.deed() == Deed.REMOVED && now.isEmpty()) {
            return Optional.empty();
        }
        if (folder && change.deed() == Deed.ADDED && now.filter(Inode::isFolder).isPresent()) {
            return Optional.empty();
        }
        boolean asItWas =
                removed.containsKey(change.path())
                        ? now.equals(before) || (folder && now.filter(Inode::isFolder).isPresent())
                        : now.equals(before);
        if (!asItWas && change.canBeKept()) {
            return Optional.of(change.standing(Keepable.conflict()));
        }
        return Optional.of(
                change.isFree()
                        ? change.standing(guarded.standing(change.path(), change.deed()))
                        : change);
    }
}
