package dev.blast.environment.tree;

import dev.blast.packaging.Digest;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All files, links and folders that an environment consists of, by path. Not among them are {@code
 * .blast/}, bytecode that no RECORD lists (Python makes it again), and what somebody keeps in the
 * environment's folder that is no part of a venv.
 */
public final class Tree {
    public static final Tree EMPTY = new Tree(new TreeMap<>());

    private final SortedMap<String, TreeEntry> entries;

    private Tree(SortedMap<String, TreeEntry> entries) {
        this.entries = Collections.unmodifiableSortedMap(entries);
    }

    /** Of these; the last of a path counts. */
    public static Tree of(Collection<? extends TreeEntry> entries) {
        var byPath = new TreeMap<String, TreeEntry>();
        entries.forEach(it -> byPath.put(it.path(), it));
        return new Tree(byPath);
    }

    /** Sorted by path. */
    public Collection<TreeEntry> entries() {
        return entries.values();
    }

    public Optional<TreeEntry> at(String path) {
        return Optional.ofNullable(entries.get(path));
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The ordinary files, sorted by path. */
    public List<TreeEntry.File> files() {
        return entries.values().stream()
                .filter(TreeEntry.File.class::isInstance)
                .map(TreeEntry.File.class::cast)
                .toList();
    }

    /** What is at a path, and all that lies in it. */
    Map<String, TreeEntry> below(String path) {
        var below = new TreeMap<>(entries.subMap(path + "/", path + "0")); // '0' follows '/'
        Optional.ofNullable(entries.get(path)).ifPresent(it -> below.put(path, it));
        return below;
    }

    /**
     * The same after these have gone, with all that lay in them, and these have come from another
     * tree, with all that lies in them there.
     */
    public Tree after(Collection<String> gone, Collection<String> come, Tree from) {
        var after = new TreeMap<>(entries);
        gone.forEach(path -> after.keySet().removeAll(below(path).keySet()));
        come.forEach(path -> after.putAll(from.below(path)));
        return new Tree(after);
    }

    /** A digest over all of it: two trees are the same file for file where it is. */
    public String hash() {
        return Digest.of(text());
    }

    /** A line an entry. */
    public String text() {
        return entries.values().stream().map(it -> it.line() + "\n").collect(Collectors.joining());
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException where it did not
     */
    public static Tree parse(String text) {
        return of(text.lines().map(TreeEntry::parse).toList());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tree tree && tree.entries.equals(entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
