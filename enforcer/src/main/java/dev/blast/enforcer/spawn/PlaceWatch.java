package dev.blast.enforcer.spawn;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.Lines;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.PathBytes;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.EnforcerException;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Watches, from outside, the places that mounts cover inside: a rename over a covered file, as
 * every editor does it, takes the cover off, and what is new would lie open. Then the sandbox is
 * ended. See inotify(7).
 *
 * <p>Opened by the thread that starts the sandbox before anything is mounted; then one thread of
 * its own waits for the first event, or for the end of the sandbox.
 */
final class PlaceWatch implements AutoCloseable {
    private static final long IN_MOVED_FROM = 0x40;
    private static final long IN_MOVED_TO = 0x80;
    private static final long IN_CREATE = 0x100;
    private static final long IN_DELETE = 0x200;
    private static final long IN_Q_OVERFLOW = 0x4000;
    private static final long IN_ONLYDIR = 0x1000000;
    private static final long IN_DONT_FOLLOW = 0x2000000;
    private static final long IN_CLOEXEC = 02000000;
    private static final long POLLIN = 1;

    /** Of {@code struct inotify_event}, before the name: wd, mask, cookie, len. */
    private static final int EVENT_BYTES = 16;

    private static final List<Object> ABSENT = List.of();
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Kernel kernel;
    private final Map<Integer, Path> folders = new HashMap<>();
    private final Map<Path, List<Object>> known = new HashMap<>();
    private final Set<Path> places;

    /** The places by their bytes, a character for each: a name need be no text. */
    private final Map<String, Path> byBytes = new HashMap<>();

    private long inotify = -1;
    private volatile @Nullable Path changed;

    private PlaceWatch(Set<Path> places, Kernel kernel) {
        this.places = places;
        places.forEach(place -> byBytes.put(PathBytes.asLatin1(place), place));
        this.kernel = kernel;
    }

    /** Watches what the plan names; nothing where it names nothing. */
    static PlaceWatch open(Plan plan, Kernel kernel) throws EnforcerException {
        Optional<Step.WatchPlaces> step = plan.step(Step.WatchPlaces.class);
        PlaceWatch watch =
                new PlaceWatch(step.map(Step.WatchPlaces::places).orElse(Set.of()), kernel);
        if (step.isPresent()) {
            watch.open(step.get());
        }
        return watch;
    }

    private void open(Step.WatchPlaces step) throws EnforcerException {
        inotify = kernel.call(Syscall.inotify_init1, IN_CLOEXEC);
        if (inotify < 0) {
            throw new EnforcerException(step, Syscall.inotify_init1, (int) -inotify);
        }
        Set<Path> parents = new HashSet<>();
        places.forEach(place -> parents.add(Objects.requireNonNull(place.getParent())));
        long mask =
                IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ONLYDIR | IN_DONT_FOLLOW;
        for (Path folder : parents) {
            try (NativeMemory memory = new NativeMemory()) {
                long path = memory.path(folder);
                long descriptor = kernel.call(Syscall.inotify_add_watch, inotify, path, mask);
                if (descriptor >= 0) {
                    folders.put((int) descriptor, folder);
                } else if (descriptor
                        != -Errno.ENOENT.number()) { // else the folder above is watched
                    close();
                    throw new EnforcerException(step, Syscall.inotify_add_watch, (int) -descriptor);
                }
            }
        }
        places.forEach(place -> known.put(place, identity(place)));
        for (Path absent : step.absent()) {
            if (!identity(absent).isEmpty()) {
                close();
                throw new EnforcerException(step, Syscall.statx, Errno.ESTALE.number());
            }
        }
    }

    /** The same as long as nothing else takes the place; a new file may get an old one's number. */
    private static List<Object> identity(Path place) {
        try {
            BasicFileAttributes file =
                    Files.readAttributes(
                            place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return List.of(
                    String.valueOf(file.fileKey()), file.creationTime(), file.isSymbolicLink());
        } catch (IOException _) {
            return ABSENT;
        }
    }

    /** Whether the kernel says that every folder in which one of these places lies is watched. */
    boolean holds(Set<Path> planned) {
        if (!places.containsAll(planned)) {
            return false;
        }
        List<String> watched = Lines.of(Path.of("/proc/self/fdinfo/" + inotify));
        for (int watch : folders.keySet()) {
            String line = "inotify wd:" + Integer.toHexString(watch) + " ";
            if (watched.stream().noneMatch(entry -> entry.startsWith(line))) {
                return false;
            }
        }
        return true;
    }

    /** What was changed outside; empty as long as everything is in its place. */
    Optional<Path> changed() {
        return Optional.ofNullable(changed);
    }

    /**
     * Waits for the first change, or for the end of a process.
     *
     * @param pidfd readable when the process has ended
     */
    boolean waitForChange(long pidfd) {
        if (inotify < 0) {
            return false;
        }
        try (NativeMemory memory = new NativeMemory()) {
            long poll = memory.longs(inotify | POLLIN << 32, pidfd | POLLIN << 32);
            long buffer = memory.allocate(BUFFER_BYTES);
            while (changed == null) {
                if (kernel.call(Syscall.poll, poll, 2, -1) == -Errno.EINTR.number()) {
                    continue;
                }
                if (memory.getLong(poll + 8) >>> 48 != 0) {
                    return false;
                }
                long bytes = kernel.call(Syscall.read, inotify, buffer, BUFFER_BYTES);
                changed = bytes < 0 ? null : first(memory, buffer, bytes);
            }
            return true;
        }
    }

    /** Events for which there was no room may have been anything: then each place is looked at. */
    private @Nullable Path first(NativeMemory memory, long buffer, long bytes) {
        long at = buffer;
        while (at < buffer + bytes) {
            int watch = memory.getInt(at);
            if ((memory.getInt(at + 4) & IN_Q_OVERFLOW) != 0) {
                Optional<Path> other =
                        places.stream()
                                .filter(place -> !identity(place).equals(known.get(place)))
                                .findFirst();
                if (other.isPresent()) {
                    return other.get();
                }
            }
            int length = memory.getInt(at + 12);
            Path folder = folders.get(watch);
            if (folder != null && length > 0) {
                String name = new String(memory.getBytes(at + EVENT_BYTES, length), ISO_8859_1);
                String above = PathBytes.asLatin1(folder);
                Path place =
                        byBytes.get(
                                (above.equals("/") ? "" : above)
                                        + "/"
                                        + name.substring(0, name.indexOf('\0')));
                if (place != null) {
                    return place;
                }
            }
            at += EVENT_BYTES + length;
        }
        return null;
    }

    @Override
    public void close() {
        if (inotify >= 0) {
            kernel.call(Syscall.close, inotify);
            inotify = -1;
        }
    }
}
