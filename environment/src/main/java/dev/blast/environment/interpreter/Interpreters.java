package dev.blast.environment.interpreter;

import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The interpreters of this machine. What each says about itself is kept in the cache folder until
 * the file changes, so looking again starts no process. For many threads.
 */
public final class Interpreters {
    /**
     * Older ones have no wheels to speak of; they are used only when asked for by version or path.
     */
    private static final SpecifierSet SUPPORTED = SpecifierSet.parse(">=3.8");

    private final Discovery discovery;
    private final ProbeCache cache;
    private final Path home;

    /**
     * @param variables the process environment: PATH, PYENV_ROOT, PYENV_VERSION, XDG_DATA_HOME and
     *     UV_PYTHON_INSTALL_DIR are read
     * @param home the user's home folder
     * @param cache where answers are kept; made when needed
     */
    public Interpreters(Map<String, String> variables, Path home, Path cache) {
        this(variables, home, cache, Path.of("").toAbsolutePath());
    }

    Interpreters(Map<String, String> variables, Path home, Path cache, Path workingFolder) {
        this(
                new Discovery(Map.copyOf(variables), home, workingFolder),
                new ProbeCache(cache, null),
                home);
    }

    private Interpreters(Discovery discovery, ProbeCache cache, Path home) {
        this.discovery = discovery;
        this.cache = cache;
        this.home = home;
    }

    /**
     * The same, but a program in this project is not started to find out what it is: the project,
     * its environment included, may have come from a stranger. One that was started before because
     * a person named it is still known. A project around the user's home is the user's own.
     */
    public Interpreters startingNothingIn(Path project) {
        return home.startsWith(project)
                ? this
                : new Interpreters(discovery, cache.startingNothingIn(project), home);
    }

    /**
     * The first interpreter that fits, in the order PATH, pyenv's versions (newest first), uv's,
     * the usual folders. A pre-release is taken only when nothing else fits. One that does not work
     * is passed over, and said to be.
     */
    public Search find(InterpreterRequest request) {
        return switch (request) {
            case InterpreterRequest.At at -> at(at);
            case InterpreterRequest.Matching matching -> matching(matching);
        };
    }

    private Search at(InterpreterRequest.At request) {
        Path path = request.executable();
        Optional<Path> executable =
                Files.isDirectory(path)
                        ? Discovery.inFolder(path, "python3")
                                .or(() -> Discovery.inFolder(path.resolve("bin"), "python3"))
                        : Optional.of(path);
        if (executable.isEmpty()) {
            return new Search.NotFound(
                    request,
                    List.of(new PassedOver(path, "no python in this folder or in its bin")));
        }
        Path base = Discovery.outOfVenv(executable.get());
        try {
            return new Search.Found(cache.interpreter(base), List.of());
        } catch (IOException e) {
            return new Search.NotFound(request, List.of(new PassedOver(base, why(e))));
        }
    }

    private Search matching(InterpreterRequest.Matching request) {
        List<PassedOver> passedOver = new ArrayList<>();
        Interpreter prerelease = null;
        for (Path executable : (Iterable<Path>) discovery.executables()::iterator) {
            Optional<String> known =
                    BuildDetails.of(executable)
                            .flatMap(details ->
                                    objection(
                                            request, details.implementation(), details.version()));
            if (known.isPresent()) {
                passedOver.add(new PassedOver(executable, known.get()));
                continue;
            }
            try {
                Interpreter interpreter = cache.interpreter(executable);
                Optional<String> objection = objection(request, interpreter);
                if (objection.isPresent()) {
                    passedOver.add(new PassedOver(executable, objection.get()));
                } else if (!interpreter.version().isPrerelease()) {
                    return new Search.Found(interpreter, passedOver);
                } else if (prerelease == null) {
                    prerelease = interpreter;
                }
            } catch (IOException e) {
                passedOver.add(new PassedOver(executable, why(e)));
            }
        }
        return prerelease == null
                ? new Search.NotFound(request, passedOver)
                : new Search.Found(prerelease, passedOver);
    }

    private static Optional<String> objection(
            InterpreterRequest.Matching request, Interpreter interpreter) {
        return objection(request, interpreter.implementation(), interpreter.version())
                .or(() ->
                        request.freeThreaded() == interpreter.freeThreaded()
                                ? Optional.empty()
                                : Optional.of(
                                        interpreter.version()
                                                + (interpreter.freeThreaded() ? " is" : " is not")
                                                + " free-threaded"));
    }

    private static Optional<String> objection(
            InterpreterRequest.Matching request, String implementation, Version version) {
        if (request.implementationName() != null
                && !request.implementationName().equals(implementation)) {
            return Optional.of("is %s %s".formatted(implementation, version));
        }
        SpecifierSet versions =
                request.versions().specifiers().isEmpty() ? SUPPORTED : request.versions();
        return versions.contains(version, true)
                ? Optional.empty()
                : Optional.of("is %s, not %s".formatted(version, versions));
    }

    private static String why(IOException e) {
        return switch (e) {
            case ProbeException _ -> String.valueOf(e.getMessage());
            case NoSuchFileException _ -> "is not there";
            case AccessDeniedException _ -> "cannot be read: permission denied";
            default -> "cannot be asked: " + e.getMessage();
        };
    }
}
