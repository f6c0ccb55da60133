package dev.blast.environment;

import dev.blast.solver.LockException;
import dev.blast.solver.LockFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A lock file that is parsed while others read the rules: either takes a tenth of a second in a VM
 * that has just begun. Nothing rests on it: where the file has another text when its turn comes, or
 * could not be read, it is read then.
 */
public final class LockAhead {
    /** Nothing was begun. */
    public static final LockAhead NONE = new LockAhead(null);

    private final @Nullable FutureTask<Parsed> task;

    private record Parsed(String text, LockFile lock) {}

    private LockAhead(@Nullable FutureTask<Parsed> task) {
        this.task = task;
    }

    /** Begins in a thread of its own; there need not be such a file. */
    public static LockAhead of(Path file) {
        String name = String.valueOf(file.getFileName());
        Callable<Parsed> reading =
                () -> {
                    String text = ProjectFile.read(file, name).utf8();
                    return new Parsed(text, LockFile.read(text, name));
                };
        var task = new FutureTask<>(reading);
        Thread.ofPlatform().daemon().name("lock").start(task);
        return new LockAhead(task);
    }

    /**
     * What this text says.
     *
     * @throws LockException as {@link LockFile#read}
     */
    LockFile read(String text, String name) throws LockException {
        Optional<Parsed> parsed = parsed();
        return parsed.isPresent() && parsed.get().text.equals(text)
                ? parsed.get().lock
                : LockFile.read(text, name);
    }

    private Optional<Parsed> parsed() {
        if (task == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(task.get());
        } catch (ExecutionException e) {
            return Optional.empty(); // whoever reads it in its turn says what is wrong
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
