package dev.blast.rules.fact;

import dev.blast.packaging.Version;
import java.nio.file.Path;

/**
 * Who asks, where, and what for. Present in every evaluation.
 *
 * @param user login name
 * @param ci true where a continuous-integration service runs this
 * @param interactive true where a person sits at a terminal
 * @param environment the environment's name
 * @param project the project's folder, absolute
 * @param home the user's home, absolute
 * @param prefix the environment's folder (Python's {@code sys.prefix}), absolute
 * @param basePrefix where the interpreter is installed (Python's {@code sys.base_prefix}), absolute
 * @param python the interpreter's full version
 * @param platform as in {@code sys.platform}
 * @param command the program's name, without folders and arguments
 */
public record Session(
        String user,
        boolean ci,
        boolean interactive,
        String environment,
        Path project,
        Path home,
        Path prefix,
        Path basePrefix,
        Version python,
        String platform,
        String command,
        Purpose purpose) {

    public Session {
        requireAbsolute("project", project);
        requireAbsolute("home", home);
        requireAbsolute("prefix", prefix);
        requireAbsolute("basePrefix", basePrefix);
    }

    private static void requireAbsolute(String field, Path path) {
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException(
                    "Session.%s is not an absolute path: %s".formatted(field, path));
        }
    }
}
