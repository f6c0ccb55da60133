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
 */
public record Caller(String user, boolean ci, boolean interactive, Path home) {
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
        Path bin = interpreter.executable().getParent();
        return new Session(
                user,
                ci,
                interactive,
                name,
                project,
                home,
                environment.root(),
                bin == null || bin.getParent() == null
                        ? interpreter.standardLibrary()
                        : bin.getParent(),
                interpreter.version(),
                interpreter.markers().sysPlatform(),
                command,
                purpose);
    }
}
