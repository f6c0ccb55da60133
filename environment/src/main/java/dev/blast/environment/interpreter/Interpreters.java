package dev.blast.environment.interpreter;

import java.nio.file.Path;
import java.util.Map;

/**
 * The interpreters of this machine. What each says about itself is kept in the cache folder until
 * the file changes.
 */
public final class Interpreters {
    private final Map<String, String> variables;
    private final Path home;
    private final Path cache;

    /**
     * @param variables the process environment: PATH, PYENV_ROOT, XDG_DATA_HOME are read
     * @param home the user's home folder
     * @param cache where answers are kept; made when needed
     */
    public Interpreters(Map<String, String> variables, Path home, Path cache) {
        this.variables = Map.copyOf(variables);
        this.home = home;
        this.cache = cache;
    }

    /**
     * The first interpreter that fits, in the order PATH, pyenv's versions (newest first), the
     * usual folders.
     */
    public Search find(InterpreterRequest request) {
        throw new IllegalStateException("in the making: " + variables + home + cache + request);
    }
}
