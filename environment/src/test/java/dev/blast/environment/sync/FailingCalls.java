package dev.blast.environment.sync;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Processor;
import dev.blast.enforcer.kernel.Syscall;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * From now on these system calls of this process end with EIO, as on a disk that is broken: a
 * filter of seccomp(2) over all of its threads, which nobody can take away again.
 */
final class FailingCalls {
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int SECCOMP_SET_MODE_FILTER = 1;
    private static final int SECCOMP_FILTER_FLAG_TSYNC = 1;
    private static final int ALLOW = 0x7fff0000;
    private static final int EIO = 0x00050000 | 5;

    private static final int LOAD = 0x20;
    private static final int JUMP_EQUAL = 0x15;
    private static final int JUMP_ABOVE = 0x25;
    private static final int JUMP_ANY_BIT = 0x45;
    private static final int RETURN = 0x06;

    private static final int O_CREAT = 0x40;

    private FailingCalls() {}

    /** What fails. */
    enum Kind {
        SYNCING(Syscall.fsync, Syscall.fdatasync),
        /** All but what goes to standard output and error. */
        WRITING(Syscall.write, Syscall.pwrite64, Syscall.writev, Syscall.pwritev),
        CREATING(Syscall.open, Syscall.openat),
        CUTTING(Syscall.ftruncate),
        RENAMING(Syscall.rename, Syscall.renameat, Syscall.renameat2),
        LINKING(Syscall.link, Syscall.linkat, Syscall.symlink, Syscall.symlinkat),
        DELETING(Syscall.unlink, Syscall.unlinkat, Syscall.rmdir),
        MAKING_FOLDERS(Syscall.mkdir, Syscall.mkdirat),
        SETTING_MODES(Syscall.chmod, Syscall.fchmod, Syscall.fchmodat, Syscall.utimensat);

        @SuppressWarnings("ImmutableEnumChecker") // List.of is
        private final List<Syscall> calls;

        Kind(Syscall... calls) {
            this.calls = List.of(calls);
        }
    }

    static void begin(Kind kind) {
        Kernel kernel = Kernel.linux();
        try (var memory = new NativeMemory()) {
            byte[] program = program(kind);
            ByteBuffer head = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
            head.putShort((short) (program.length / 8)).putLong(8, memory.bytes(program));
            require(kernel.call(Syscall.prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
            require(
                    kernel.call(
                            Syscall.seccomp,
                            SECCOMP_SET_MODE_FILTER,
                            SECCOMP_FILTER_FLAG_TSYNC,
                            memory.bytes(head.array())));
        }
    }

    private static Processor processor() {
        return Processor.named(System.getProperty("os.arch")).orElseThrow();
    }

    private static void require(long result) {
        if (result != 0) {
            throw new IllegalStateException("no filter: " + result);
        }
    }

    /** Numbers are those of this processor, whose only calls the JVM makes. */
    private static byte[] program(Kind kind) {
        ByteBuffer program = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        for (Syscall call : kind.calls) {
            int number = call.number(processor());
            if (number < 0) {
                continue;
            }
            add(program, LOAD, 0, 0, 0);
            switch (kind) {
                case WRITING -> {
                    add(program, JUMP_EQUAL, 0, 3, number);
                    add(program, LOAD, 0, 0, 16);
                    add(program, JUMP_ABOVE, 0, 1, 2);
                }
                case CREATING -> {
                    int flags = call == Syscall.open ? 1 : 2;
                    add(program, JUMP_EQUAL, 0, 3, number);
                    add(program, LOAD, 0, 0, 16 + 8 * flags);
                    add(program, JUMP_ANY_BIT, 0, 1, O_CREAT);
                }
                default -> add(program, JUMP_EQUAL, 0, 1, number);
            }
            add(program, RETURN, 0, 0, EIO);
        }
        add(program, RETURN, 0, 0, ALLOW);
        byte[] bytes = new byte[program.position()];
        program.flip().get(bytes);
        return bytes;
    }

    private static void add(ByteBuffer program, int code, int whenTrue, int whenFalse, int value) {
        program.putShort((short) code).put((byte) whenTrue).put((byte) whenFalse).putInt(value);
    }
}
