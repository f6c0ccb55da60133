package dev.blast.enforcer.spawn;

import static dev.blast.enforcer.kernel.Fcntl.AT_FDCWD;
import static dev.blast.enforcer.kernel.Fcntl.AT_REMOVEDIR;
import static dev.blast.enforcer.kernel.Fcntl.OPEN_HOW_BYTES;
import static dev.blast.enforcer.kernel.Fcntl.O_CLOEXEC;
import static dev.blast.enforcer.kernel.Fcntl.O_DIRECTORY;
import static dev.blast.enforcer.kernel.Fcntl.O_NOFOLLOW;
import static dev.blast.enforcer.kernel.Fcntl.O_PATH;
import static dev.blast.enforcer.kernel.Fcntl.RESOLVE_NO_MAGICLINKS;
import static dev.blast.enforcer.kernel.Fcntl.RESOLVE_NO_SYMLINKS;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.EnforcerException;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Empty folders that keep a name from a program which may write around it: what is not there cannot
 * be mounted on. They are there while a sandbox needs them.
 *
 * <p>Each sandbox holds a shared lock (flock(2)) on each of them, since to remove a folder takes
 * away what others have mounted on it. The last sandbox removes it, and whoever puts something in
 * or in its place keeps it. What a killed launcher left is known by its mode and taken over by the
 * next.
 */
public final class KeptNames {
    /** A sticky bit where only the owner may write means nothing to the kernel, and this to us. */
    private static final int MODE = 01755;

    private static final int STICKY = 01000;
    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final int PERMISSIONS = 07777;
    private static final int OWNER_MAY_CHANGE = 0300;
    private static final int S_IFMT = 0170000;
    private static final int S_IFDIR = 0040000;
    private static final long O_FOLDER = O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    private static final long LOCK_SH_NB = 1 | 4;
    private static final long LOCK_EX_NB = 2 | 4;
    private static final int ATTEMPTS = 50;

    private final Kernel kernel;
    private final List<Held> held = new ArrayList<>();

    /** A folder that is open and locked, and the folder in which it lies. */
    private record Held(long parent, String name, long descriptor) {
        Path path() {
            return Path.of("/proc/self/fd/" + parent, name);
        }
    }

    private KeptNames(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * Whether a folder, whose mode is known already, is one of ours and still empty.
     *
     * @param mode as stat(2) has it, with the kind of file
     */
    static boolean is(Path path, int mode) {
        if ((mode & S_IFMT) != S_IFDIR
                || (mode & STICKY) == 0
                || (mode & WRITABLE_BY_OTHERS) != 0) {
            return false;
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        } catch (IOException _) {
            return false;
        }
    }

    /** Makes what is not there. Where that fails, nothing is left. */
    static KeptNames take(Plan plan, Kernel kernel) throws EnforcerException {
        KeptNames keptNames = new KeptNames(kernel);
        for (Step step : plan.steps()) {
            if (step instanceof Step.KeepName(Path path)) {
                try {
                    keptNames.take(step, path);
                } catch (EnforcerException e) {
                    keptNames.release();
                    throw e;
                }
            }
        }
        return keptNames;
    }

    /** Removes those that nobody else needs. */
    void release() {
        for (Held one : held) {
            if (kernel.call(Syscall.flock, one.descriptor(), LOCK_EX_NB) == 0 && isOurs(one)) {
                changing(
                        one.parent(),
                        () -> named(Syscall.unlinkat, one.parent(), one.name(), AT_REMOVEDIR));
            }
            close(one.descriptor());
            close(one.parent());
        }
        held.clear();
    }

    private void take(Step step, Path path) throws EnforcerException {
        long parent = openFolder(Objects.requireNonNull(path.getParent()));
        if (parent < 0) {
            throw refused(step, Syscall.openat2, parent);
        }
        String name = path.getFileName().toString();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long made = changing(parent, () -> named(Syscall.mkdirat, parent, name, MODE));
            if (made < 0 && made != -Errno.EEXIST.number()) {
                close(parent);
                throw refused(step, Syscall.mkdirat, made);
            }
            long descriptor = named(Syscall.openat, parent, name, O_FOLDER, 0);
            if (descriptor >= 0) {
                Held one = new Held(parent, name, descriptor);
                if (kernel.call(Syscall.flock, descriptor, LOCK_SH_NB) == 0 && isThere(one)) {
                    held.add(one);
                    return;
                }
                close(descriptor); // it is just being removed
            } else if (descriptor != -Errno.ENOENT.number()) {
                close(parent);
                return; // something else is there by now, and the start will say so
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        close(parent);
        throw refused(step, Syscall.flock, -Errno.EBUSY.number());
    }

    /** Does it also where the owner of a folder, who we are, has taken the right from himself. */
    private long changing(long folder, LongSupplier change) {
        long result = change.getAsLong();
        Path path = Path.of("/proc/self/fd/" + folder);
        OptionalLong mode = attribute(path, "unix:mode");
        if (result != -Errno.EACCES.number() || mode.isEmpty()) {
            return result;
        }
        long before = mode.getAsLong() & PERMISSIONS;
        if (named(Syscall.fchmodat, AT_FDCWD, path.toString(), before | OWNER_MAY_CHANGE) < 0) {
            return result;
        }
        try {
            return change.getAsLong();
        } finally {
            named(Syscall.fchmodat, AT_FDCWD, path.toString(), before);
        }
    }

    private static EnforcerException refused(Step step, Syscall syscall, long result) {
        return new EnforcerException(step, syscall, (int) -result);
    }

    private static boolean isThere(Held one) {
        OptionalLong inode = attribute(one.path(), "unix:ino");
        return inode.isPresent()
                && inode.equals(
                        attribute(Path.of("/proc/self/fd/" + one.descriptor()), "unix:ino"));
    }

    private static boolean isOurs(Held one) {
        return isThere(one) && (attribute(one.path(), "unix:mode").orElse(0) & STICKY) != 0;
    }

    private static OptionalLong attribute(Path path, String name) {
        try {
            return Files.getAttribute(path, name) instanceof Number number
                    ? OptionalLong.of(number.longValue())
                    : OptionalLong.empty();
        } catch (IOException _) {
            return OptionalLong.empty();
        }
    }

    /** A link on the way, which another program may have put there, is an error. */
    private long openFolder(Path folder) {
        try (NativeMemory memory = new NativeMemory()) {
            return kernel.call(
                    Syscall.openat2,
                    AT_FDCWD,
                    memory.path(folder),
                    memory.longs(O_PATH | O_FOLDER, 0, RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS),
                    OPEN_HOW_BYTES);
        }
    }

    private long named(Syscall syscall, long folder, String name, long... more) {
        try (NativeMemory memory = new NativeMemory()) {
            long[] arguments = new long[more.length + 2];
            arguments[0] = folder;
            arguments[1] = memory.text(name);
            System.arraycopy(more, 0, arguments, 2, more.length);
            return kernel.call(syscall, arguments);
        }
    }

    private void close(long descriptor) {
        kernel.call(Syscall.close, descriptor);
    }
}
