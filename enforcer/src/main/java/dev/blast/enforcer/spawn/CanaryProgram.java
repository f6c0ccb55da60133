package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.InitProgram;
import dev.blast.enforcer.kernel.PathBytes;
import dev.blast.enforcer.kernel.Processor;
import dev.blast.enforcer.plan.Canary;
import dev.blast.enforcer.plan.Canary.Look;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** A canary as {@link InitProgram} reads it: rows of six words, and behind them the paths. */
final class CanaryProgram {
    private static final int WORDS = 6;
    private static final int PATH_AT = 2;
    private static final long END = -1;

    private CanaryProgram() {}

    /** An ELF file of the first process, with its rows. */
    static byte[] elf(Canary canary, Processor processor) {
        return InitProgram.elf(processor, rows(canary, processor));
    }

    private static byte[] rows(Canary canary, Processor processor) {
        int rowsBytes = (canary.looks().size() * WORDS + 1) * Long.BYTES;
        ByteBuffer rows = ByteBuffer.allocate(rowsBytes).order(ByteOrder.LITTLE_ENDIAN);
        var paths = new ByteArrayOutputStream();
        for (Look look : canary.looks()) {
            int begin = rows.position();
            rows.putLong(look.call().number(processor));
            look.arguments().forEach(rows::putLong);
            rows.position(begin + WORDS * Long.BYTES);
            Path path = look.path();
            if (path != null) {
                rows.putLong(
                        begin + PATH_AT * Long.BYTES,
                        InitProgram.rowsAddress(processor) + rowsBytes + paths.size());
                paths.writeBytes(PathBytes.of(path));
                paths.write(0);
            }
        }
        rows.putLong(END);
        byte[] all = new byte[rowsBytes + paths.size()];
        System.arraycopy(rows.array(), 0, all, 0, rowsBytes);
        System.arraycopy(paths.toByteArray(), 0, all, rowsBytes, paths.size());
        return all;
    }
}
