package dev.blast.enforcer.kernel;

import com.sun.jna.Pointer;
import dev.blast.enforcer.spawn.SpawnTable;
import java.util.EnumSet;
import java.util.Set;

/**
 * The kernel, but that one call fails: of the child, by its row, or of this process, by its turn.
 */
public final class FailingKernel implements Kernel {
    /** The first row that can fail is the clone; the one after it gives signals back. */
    private static final int CLONE = 1;

    private static final int MAY_FAIL = 2;
    private static final int COMPARES = 4;
    private static final int NO_SUCH_CALL = 0x3fff_ffff;

    /** They fail in no way that leaves anything to do, or are how one waits. */
    private static final Set<Syscall> LEFT_ALONE =
            EnumSet.of(
                    Syscall.close,
                    Syscall.wait4,
                    Syscall.poll,
                    Syscall.read,
                    Syscall.write,
                    Syscall.pidfd_send_signal);

    private final Kernel kernel = Kernel.linux();
    private final int row;
    private final int turn;
    private final Errno errno;
    private int turns;
    private boolean failed;
    private boolean tolerated;
    private String what = "";

    private FailingKernel(int row, int turn, Errno errno) {
        this.row = row;
        this.turn = turn;
        this.errno = errno;
    }

    /** That row of the child's calls one that no kernel has. */
    public static FailingKernel inChild(int row) {
        return new FailingKernel(row, -1, Errno.ENOSYS);
    }

    /** That many calls of this process go well, and the next one does not. */
    public static FailingKernel after(int turns, Errno errno) {
        return new FailingKernel(-1, turns, errno);
    }

    /** Whether there was such a call. */
    public synchronized boolean failed() {
        return failed;
    }

    /** Whether the child may do without it. */
    public synchronized boolean tolerated() {
        return tolerated;
    }

    /** The call. */
    public synchronized String what() {
        return what;
    }

    @Override
    public long call(Syscall call, long... arguments) {
        synchronized (this) {
            if (turn >= 0 && !LEFT_ALONE.contains(call) && turns++ == turn) {
                failed = true;
                what = call.name();
                return -errno.number();
            }
        }
        return kernel.call(call, arguments);
    }

    @Override
    public int spawnRefusal() {
        return kernel.spawnRefusal();
    }

    @Override
    public long spawn(long table) {
        if (row >= CLONE && row != CLONE + 1) {
            spoil(table);
        }
        return kernel.spawn(table);
    }

    private synchronized void spoil(long table) {
        for (int i = CLONE; ; i++) {
            Pointer at = new Pointer(table + (long) SpawnTable.ROW_BYTES * i);
            int number = at.getInt(0);
            int flags = at.getInt(4);
            boolean compares = (flags & COMPARES) != 0;
            if (i == row && !compares) {
                failed = true;
                tolerated = (flags & MAY_FAIL) != 0;
                what = "row %d, call %d".formatted(i, number);
                at.setInt(0, NO_SUCH_CALL);
            }
            if (number == Syscall.execveat.number(Processor.X86_64) && !compares) {
                break;
            }
        }
    }
}
