package dev.blast.environment.sync;

import dev.blast.environment.Cause;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.Store;
import dev.blast.environment.install.StoredFile;
import dev.blast.environment.install.StoredWheel;
import dev.blast.index.DistributionFile;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.index.Transfer;
import dev.blast.packaging.Digest;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.archive.Refusal;
import dev.blast.packaging.archive.RefusedWheelException;
import dev.blast.solver.BuildException;
import dev.blast.solver.Pin;
import dev.blast.solver.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Brings the wheels of a plan into the store: looked up by hash, else downloaded; many at once. */
final class Wheels {
    private final Store store;
    private final Workshop workshop;
    private final Path downloads;
    private final Progress progress;

    /** Unpacking is work for a processor; waiting for a network is not. */
    private final Semaphore processors = new Semaphore(Runtime.getRuntime().availableProcessors());

    private final Queue<Unusable> unusable = new ConcurrentLinkedQueue<>();
    private final AtomicInteger downloaded = new AtomicInteger();
    private final AtomicInteger ready = new AtomicInteger();

    /**
     * @param workshop where what has no wheel is built
     * @param downloads where files lie until they are in the store
     */
    Wheels(Store store, Workshop workshop, Path downloads, Progress progress) {
        this.store = store;
        this.workshop = workshop;
        this.downloads = downloads;
        this.progress = progress;
    }

    /** What was brought and refused, by name. */
    List<Unusable> unusable() {
        return unusable.stream().sorted(Comparator.comparing(Unusable::name)).toList();
    }

    /** How many were not in the store. */
    int downloaded() {
        return downloaded.get();
    }

    /**
     * All of them, or an exception; what has been stored by then stays in the store. Files that are
     * no wheels to be trusted, or not what the index promised, are not among them, but in {@link
     * #unusable}.
     *
     * @throws IndexException where one cannot be had
     * @throws EnvironmentException where one is refused or cannot be stored
     */
    Map<PackageName, StoredWheel> bring(List<Wanted> wanted, Index index)
            throws EnvironmentException, IndexException {
        progress.phase("fetching");
        Map<PackageName, Future<Optional<StoredWheel>>> coming = new TreeMap<>();
        Map<PackageName, StoredWheel> wheels = new TreeMap<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                for (Wanted w : wanted) {
                    coming.put(w.name(), threads.submit(() -> bring(w, index, wanted.size())));
                }
                for (var entry : coming.entrySet()) {
                    entry.getValue().get().ifPresent(w -> wheels.put(entry.getKey(), w));
                }
                return wheels;
            } finally {
                threads.shutdownNow(); // closing waits: after a failure or Ctrl-C not for downloads
            }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IndexException cause -> throw cause;
                case EnvironmentException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException(
                    "interrupted while wheels were fetched; nothing has been changed", e);
        }
    }

    private Optional<StoredWheel> bring(Wanted wanted, Index index, int all)
            throws EnvironmentException, IndexException, InterruptedException {
        try {
            StoredWheel wheel =
                    switch (wanted.source()) {
                        case Wanted.Source.Bundled(Path file) -> unpack(file, null);
                        case Wanted.Source.Pinned(Pin pin, _) -> pinned(pin, index);
                    };
            synchronized (progress) {
                progress.advance(
                        wanted.name() + " " + wanted.version(), ready.incrementAndGet(), all);
            }
            return Optional.of(wheel);
        } catch (BuildException e) {
            unusable.add(Unusable.of(wanted, e));
            return Optional.empty();
        } catch (RefusedWheelException e) {
            unusable.add(Unusable.of(wanted, e));
            return Optional.empty();
        } catch (IndexException e) {
            if (e.kind() != IndexException.Kind.HASH) {
                throw e;
            }
            unusable.add(Unusable.of(wanted, e));
            return Optional.empty();
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of(
                            "cannot keep %s %s in the store: %s%s\nnothing has been changed",
                            wanted.name(),
                            wanted.version(),
                            Cause.of(e),
                            Cause.advice(e, store.directory())),
                    e);
        }
    }

    private StoredWheel pinned(Pin pin, Index index)
            throws IOException, IndexException, BuildException, InterruptedException {
        if (pin.file().kind().isSource()) {
            return unpack(workshop.wheel(pin.file()), null);
        }
        String sha256 = pin.file().sha256();
        Optional<StoredWheel> known = sha256 == null ? Optional.empty() : store.find(sha256);
        StoredWheel wheel = known.isPresent() ? known.get() : download(pin.file(), index);
        compareMetadata(index, pin.file(), wheel);
        return wheel;
    }

    private StoredWheel download(DistributionFile file, Index index)
            throws IOException, IndexException, InterruptedException {
        Files.createDirectories(downloads);
        Path folder = Files.createTempDirectory(downloads, "wheel");
        try {
            Path wheel = index.fetch(file, folder, Transfer.SILENT);
            downloaded.incrementAndGet();
            return unpack(wheel, file.sha256()); // which the download was compared with
        } finally {
            Files.deleteIfExists(folder.resolve(file.filename()));
            Files.deleteIfExists(folder);
        }
    }

    private StoredWheel unpack(Path wheel, @Nullable String sha256)
            throws IOException, InterruptedException {
        processors.acquire();
        try {
            return sha256 == null ? store.add(wheel) : store.add(wheel, sha256);
        } finally {
            processors.release();
        }
    }

    /**
     * What was resolved with was a text beside the wheel: another one inside would mean other
     * dependencies.
     */
    private static void compareMetadata(Index index, DistributionFile file, StoredWheel stored)
            throws IOException, IndexException {
        Optional<String> promised = index.metadataSha256(file);
        String path = stored.distInfo() + "/METADATA";
        Optional<String> found =
                stored.files().stream()
                        .filter(f -> f.path().equals(path))
                        .map(StoredFile::hash)
                        .findFirst();
        if (promised.isPresent() && !found.equals(promised.map(Digest::recordHash))) {
            throw new RefusedWheelException(
                    file.filename(), Refusal.METADATA_BESIDE, file.filename());
        }
    }
}
