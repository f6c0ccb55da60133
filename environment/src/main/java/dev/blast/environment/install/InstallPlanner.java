package dev.blast.environment.install;

import dev.blast.environment.interpreter.Interpreter;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Decides which file of a stored wheel goes where in one environment. Reads the store; changes
 * nothing. For many threads.
 */
public final class InstallPlanner {
    private final Interpreter interpreter;
    private final Path environment;

    /**
     * @param environment the environment's final root: scripts name the interpreter by it
     */
    public InstallPlanner(Interpreter interpreter, Path environment) {
        this.interpreter = interpreter;
        this.environment = environment;
    }

    /**
     * The plan for one wheel.
     *
     * @param requested whether somebody asked for it by name (REQUESTED)
     * @param directUrl the text of direct_url.json, if it does not come from an index
     * @throws RefusedWheelException when it would replace a part of the environment itself
     */
    public InstallPlan plan(StoredWheel wheel, boolean requested, @Nullable String directUrl)
            throws IOException {
        throw new IllegalStateException(
                "in the making" + interpreter + environment + wheel + requested + directUrl);
    }
}
