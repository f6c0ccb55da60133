package dev.blast.environment.install;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Lays out what plans say, in a folder of its own that has the environment's shape. */
public final class Stage {
    private static final Set<StandardOpenOption> NEW =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final FileAttribute<Set<PosixFilePermission>> ORDINARY = mode("rw-r--r--");
    private static final FileAttribute<Set<PosixFilePermission>> EXECUTABLE = mode("rwxr-xr-x");

    private static final int OWNER_RUNS = 0100;
    private static final int READ = 0444;
    private static final int READ_AND_RUN = 0555;

    /** strerror(EMLINK): Java passes on the text, not the number. */
    private static final String TOO_MANY_LINKS = "Too many links";

    private final HeldFolder folder;
    private final Store store;

    /** Which permissions a new file may have here: the others are taken away by the umask. */
    private final int allowed;

    private final Set<String> files = new HashSet<>();

    /** Set once a link has failed for a reason that the next one will have too. */
    private volatile boolean copying;

    private Stage(HeldFolder folder, Store store) throws IOException {
        this.folder = folder;
        this.store = store;
        this.allowed = folder.permissions();
    }

    /**
     * Makes every folder and file of the plans below {@code folder}, which exists and lies on the
     * environment's filesystem: files of the store as hard links (as copies, where links are
     * impossible, or the umask wants other permissions than the store's), the rest written. A path
     * that two plans share is made once; {@link Ownership} tells beforehand where their contents
     * differ.
     *
     * @param folder just made, with the permissions of this process' umask; every folder in it is
     *     entered by descriptor, so that nothing is made elsewhere
     * @param store the one that has answered the plans' wheels
     * @throws ChangedWheelException where a file of the store does not hold what it should
     */
    public static void lay(Collection<InstallPlan> plans, HeldFolder folder, Store store)
            throws IOException {
        new Stage(folder, store).lay(plans);
    }

    /** A wheel at a time, on all processors: links of one wheel share their folders. */
    private void lay(Collection<InstallPlan> plans) throws IOException {
        var shares = new ArrayList<List<InstallEntry>>();
        for (InstallPlan plan : plans) {
            var share = new ArrayList<InstallEntry>(plan.entries().size());
            for (InstallEntry entry : plan.entries()) {
                if (files.add(entry.target())) {
                    share.add(entry);
                }
            }
            share.sort(Comparator.comparing(InstallEntry::target));
            shares.add(share);
        }
        shares.sort((a, b) -> Integer.compare(b.size(), a.size()));
        try (ExecutorService workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            var running = new ArrayList<Future<?>>();
            for (List<InstallEntry> share : shares) {
                running.add(
                        workers.submit(() -> {
                            make(share);
                            return null;
                        }));
            }
            await(running, workers);
        }
    }

    /**
     * Folder by folder in the order of their paths, with no more of them open than lie above one.
     */
    private void make(List<InstallEntry> share) throws IOException {
        try (HeldFolder own = folder.folder(HeldFolder.HERE)) {
            for (int from = 0; from < share.size(); ) {
                String parent = parent(share.get(from));
                int to = from + 1;
                while (to < share.size() && parent.equals(parent(share.get(to)))) {
                    to++;
                }
                List<InstallEntry> siblings = share.subList(from, to);
                Path place = Path.of(parent);
                own.releaseAllBut(place);
                own.makeFolders(place);
                own.in(
                        place,
                        path -> {
                            for (InstallEntry entry : siblings) {
                                make(entry, path.resolve(name(entry)));
                            }
                            return path;
                        });
                from = to;
            }
        }
    }

    private static String parent(InstallEntry entry) {
        return entry.target().substring(0, Math.max(0, entry.target().lastIndexOf('/')));
    }

    private static String name(InstallEntry entry) {
        return entry.target().substring(entry.target().lastIndexOf('/') + 1);
    }

    private static void await(List<Future<?>> running, ExecutorService workers) throws IOException {
        try {
            for (Future<?> future : running) {
                future.get();
            }
        } catch (InterruptedException _) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
            throw new InstallException("laying out files was interrupted");
        } catch (ExecutionException e) {
            workers.shutdownNow();
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void make(InstallEntry entry, Path target) throws IOException {
        switch (entry.source()) {
            case FileSource.Stored stored -> link(stored, target);
            case FileSource.Installed(Path file) ->
                    throw new IllegalArgumentException("already there: " + file);
            case FileSource.Taken(_, String hash) ->
                    throw new IllegalArgumentException("of no wheel: " + hash);
            case FileSource.Written(byte[] content) -> {
                try (var channel =
                        Files.newByteChannel(
                                target, NEW, entry.executable() ? EXECUTABLE : ORDINARY)) {
                    var buffer = ByteBuffer.wrap(content);
                    while (buffer.hasRemaining()) {
                        channel.write(buffer);
                    }
                }
            }
        }
    }

    private void link(FileSource.Stored source, Path target) throws IOException {
        Inode stored = store.held(source.wheel(), source.file());
        Path file = source.file().place();
        int mode = stored.permissions();
        int wanted = ((mode & OWNER_RUNS) == 0 ? READ : READ_AND_RUN) & allowed;
        if (!copying && mode == wanted) {
            try {
                Files.createLink(target, file);
                store.linked(source.file());
                return;
            } catch (NoSuchFileException | FileAlreadyExistsException e) {
                throw e;
            } catch (FileSystemException e) {
                // Another filesystem, one without links, somebody else's file: a copy serves all of
                // them, and whatever else is wrong (a full disk) the copy will say. Only a file
                // that
                // has all the links it can have stands alone.
                copying = !TOO_MANY_LINKS.equals(e.getReason());
            }
        }
        // which shares the blocks where the filesystem can (copy_file_range(2))
        Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        if (mode != wanted) {
            Files.setAttribute(target, "unix:mode", wanted, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(String mode) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
    }
}
