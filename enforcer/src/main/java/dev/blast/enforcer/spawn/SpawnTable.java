package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Processor;
import dev.blast.enforcer.kernel.SpawnCode;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.StartFailure;
import dev.blast.enforcer.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * System calls in a row for {@link SpawnCode}: each a 72-byte record of eight-byte words
 *
 * <pre>{@code
 * 0   system call number | 1<<32 argument 0 is an address to load it from
 *                        | 1<<33 a failure does not end the child
 *                        | 1<<34 no system call: fail unless argument 0 equals argument 1
 * 8   six arguments
 * 56  where to store the result besides
 * 64  the result
 * }</pre>
 *
 * The child writes results into memory it shares with us, so afterwards they say which row failed
 * and why.
 */
public final class SpawnTable {
    public static final int ROW_BYTES = 72;

    /** In words of eight bytes: how long a row is, and where in it is what. */
    private static final int ROW_WORDS = ROW_BYTES / 8;

    private static final int ARGUMENTS_AT = 1;
    private static final int STORE_AT = 7;
    private static final int RESULT_AT = 8;
    private static final long LOAD_ARGUMENT = 1L << 32;
    private static final long MAY_FAIL = 1L << 33;
    private static final long COMPARE = 1L << 34;

    private static final Set<Syscall> CLONES = Set.of(Syscall.clone, Syscall.clone3);

    /** No system call returns it: the row was not reached, or did not return. */
    private static final long NOT_RETURNED = Long.MIN_VALUE;

    private final List<Row> rows = new ArrayList<>();
    private final Processor processor;
    private final NativeMemory memory;
    private Step step;
    private long address;

    SpawnTable(Processor processor, NativeMemory memory, Step first) {
        this.processor = processor;
        this.memory = memory;
        this.step = first;
    }

    /** The rows that follow belong to this step; an error names it. */
    void begin(Step next) {
        step = next;
    }

    Row call(Syscall syscall, long... arguments) {
        Row row = new Row(rows.size(), step, syscall, arguments);
        rows.add(row);
        return row;
    }

    /** The child ends here unless the word at the address is as expected. */
    void expect(long wordAddress, long expected) {
        call(Syscall.exit_group, wordAddress, expected).compares = true;
    }

    /** The same of the kernel's answer to a message: a negated errno in the lower half, or zero. */
    void expectAnswer(long wordAddress, long expected) {
        Row row = call(Syscall.exit_group, wordAddress, expected);
        row.compares = true;
        row.answerAt = wordAddress;
    }

    /** The child ends here unless the earlier row returned exactly this. */
    void expect(Row earlier, long expected) {
        call(Syscall.exit_group, 0, expected).on(earlier).compares = true;
    }

    /**
     * Writes the rows out; the address is what {@link Kernel#spawn} wants. Nothing can be added
     * afterwards.
     */
    long write() {
        if (rows.size() < 3 || !CLONES.contains(rows.get(1).syscall)) {
            throw new IllegalStateException(
                    "the second row starts the child, the others run in it");
        }
        Syscall last = rows.getLast().syscall;
        if (last != Syscall.execveat && last != Syscall.exit_group) {
            throw new IllegalStateException("the child would run past the last row");
        }
        address = memory.allocate((long) ROW_BYTES * rows.size());
        long[] words = new long[ROW_WORDS * rows.size()];
        for (Row row : rows) {
            int at = ROW_WORDS * row.index;
            long flags = (row.compares ? COMPARE : 0) | (row.mayFail ? MAY_FAIL : 0);
            if (row.firstFrom != null || row.compares) {
                flags |= LOAD_ARGUMENT;
            }
            words[at] = row.syscall.number(processor) | flags;
            System.arraycopy(row.arguments, 0, words, at + ARGUMENTS_AT, row.arguments.length);
            if (row.firstFrom != null) {
                words[at + ARGUMENTS_AT] = row.firstFrom.addressOf(RESULT_AT);
            }
            words[at + STORE_AT] =
                    row.into != null
                            ? row.into.addressOf(ARGUMENTS_AT + row.intoArgument)
                            : row.storedAt != 0 ? row.storedAt : row.addressOf(RESULT_AT);
            words[at + RESULT_AT] = NOT_RETURNED;
        }
        memory.put(address, words); // at once: one by one it would take longer than to run them
        return address;
    }

    /** At what the child gave up; empty where every row went through. */
    Optional<StartFailure> failure() {
        long[] words = memory.getLongs(address, ROW_WORDS * rows.size());
        for (Row row : rows) {
            if (!row.mayFail && isRefusal(words[ROW_WORDS * row.index + RESULT_AT])) {
                return Optional.of(row.failure());
            }
        }
        return Optional.empty();
    }

    /** Whether the kernel refused something of this kind that may fail. */
    boolean refused(Class<? extends Step> kind) {
        return rows.stream().anyMatch(row -> kind.isInstance(row.step) && row.refused());
    }

    private static boolean isRefusal(long result) {
        return result < 0 && result != NOT_RETURNED;
    }

    /** The number of the rows. */
    int size() {
        return rows.size();
    }

    /** One system call, its arguments, and where its result goes. */
    final class Row {
        private final int index;
        private final Step step;
        private final Syscall syscall;
        private final long[] arguments;
        private @Nullable Row firstFrom;
        private @Nullable Row into;
        private int intoArgument;
        private long storedAt;
        private boolean mayFail;
        private boolean compares;
        private long answerAt;

        private Row(int index, Step step, Syscall syscall, long[] arguments) {
            this.index = index;
            this.step = step;
            this.syscall = syscall;
            this.arguments = arguments;
        }

        /** Argument 0 is what the earlier row returns. */
        Row on(Row earlier) {
            if (earlier.index >= index) {
                throw new IllegalStateException(
                        "row " + index + " takes the result of a later one");
            }
            firstFrom = earlier;
            return this;
        }

        /** The result becomes an argument of a later row. */
        Row into(Row later, int argument) {
            into = later;
            intoArgument = argument;
            return this;
        }

        /** The result is stored, in eight bytes, at an address. */
        Row storedAt(long resultAddress) {
            storedAt = resultAddress;
            return this;
        }

        Row mayFail() {
            mayFail = true;
            return this;
        }

        /** What the kernel returned: negative for an errno. Meaningful once the table was run. */
        long result() {
            return memory.getLong(addressOf(RESULT_AT));
        }

        private boolean refused() {
            return isRefusal(result());
        }

        /** A comparison is of what the statx or the recvfrom before it wrote. */
        private StartFailure failure() {
            int answered = answerAt == 0 ? 0 : -memory.getInt(answerAt);
            if (answered != 0) {
                return new StartFailure.Refused(step, Syscall.recvfrom, answered);
            }
            return new StartFailure.Refused(
                    step, compares ? Syscall.statx : syscall, (int) -result());
        }

        private long addressOf(int word) {
            return address + (long) ROW_BYTES * index + 8L * word;
        }
    }
}
