package dev.blast.enforcer.plan;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Processor;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.SyscallAnswer.Allowed;
import dev.blast.enforcer.plan.SyscallAnswer.AtTheGate;
import dev.blast.enforcer.plan.SyscallAnswer.ByArguments;
import dev.blast.enforcer.plan.SyscallAnswer.Clause;
import dev.blast.enforcer.plan.SyscallAnswer.Refused;
import dev.blast.rules.verdict.SyscallRights;
import java.util.BitSet;
import java.util.List;

/**
 * Compiles {@link SyscallDecision}s into a program for seccomp(2). The architecture is checked
 * before anything, since numbers mean nothing without it; a decision is made by number alone
 * wherever that is enough, because the kernel then remembers it and need not run the program again.
 */
public final class SeccompFilter {
    static final int ALLOW = 0x7fff0000;
    public static final int KILL_PROCESS = 0x80000000;
    static final int ERRNO = 0x00050000;

    /** The two parts of a verdict. */
    static final int ACTION = 0xffff0000;

    static final int DATA = 0xffff;

    /** SECCOMP_RET_USER_NOTIF: whoever has the listener answers; without one it is ENOSYS. */
    public static final int USER_NOTIFICATION = 0x7fc00000;

    private static final int NUMBER = 0; // offsets in struct seccomp_data
    private static final int ARCHITECTURE = 4;
    private static final int X32_BIT = 0x40000000;

    private SeccompFilter() {}

    /** The filter that lets through what these rights open to a program so isolated. */
    public static BpfProgram compile(
            SyscallRights rights, Isolation isolation, Processor processor) {
        return compile(rights, isolation, processor, false);
    }

    /**
     * The same.
     *
     * @param witnessed whether the gate is told of paths that are named and of calls that are
     *     refused
     */
    public static BpfProgram compile(
            SyscallRights rights, Isolation isolation, Processor processor, boolean witnessed) {
        var filter = new BpfProgram.Writer();
        filter.load(ARCHITECTURE).returnUnlessEqual(processor.auditArchitecture(), KILL_PROCESS);
        filter.load(NUMBER);
        if (processor == Processor.X86_64) {
            filter.returnIfAtLeast(X32_BIT, KILL_PROCESS);
        }
        BitSet allowed = new BitSet();
        BitSet notPermitted = new BitSet();
        for (Syscall syscall : Syscall.values()) {
            int number = syscall.number(processor);
            if (number < 0) {
                continue;
            }
            SyscallAnswer answer = SyscallDecision.of(syscall, rights, isolation).answer();
            if (witnessed && answer.equals(SyscallAnswer.refused(Errno.EPERM))) {
                answer = new AtTheGate();
            }
            switch (witnessed ? PathCalls.witnessed(syscall, answer) : answer) {
                case Allowed _ -> allowed.set(number);
                case Refused(Errno errno) when errno == Errno.EPERM -> notPermitted.set(number);
                case Refused(Errno errno) when errno == Errno.ENOSYS -> {} // as unknown numbers
                case SyscallAnswer byArgument -> filter.whereEqual(number, block(byArgument));
            }
        }
        returnWithin(filter, allowed, ALLOW);
        returnWithin(filter, notPermitted, ERRNO | Errno.EPERM.number());
        return filter.returning(ERRNO | Errno.ENOSYS.number()).program();
    }

    private static void returnWithin(BpfProgram.Writer filter, BitSet numbers, int verdict) {
        for (int first = numbers.nextSetBit(0); first >= 0; ) {
            int end = numbers.nextClearBit(first);
            filter.returnIfWithin(first, end - 1, verdict);
            first = numbers.nextSetBit(end);
        }
    }

    /** Returns in every case. */
    private static BpfProgram.Writer block(SyscallAnswer answer) {
        var block = new BpfProgram.Writer();
        return switch (answer) {
            case Allowed _, Refused _, AtTheGate _ -> block.returning(verdict(answer));
            case ByArguments(List<Clause> clauses, SyscallAnswer otherwise) -> {
                int loaded = -1;
                for (Clause clause : clauses) {
                    if (clause.argument() != loaded) {
                        loaded = clause.argument();
                        block.load(argument(loaded));
                    }
                    add(block, clause);
                }
                yield block.returning(verdict(otherwise));
            }
        };
    }

    private static void add(BpfProgram.Writer block, Clause clause) {
        int value = clause.first();
        if (clause.then() instanceof ByArguments more) {
            if (clause.match() != SyscallAnswer.Match.EQUAL) {
                throw new IllegalStateException("no further look after " + clause);
            }
            block.whereEqual(value, block(more));
            return;
        }
        int verdict = verdict(clause.then());
        switch (clause.match()) {
            case EQUAL -> block.returnIfEqual(value, verdict);
            case NOT_EQUAL -> block.returnUnlessEqual(value, verdict);
            case ANY_BIT -> block.returnIfAnyBit(value, verdict);
            case NO_BIT -> block.returnUnlessAnyBit(value, verdict);
            case WITHIN -> block.returnIfWithin(value, clause.last(), verdict);
        }
    }

    private static int verdict(SyscallAnswer answer) {
        return switch (answer) {
            case Allowed _ -> ALLOW;
            case Refused(Errno errno) -> ERRNO | errno.number();
            case AtTheGate _ -> USER_NOTIFICATION;
            case ByArguments _ -> throw new IllegalStateException("no verdict yet: " + answer);
        };
    }

    /** Where the low half of an argument is; both processors are little-endian. */
    private static int argument(int index) {
        return 16 + 8 * index;
    }
}
