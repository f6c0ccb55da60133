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
import java.util.stream.Stream;

/**
 * The interpreters of this machine. What each says about itself is kept in the user's data until
 * the file changes, so looking again starts no process. For many threads.
 */
public final class Interpreters {
    /**
     * Older ones have no wheels to speak of; they are used only when asked for by version or path.
     */
    private static final SpecifierSet SUPPORTED = SpecifierSet.parse(">=3.8");

    /** Where programs in sandboxes may write, or could; asked when something is to be started. */
    @FunctionalInterface
    public interface Writable {
        List<Path> folders() throws IOException;
    }

    private final InterpreterPlaces discovery;
    private final KnownInterpreters answers;
    private final Path home;
    private final Writable writable;
    private final Credence credence;

    /**
     * @param variables the process environment: PATH, PYENV_ROOT, PYENV_VERSION, XDG_DATA_HOME and
     *     UV_PYTHON_INSTALL_DIR are read
     * @param home the user's home folder
     * @param answers where answers are kept, in the user's data; made when needed
     */
    public Interpreters(Map<String, String> variables, Path home, Path answers, Writable writable) {
        this(variables, home, answers, writable, Path.of("").toAbsolutePath());
    }

    Interpreters(
            Map<String, String> variables,
            Path home,
            Path answers,
            Writable writable,
            Path workingFolder) {
        this(
                new InterpreterPlaces(Map.copyOf(variables), home, workingFolder),
                new KnownInterpreters(answers),
                home,
                writable,
                Optional.empty());
    }

    private Interpreters(
            InterpreterPlaces discovery,
            KnownInterpreters answers,
            Path home,
            Writable writable,
            Optional<Path> project) {
        this.discovery = discovery;
        this.answers = answers;
        this.home = home;
        this.writable = writable;
        this.credence = new Credence(discovery, home, project, writable);
    }

    /**
     * The same, but nothing in this project or around it, in the same checkout, is started: not
     * even where PATH leads there.
     */
    public Interpreters startingNothingIn(Path project) {
        return new Interpreters(discovery, answers, home, writable, Optional.of(project));
    }

    /**
     * The first interpreter that fits, in the order PATH, pyenv's versions (newest first), uv's,
     * the usual folders. A pre-release is taken only when nothing else fits. One that does not work
     * is passed over, and said to be. Only what stands in one of these places, or was started
     * before, is started: a path may come from a stranger.
     */
    public InterpreterSearch find(InterpreterRequest request) {
        return switch (request) {
            case InterpreterRequest.At at -> at(at, false);
            case InterpreterRequest.Matching matching -> matching(matching);
        };
    }

    /** The same for what a person asks for by hand: a path is believed, and known from then on. */
    public InterpreterSearch findNamed(InterpreterRequest request) {
        return switch (request) {
            case InterpreterRequest.At at -> at(at, true);
            case InterpreterRequest.Matching matching -> matching(matching);
        };
    }

    /**
     * Whether this file was started before, answered from its identity alone, or could be started
     * unasked. Starts nothing.
     */
    public boolean believes(Path executable) {
        try {
            return answers.isKnown(executable) || credence.objection(executable).isEmpty();
        } catch (IOException _) {
            return false; // it is not there, or not to be seen
        }
    }

    /**
     * What may be started for another question: this interpreter, which somebody named or which was
     * found here, then those that would be found. None that others, or programs in sandboxes, could
     * have changed, even where a person has named it. Lazy.
     */
    public Iterable<Path> startable(Path first) {
        return () ->
                Stream.concat(
                                Stream.of(first)
                                        .filter(path -> holds(() -> credence.exposure(path))),
                                discovery
                                        .executables()
                                        .filter(path -> holds(() -> credence.objection(path))))
                        .distinct()
                        .iterator();
    }

    private interface Doubt {
        Optional<String> about() throws IOException;
    }

    private static boolean holds(Doubt doubt) {
        try {
            return doubt.about().isEmpty();
        } catch (IOException _) {
            return false; // it is not there, or not to be seen
        }
    }

    private InterpreterSearch at(InterpreterRequest.At request, boolean byHand) {
        Path path = request.executable();
        Optional<Path> executable =
                Files.isDirectory(path)
                        ? InterpreterPlaces.inFolder(path, "python3")
                                .or(() ->
                                        InterpreterPlaces.inFolder(path.resolve("bin"), "python3"))
                        : Optional.of(path);
        if (executable.isEmpty()) {
            return new InterpreterSearch.NotFound(
                    request,
                    List.of(new PassedInterpreter(path, "no python in this folder or in its bin")));
        }
        Path base = InterpreterPlaces.outOfVenv(executable.get());
        // what a person names is that file, not what an environment's files say of another one
        boolean named = byHand && base.equals(executable.get());
        try {
            return new InterpreterSearch.Found(named ? named(base) : interpreter(base), List.of());
        } catch (IOException e) {
            return new InterpreterSearch.NotFound(
                    request, List.of(new PassedInterpreter(base, why(e))));
        }
    }

    private Interpreter named(Path executable) throws IOException {
        Optional<Interpreter> known = answers.known(executable);
        return known.isPresent() ? known.get() : answers.ask(executable);
    }

    private Interpreter interpreter(Path executable) throws IOException {
        Optional<Interpreter> known = answers.known(executable);
        if (known.isPresent()) {
            return known.get();
        }
        Optional<String> objection = credence.objection(executable);
        if (objection.isPresent()) {
            throw new UnaskedException(
                    "%s, and nobody has named it; --python %s names it"
                            .formatted(objection.get(), executable));
        }
        return answers.ask(executable);
    }

    private InterpreterSearch matching(InterpreterRequest.Matching request) {
        var passedOver = new ArrayList<PassedInterpreter>();
        Interpreter prerelease = null;
        for (Path executable : (Iterable<Path>) discovery.executables()::iterator) {
            Optional<String> known =
                    BuildDetails.of(executable)
                            .flatMap(details ->
                                    objection(
                                            request, details.implementation(), details.version()));
            if (known.isPresent()) {
                passedOver.add(new PassedInterpreter(executable, known.get()));
                continue;
            }
            try {
                Interpreter interpreter = interpreter(executable);
                Optional<String> objection = objection(request, interpreter);
                if (objection.isPresent()) {
                    passedOver.add(new PassedInterpreter(executable, objection.get()));
                } else if (!interpreter.version().isPrerelease()) {
                    return new InterpreterSearch.Found(interpreter, passedOver);
                } else if (prerelease == null) {
                    prerelease = interpreter;
                }
            } catch (IOException e) {
                passedOver.add(
                        new PassedInterpreter(executable, why(e), e instanceof UnaskedException));
            }
        }
        return prerelease == null
                ? new InterpreterSearch.NotFound(request, passedOver)
                : new InterpreterSearch.Found(prerelease, passedOver);
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
            case ProbeException _, UnaskedException _ -> String.valueOf(e.getMessage());
            case NoSuchFileException _ -> "is not there";
            case AccessDeniedException _ -> "cannot be read: permission denied";
            default -> "cannot be asked: " + e.getMessage();
        };
    }
}
