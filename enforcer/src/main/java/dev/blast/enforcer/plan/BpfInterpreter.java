package dev.blast.enforcer.plan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Runs a filter as the kernel does, over {@code struct seccomp_data} as bytes. */
final class BpfInterpreter {
    private BpfInterpreter() {}

    /** The verdict about one system call. */
    static int verdict(BpfProgram program, int architecture, int number, long... arguments) {
        ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        data.putInt(number).putInt(architecture).putLong(0x7f0000001000L);
        for (long argument : arguments) {
            data.putLong(argument);
        }
        ByteBuffer code = ByteBuffer.wrap(program.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        int accumulator = 0;
        for (int at = 0; ; at += 8) {
            int operation = code.getShort(at) & 0xffff;
            int whenTrue = code.get(at + 2) & 0xff;
            int whenFalse = code.get(at + 3) & 0xff;
            int operand = code.getInt(at + 4);
            switch (operation) {
                case BpfProgram.LOAD -> accumulator = data.getInt(operand);
                case BpfProgram.RETURN -> {
                    return operand;
                }
                case BpfProgram.JUMP_EQUAL ->
                        at += 8 * (accumulator == operand ? whenTrue : whenFalse);
                case BpfProgram.JUMP_AT_LEAST ->
                        at +=
                                8
                                        * (Integer.compareUnsigned(accumulator, operand) >= 0
                                                ? whenTrue
                                                : whenFalse);
                case BpfProgram.JUMP_ANY_BIT ->
                        at += 8 * ((accumulator & operand) != 0 ? whenTrue : whenFalse);
                default -> throw new IllegalStateException("no such operation: " + operation);
            }
        }
    }
}
