package dev.blast.enforcer.kernel;

import static dev.blast.enforcer.kernel.Fcntl.AT_FDCWD;
import static dev.blast.enforcer.kernel.Fcntl.O_CLOEXEC;
import static dev.blast.enforcer.kernel.Fcntl.O_DIRECTORY;
import static dev.blast.enforcer.kernel.Fcntl.O_NOFOLLOW;
import static dev.blast.enforcer.kernel.Fcntl.O_PATH;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A folder of the host that this process holds by its descriptor, whatever becomes of the names
 * that led to it. Folders in it are opened and made by openat(2) and mkdirat(2), following no link;
 * everything else is done to a {@link #path}, which goes through the descriptor (proc_pid_fd(5)).
 * One thread, together with those that were opened from it.
 */
public final class OpenFolder implements AutoCloseable {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final long FOLDER = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    private static final int EVERYTHING = 0777; // less the umask

    /** Of renameat2(2). */
    private static final long RENAME_NOREPLACE = 1;

    /** Of renameat2(2). */
    private static final long RENAME_EXCHANGE = 2;

    private final Kernel kernel;
    private final NativeMemory names;
    private final boolean ownsNames;
    private final Path shown;
    private final long descriptor;

    /** Through the descriptor. */
    private final Path path;

    private boolean closed;

    private OpenFolder(
            Kernel kernel, NativeMemory names, boolean ownsNames, Path shown, long descriptor) {
        this.kernel = kernel;
        this.names = names;
        this.ownsNames = ownsNames;
        this.shown = shown;
        this.descriptor = descriptor;
        this.path = DESCRIPTORS.resolve(Long.toString(descriptor));
    }

    /**
     * Opens a folder, name by name from the root.
     *
     * @param path absolute, without a link anywhere, as {@link Path#toRealPath} says it
     */
    public static OpenFolder at(Path path) throws IOException {
        if (!Files.isDirectory(DESCRIPTORS)) {
            throw new FileSystemException(
                    path.toString(),
                    null,
                    "folders are worked in through /proc, which is not mounted");
        }
        Kernel kernel = Kernel.linux();
        var names = new NativeMemory();
        OpenFolder folder = null;
        try {
            folder = open(kernel, names, true, Path.of("/"), AT_FDCWD, "/");
            for (Path name : path) {
                OpenFolder next =
                        open(
                                kernel,
                                names,
                                true,
                                folder.shown.resolve(name),
                                folder.descriptor,
                                name.toString());
                folder.closeDescriptor();
                folder = next;
            }
            return folder;
        } catch (IOException e) {
            if (folder != null) {
                folder.closeDescriptor();
            }
            names.close();
            throw e;
        }
    }

    /** Loads what the first call needs, so that another thread may do it meanwhile. */
    public static void warm() {
        Kernel.linux();
    }

    /** The same folder under a descriptor of its own, for another thread. */
    public OpenFolder again() throws IOException {
        var own = new NativeMemory();
        try {
            return open(kernel, own, true, shown, descriptor, ".");
        } catch (IOException e) {
            own.close();
            throw e;
        }
    }

    /** A folder in it. */
    public OpenFolder folder(String name) throws IOException {
        return open(kernel, names, false, shown.resolve(name), descriptor, name);
    }

    /** A folder in it, made where there is none, with the permissions that the umask leaves. */
    public OpenFolder made(String name) throws IOException {
        long result = kernel.call(Syscall.mkdirat, descriptor, names.text(name), EVERYTHING);
        if (result < 0 && result != -Errno.EEXIST.number()) {
            throw failure(shown.resolve(name), (int) -result);
        }
        return folder(name);
    }

    private static OpenFolder open(
            Kernel kernel,
            NativeMemory names,
            boolean ownsNames,
            Path shown,
            long folder,
            String name)
            throws IOException {
        long result = kernel.call(Syscall.openat, folder, names.text(name), FOLDER, 0);
        if (result < 0) {
            throw failure(shown, (int) -result);
        }
        return new OpenFolder(kernel, names, ownsNames, shown, result);
    }

    /** Reasons that callers know by their words are in those of strerror(3). */
    private static FileSystemException failure(Path path, int number) {
        String place = path.toString();
        @Nullable Errno errno = Errno.of(number);
        return switch (errno) {
            case ENOENT -> new NoSuchFileException(place);
            case EEXIST -> new FileAlreadyExistsException(place);
            case EACCES, EPERM -> new AccessDeniedException(place);
            case ENOTDIR, ELOOP ->
                    Files.isSymbolicLink(path)
                            ? new FileSystemException(
                                    place, null, "it is a symbolic link, which is not followed")
                            : new NotDirectoryException(place);
            case ENOSPC -> new FileSystemException(place, null, "No space left on device");
            case EROFS -> new FileSystemException(place, null, "Read-only file system");
            case null, default -> new FileSystemException(place, null, Errno.sentence(number));
        };
    }

    /**
     * Two names in it change places (renameat2(2), RENAME_EXCHANGE): at no instant is either of
     * them gone, and what stood under one stands under the other afterwards.
     *
     * @throws FileSystemException where one is not there, or where the filesystem cannot do it
     */
    public void exchange(String one, String other) throws IOException {
        rename(one, this, other, RENAME_EXCHANGE);
    }

    /**
     * A name in it becomes another one, which was not there (renameat2(2), RENAME_NOREPLACE).
     *
     * @throws FileAlreadyExistsException where it is there, as whatever
     */
    public void renameToNew(String from, String to) throws IOException {
        rename(from, this, to, RENAME_NOREPLACE);
    }

    /** The same with a name in another folder of the same filesystem. */
    public void exchange(String one, OpenFolder folder, String other) throws IOException {
        rename(one, folder, other, RENAME_EXCHANGE);
    }

    /** The same into another folder of the same filesystem. */
    public void renameToNew(String from, OpenFolder folder, String to) throws IOException {
        rename(from, folder, to, RENAME_NOREPLACE);
    }

    private void rename(String from, OpenFolder folder, String to, long how) throws IOException {
        try (var second = new NativeMemory()) {
            long result =
                    kernel.call(
                            Syscall.renameat2,
                            descriptor,
                            names.text(from),
                            folder.descriptor,
                            second.text(to),
                            how);
            if (result < 0) {
                throw failure(folder.shown.resolve(to), (int) -result);
            }
        }
    }

    /** Leads to the folder itself, for as long as it is open. */
    public Path path() {
        return path;
    }

    /** Leads to a name in it, for as long as it is open. */
    public Path path(String name) {
        return path.resolve(name);
    }

    /** What it was called when it was opened. */
    public Path shown() {
        return shown;
    }

    /** Once: the number may have been given to another descriptor since. */
    private void closeDescriptor() {
        if (!closed) {
            closed = true;
            kernel.call(Syscall.close, descriptor);
        }
    }

    @Override
    public void close() {
        closeDescriptor();
        if (ownsNames) {
            names.close();
        }
    }
}
