package dev.blast.enforcer.kernel;

import dev.blast.enforcer.spawn.SpawnTable;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A kernel that answers as told, and 0 to what it was not told about. */
public final class ScriptedKernel implements Kernel {
    private final Map<Syscall, Long> answers = new EnumMap<>(Syscall.class);
    private @Nullable Syscall refused;
    private int refusal;
    private int spawnRefusal;

    public ScriptedKernel answer(Syscall syscall, long result) {
        answers.put(syscall, result);
        return this;
    }

    /** The child of the next spawn is refused its first call of this kind. */
    public ScriptedKernel refuseInChild(Syscall syscall, Errno errno) {
        refused = syscall;
        refusal = errno.number();
        return this;
    }

    public ScriptedKernel refuseMachineCode(Errno errno) {
        spawnRefusal = errno.number();
        return this;
    }

    @Override
    public int spawnRefusal() {
        return spawnRefusal;
    }

    @Override
    public long call(Syscall syscall, long... arguments) {
        return answers.getOrDefault(syscall, 0L);
    }

    /**
     * Does what the machine code would: the rows one after the other, until one fails that must
     * not.
     */
    @Override
    public long spawn(long tableAddress) {
        try (NativeMemory memory = new NativeMemory()) {
            for (long row = tableAddress + SpawnTable.ROW_BYTES * 3L;
                    ;
                    row += SpawnTable.ROW_BYTES) {
                int number = memory.getInt(row);
                if (refused != null && number == refused.number(Processor.X86_64)) {
                    memory.putLong(row + 64, -refusal);
                    return 4711;
                }
                if (number == Syscall.exit_group.number(Processor.X86_64)) {
                    return 4711;
                }
                memory.putLong(row + 64, 0);
            }
        }
    }
}
