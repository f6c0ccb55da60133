package dev.blast.enforcer.plan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A classic BPF program over {@code struct seccomp_data}, see seccomp(2). Only what a filter of
 * system calls needs: load a word, compare it, return a verdict.
 */
public record BpfProgram(List<Instruction> instructions) {
    /** The kernel's own limit, BPF_MAXINSNS. */
    static final int LIMIT = 4096;

    static final int LOAD = 0x20; // BPF_LD | BPF_W | BPF_ABS
    static final int JUMP_EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
    static final int JUMP_AT_LEAST = 0x35; // BPF_JMP | BPF_JGE | BPF_K
    static final int JUMP_ANY_BIT = 0x45; // BPF_JMP | BPF_JSET | BPF_K
    static final int RETURN = 0x06; // BPF_RET | BPF_K

    /** Lets every call through. */
    public static final BpfProgram EVERYTHING =
            new BpfProgram(List.of(new Instruction(RETURN, 0, 0, SeccompFilter.ALLOW)));

    /** One step; jumps count the instructions to skip. */
    record Instruction(int code, int whenTrue, int whenFalse, int operand) {}

    public BpfProgram {
        instructions = List.copyOf(instructions);
        if (instructions.size() > LIMIT) {
            throw new IllegalStateException(
                    "a filter of "
                            + instructions.size()
                            + " instructions; the kernel takes "
                            + LIMIT);
        }
    }

    /** As the kernel reads it: {@code struct sock_filter}, eight bytes each. */
    public byte[] bytes() {
        ByteBuffer bytes =
                ByteBuffer.allocate(8 * instructions.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (Instruction i : instructions) {
            bytes.putShort((short) i.code())
                    .put((byte) i.whenTrue())
                    .put((byte) i.whenFalse())
                    .putInt(i.operand());
        }
        return bytes.array();
    }

    /** Writes programs: every decision returns at once, so that no jump is long. */
    static final class Writer {
        private final List<Instruction> instructions = new ArrayList<>();

        /** Loads the word at an offset of seccomp_data. */
        Writer load(int offset) {
            return add(LOAD, 0, 0, offset);
        }

        Writer returning(int verdict) {
            return add(RETURN, 0, 0, verdict);
        }

        Writer returnIfEqual(int value, int verdict) {
            return add(JUMP_EQUAL, 0, 1, value).returning(verdict);
        }

        Writer returnUnlessEqual(int value, int verdict) {
            return add(JUMP_EQUAL, 1, 0, value).returning(verdict);
        }

        Writer returnIfAtLeast(int value, int verdict) {
            return add(JUMP_AT_LEAST, 0, 1, value).returning(verdict);
        }

        Writer returnIfAnyBit(int mask, int verdict) {
            return add(JUMP_ANY_BIT, 0, 1, mask).returning(verdict);
        }

        Writer returnUnlessAnyBit(int mask, int verdict) {
            return add(JUMP_ANY_BIT, 1, 0, mask).returning(verdict);
        }

        Writer returnIfWithin(int first, int last, int verdict) {
            if (first == last) {
                return returnIfEqual(first, verdict);
            }
            return add(JUMP_AT_LEAST, 0, 2, first)
                    .add(JUMP_AT_LEAST, 1, 0, last + 1)
                    .returning(verdict);
        }

        /**
         * Runs the block, which must return in every case, where the loaded word is the value; else
         * goes on behind it.
         */
        Writer whereEqual(int value, Writer block) {
            add(JUMP_EQUAL, 0, block.instructions.size(), value);
            instructions.addAll(block.instructions);
            return this;
        }

        BpfProgram program() {
            return new BpfProgram(instructions);
        }

        private Writer add(int code, int whenTrue, int whenFalse, int operand) {
            instructions.add(new Instruction(code, whenTrue, whenFalse, operand));
            return this;
        }
    }
}
