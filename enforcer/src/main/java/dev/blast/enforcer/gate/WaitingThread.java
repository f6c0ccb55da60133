package dev.blast.enforcer.gate;

import static dev.blast.enforcer.kernel.Fcntl.AT_FDCWD;
import static dev.blast.enforcer.kernel.Fcntl.O_CLOEXEC;
import static dev.blast.enforcer.kernel.Fcntl.O_PATH;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.NativeText;
import dev.blast.enforcer.kernel.Syscall;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A thread that waits for the answer to a call, looked into from outside. Its number may be
 * another's by the time it is looked at: what was learned counts only if {@link
 * SyscallListener#waits} says so afterwards. For one thread.
 */
final class WaitingThread implements AutoCloseable {
    private static final long PIDFD_THREAD = 0200; // O_EXCL
    private static final long RESOLVE_IN_ROOT = 0x10;
    private static final int TEXT_BYTES = 512;
    private static final int PATH_BYTES = 4096;
    private static final int PAGE_BYTES = 4096;
    private static final int MEMORY_BYTES = 12 * 1024;

    private final Kernel kernel;
    private final int thread;
    private final NativeMemory memory = new NativeMemory(MEMORY_BYTES);
    private long leader;

    WaitingThread(Kernel kernel, int thread) {
        this.kernel = kernel;
        this.thread = thread;
        this.leader = thread;
    }

    /** A piece of its memory, copied once; null where there is none. */
    byte @Nullable [] memory(long address, int length) {
        long copy = memory.allocate(length);
        long ours = memory.longs(copy, length); // struct iovec
        long theirs = memory.longs(address, length);
        long read = kernel.call(Syscall.process_vm_readv, thread, ours, 1, theirs, 1, 0);
        return read == length ? memory.getBytes(copy, length) : null;
    }

    /**
     * The same open file as behind one of its descriptors, as a descriptor of this process; or a
     * negated errno.
     *
     * @param last may know its process, and does afterwards
     */
    long take(int descriptor, LastCaller last) {
        long known = last.take(thread, descriptor);
        if (known != -Errno.ESRCH.number()) {
            return known;
        }
        long pidfd = kernel.call(Syscall.pidfd_open, thread, 0);
        if (pidfd >= 0) {
            last.is(thread, pidfd);
            return last.take(thread, descriptor);
        }
        leader = readLeader(); // it is not the first thread of its process
        pidfd = kernel.call(Syscall.pidfd_open, thread, PIDFD_THREAD);
        if (pidfd == -Errno.EINVAL.number()) { // before Linux 6.9
            pidfd = kernel.call(Syscall.pidfd_open, leader, 0);
        }
        if (pidfd < 0) {
            return pidfd;
        }
        long taken = kernel.call(Syscall.pidfd_getfd, pidfd, descriptor, 0);
        kernel.call(Syscall.close, pidfd);
        return taken;
    }

    /** The process that it belongs to, once something was taken from it. */
    long leader() {
        return leader;
    }

    private long readLeader() {
        String process = line("Tgid:", text("status"));
        return process.isEmpty() ? thread : Long.parseLong(process);
    }

    /** The flags of one of its descriptors, as open(2) takes them, O_CLOEXEC among them. */
    long flags(int descriptor) {
        String flags = line("flags:", text("fdinfo/" + descriptor));
        return flags.isEmpty() ? 0 : Long.parseLong(flags, 8);
    }

    /** What is behind the beginning of a line other than the first; empty where there is none. */
    private static String line(String beginning, String text) {
        int at = text.indexOf("\n" + beginning) + 1;
        int end = at == 0 ? 0 : text.indexOf('\n', at);
        return end <= 0 ? "" : text.substring(at + beginning.length(), end).strip();
    }

    /** A path in its memory; null where there is none, or none that is text. */
    @Nullable String pathAt(long address) {
        var path = new ByteArrayOutputStream();
        for (long at = address; path.size() < PATH_BYTES; ) {
            int length = // what lies on one page is there or not
                    (int) Math.min(PAGE_BYTES - (at & (PAGE_BYTES - 1)), PATH_BYTES - path.size());
            byte[] piece = memory(at, length);
            if (piece == null) {
                return null;
            }
            for (byte b : piece) {
                if (b == 0) {
                    String text = NativeText.of(path.toByteArray());
                    return NativeText.isText(text) ? text : null;
                }
                path.write(b);
            }
            at += length;
        }
        return null;
    }

    /** The folder that it works in; null where that has no name any more. */
    @Nullable Path folder() {
        return link("cwd");
    }

    /** The folder behind one of its descriptors, or that it works in for AT_FDCWD. */
    @Nullable Path folder(int descriptor) {
        return descriptor == AT_FDCWD ? folder() : link("fd/" + descriptor);
    }

    /** The program that it runs, as its sandbox names it; null where that has no name any more. */
    @Nullable Path program() {
        return link("exe");
    }

    /**
     * A file that it names, found as it would find it: in its own root, from its own folder; a
     * descriptor of this process for it, or a negated errno.
     */
    long file(String path) {
        String named = path;
        if (!path.startsWith("/")) {
            Path folder = link("cwd");
            if (folder == null) {
                return -Errno.ENOENT.number();
            }
            named = folder + "/" + path;
        }
        long root = kernel.call(Syscall.openat, AT_FDCWD, proc("root"), O_PATH | O_CLOEXEC, 0);
        if (root < 0) {
            return root;
        }
        long how = memory.longs(O_PATH | O_CLOEXEC, 0, RESOLVE_IN_ROOT);
        long file = kernel.call(Syscall.openat2, root, memory.text(named), how, 24);
        kernel.call(Syscall.close, root);
        return file;
    }

    private @Nullable Path link(String name) {
        long text = memory.allocate(PATH_BYTES);
        long length = kernel.call(Syscall.readlinkat, AT_FDCWD, proc(name), text, PATH_BYTES);
        String path = length < 0 ? "" : NativeText.of(memory.getBytes(text, (int) length));
        return path.startsWith("/") && NativeText.isText(path) ? Path.of(path) : null;
    }

    private long proc(String name) {
        return memory.text("/proc/" + thread + "/" + name);
    }

    private String text(String name) {
        long file = kernel.call(Syscall.openat, AT_FDCWD, proc(name), O_CLOEXEC, 0);
        if (file < 0) {
            return "";
        }
        long text = memory.allocate(TEXT_BYTES);
        long length = kernel.call(Syscall.read, file, text, TEXT_BYTES);
        kernel.call(Syscall.close, file);
        return length <= 0
                ? ""
                : new String(memory.getBytes(text, (int) length), StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        memory.close();
    }
}
