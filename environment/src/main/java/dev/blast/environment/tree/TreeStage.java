package dev.blast.environment.tree;

import dev.blast.environment.install.Contents;
import dev.blast.environment.install.HeldFolder;
import dev.blast.environment.install.Inode;
import dev.blast.environment.install.InstallException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Lays out the entries of a tree in a folder of their own, each as it was. */
public final class TreeStage {
    /** Where packages part: {@code lib/python3.12/site-packages/NAME}. */
    private static final int SHARE_DEPTH = 4;

    /** To make a file is to wait for the filesystem, more than for a processor. */
    private static final int AT_A_TIME = 8;

    private TreeStage() {}

    /**
     * Before anything is laid out.
     *
     * @throws InstallException where what some of the files hold cannot be had any more
     */
    public static void require(List<TreeEntry> coming, Contents contents) throws InstallException {
        List<String> missing =
                coming.stream()
                        .filter(TreeEntry.File.class::isInstance)
                        .map(TreeEntry.File.class::cast)
                        .filter(it -> !contents.has(it.hash()))
                        .map(TreeEntry.File::path)
                        .toList();
        if (!missing.isEmpty()) {
            throw new InstallException(
                    "the store does not hold %d of its files any more, the first of them %s"
                            .formatted(missing.size(), missing.getFirst()));
        }
    }

    /**
     * Lays them out, several packages at a time.
     *
     * @param coming folders before what lies in them
     * @param folder every folder in it is entered by descriptor
     * @param contents where what they hold is had from
     */
    public static void lay(List<TreeEntry> coming, HeldFolder folder, Contents contents)
            throws IOException {
        var shared = new ArrayList<TreeEntry>();
        Map<Path, List<TreeEntry>> shares = new LinkedHashMap<>();
        for (TreeEntry entry : coming) {
            Path path = Path.of(entry.path());
            if (entry instanceof TreeEntry.Folder && path.getNameCount() < SHARE_DEPTH) {
                shared.add(entry);
            } else {
                shares.computeIfAbsent(share(path), _ -> new ArrayList<>()).add(entry);
            }
        }
        each(shared, folder, contents);
        together(shares.values(), folder, contents);
    }

    /** The part of the tree that a path belongs to: a package, or what lies in one folder. */
    private static Path share(Path path) {
        if (path.getNameCount() >= SHARE_DEPTH) {
            return path.subpath(0, SHARE_DEPTH);
        }
        return path.getNameCount() == 1 ? HeldFolder.HERE : HeldFolder.above(path);
    }

    private static void together(
            Collection<List<TreeEntry>> shares, HeldFolder folder, Contents contents)
            throws IOException {
        if (shares.isEmpty()) {
            return;
        }
        var running = new ArrayList<Future<?>>();
        try (ExecutorService workers =
                Executors.newFixedThreadPool(Math.min(AT_A_TIME, shares.size()))) {
            for (List<TreeEntry> share : shares) {
                running.add(
                        workers.submit(() -> {
                            try (HeldFolder own = folder.folder(HeldFolder.HERE)) {
                                each(share, own, contents);
                            }
                            return null;
                        }));
            }
            try {
                for (Future<?> each : running) {
                    each.get();
                }
            } catch (ExecutionException e) {
                workers.shutdownNow();
                if (e.getCause() instanceof IOException failure) {
                    throw failure;
                }
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                workers.shutdownNow();
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("laying out files was interrupted");
            }
        }
    }

    private static void each(List<TreeEntry> entries, HeldFolder folder, Contents contents)
            throws IOException {
        for (TreeEntry entry : entries) {
            lay(entry, folder, contents);
        }
    }

    private static void lay(TreeEntry entry, HeldFolder folder, Contents contents)
            throws IOException {
        Path path = Path.of(entry.path());
        if (path.getNameCount() > 1) {
            folder.makeFolders(HeldFolder.above(path));
            folder.releaseAllBut(path);
        }
        switch (entry) {
            case TreeEntry.Folder(_, int mode) -> {
                folder.makeFolders(path);
                folder.at(path, place -> Files.setAttribute(place, "unix:mode", mode | 0700));
            }
            case TreeEntry.Link(_, long modified, String target) -> {
                folder.link(path, Path.of(target));
                folder.at(path, place -> Inode.setModified(place, modified));
            }
            case TreeEntry.File(_, int mode, long modified, _, String hash) ->
                    folder.at(
                            path,
                            place -> {
                                contents.lay(hash, mode, modified, place);
                                return place;
                            });
        }
    }
}
