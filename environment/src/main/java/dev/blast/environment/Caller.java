package dev.blast.environment;

import dev.blast.environment.interpreter.Interpreter;
import dev.blast.rules.fact.Purpose;
import dev.blast.rules.fact.Session;
import java.nio.file.Path;

/**
 * Who runs Blast: the part of the rules' {@link Session} that does not depend on an environment.
 *
 * @param user login name
 * @param ci a continuous-integration service runs this
 * @param interactive a person sits at a terminal
 * @param sandbox the step of the ladder on which sessions of the environment in question stand,
 *     such as {@code full}; empty where that was not asked
 */
public record Caller(String user, boolean ci, boolean interactive, Path home, String sandbox) {
    /** Who asks for no environment in particular. */
    public Caller(String user, boolean ci, boolean interactive, Path home) {
        this(user, ci, interactive, home, "");
    }

    /**
     * The session of this caller in an environment.
     *
     * @param name the environment's
     * @param interpreter the base interpreter
     * @param command the program's name, without folders and arguments
     */
    public Session session(
            String name,
            Path project,
            Environment environment,
            Interpreter interpreter,
            Purpose purpose,
            String command) {
        return new Session(
                user,
                ci,
                interactive,
                name,
                project,
                home,
                environment.root(),
                isTooMuch(interpreter.basePrefix())
                        ? interpreter.standardLibrary()
                        : interpreter.basePrefix(),
                interpreter.version(),
                interpreter.markers().sysPlatform(),
                command,
                purpose);
    }

    /**
     * Whether a folder holds more than an interpreter whatever lies in it: then rules see the
     * standard library alone.
     */
    private boolean isTooMuch(Path prefix) {
        return home.startsWith(prefix)
                || prefix.startsWith("/etc")
                || Path.of("/home").startsWith(prefix)
                || Path.of("/root").startsWith(prefix);
    }
}
