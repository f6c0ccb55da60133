package dev.blast.enforcer.kernel;

import org.jspecify.annotations.Nullable;

/**
 * The reasons a kernel gives, as in errno(3). The numbers are those of all processors that Blast
 * knows.
 */
public enum Errno {
    EPERM(1, "not permitted"),
    ENOENT(2, "there is no such file or folder"),
    ESRCH(3, "there is no such process"),
    EINTR(4, "interrupted by a signal"),
    EIO(5, "input/output error"),
    E2BIG(7, "too large"),
    ENOEXEC(8, "not a program this kernel can run"),
    EBADF(9, "not an open descriptor"),
    ECHILD(10, "there is no child to wait for"),
    EAGAIN(11, "a limit on processes or resources is reached"),
    ENOMEM(12, "out of memory"),
    EACCES(13, "permission denied"),
    EFAULT(14, "bad address"),
    EBUSY(16, "in use"),
    EEXIST(17, "it exists already"),
    ENODEV(19, "this kernel does not have it"),
    ENOTDIR(20, "not a folder"),
    EISDIR(21, "a folder"),
    EINVAL(22, "this kernel does not accept it"),
    EMFILE(24, "too many open files"),
    ETXTBSY(26, "the program is being written"),
    ENOSPC(28, "no room left, or a limit on namespaces or mounts is reached"),
    EROFS(30, "read-only"),
    EPIPE(32, "the other side is gone"),
    ENAMETOOLONG(36, "the name is too long"),
    ENOSYS(38, "this kernel, or a filter around this process, does not have the call"),
    ELOOP(40, "a symbolic link where none may be"),
    EUSERS(87, "too many users, or namespaces nested too deeply"),
    ENOTSOCK(88, "not a socket"),
    EOPNOTSUPP(95, "switched off in this kernel"),
    EAFNOSUPPORT(97, "the address family is not available"),
    EPROTONOSUPPORT(93, "the protocol is not available"),
    EADDRINUSE(98, "the address is in use"),
    EADDRNOTAVAIL(99, "not an address of this machine"),
    ENETDOWN(100, "the network is down"),
    ENETUNREACH(101, "no way leads there"),
    ECONNABORTED(103, "the connection was given up"),
    ECONNRESET(104, "the other side broke it off"),
    ENOBUFS(105, "no room left for it"),
    EISCONN(106, "connected already"),
    ETIMEDOUT(110, "no answer in time"),
    ECONNREFUSED(111, "nothing listens there"),
    EHOSTUNREACH(113, "the way there is closed"),
    EALREADY(114, "under way already"),
    EINPROGRESS(115, "under way"),
    ESTALE(116, "it was replaced by something else meanwhile");

    private final int number;
    private final String meaning;

    Errno(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    public static @Nullable Errno of(int number) {
        for (Errno errno : values()) {
            if (errno.number == number) {
                return errno;
            }
        }
        return null;
    }

    /** {@code "permission denied (EACCES)"}. */
    public static String sentence(int number) {
        Errno errno = of(number);
        return errno == null ? "error " + number : errno.meaning + " (" + errno.name() + ")";
    }
}
