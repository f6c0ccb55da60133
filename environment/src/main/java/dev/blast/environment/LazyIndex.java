package dev.blast.environment;

import dev.blast.environment.interpreter.Interpreter;
import dev.blast.solver.index.Index;
import dev.blast.solver.index.IndexException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The index of one sync, opened when it is first asked: with a current lock and a full store it is
 * never. For any thread.
 */
final class LazyIndex {
    private final Sync.IndexSource source;
    private final Interpreter interpreter;
    private @Nullable Index index;

    LazyIndex(Sync.IndexSource source, Interpreter interpreter) {
        this.source = source;
        this.interpreter = interpreter;
    }

    synchronized Index open() throws IndexException {
        Index open = index;
        if (open == null) {
            open = source.open(interpreter);
            index = open;
        }
        return open;
    }

    synchronized Optional<Index> ifOpen() {
        return Optional.ofNullable(index);
    }
}
