package dev.blast.environment.sync;

import dev.blast.environment.Cause;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.Applied;
import dev.blast.environment.install.Venv;
import dev.blast.environment.install.VenvState;
import dev.blast.environment.interpreter.Elsewhere;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.interpreter.InterpreterRequest;
import dev.blast.environment.interpreter.InterpreterSearch;
import dev.blast.environment.interpreter.Interpreters;
import dev.blast.environment.interpreter.PassedInterpreter;
import dev.blast.environment.project.Project;
import dev.blast.environment.project.PythonNeed;
import dev.blast.environment.project.PythonVersionFile;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Message;
import dev.blast.packaging.SpecifierSet;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Which interpreter an environment rests on, and whether the venv that is there can stay. */
sealed interface Base {
    /**
     * The interpreter to use.
     *
     * @param rebuild why the venv that is there cannot stay; empty where it can, or where there is
     *     none
     * @param isNew there is none yet
     * @param unasked interpreters that stand before it and were not asked, a sentence each
     * @param missing the parts of the venv that are not there and are put back
     */
    record Found(
            Interpreter interpreter,
            boolean isNew,
            Optional<String> rebuild,
            List<String> unasked,
            List<String> missing)
            implements Base {
        public Found {
            unasked = List.copyOf(unasked);
            missing = List.copyOf(missing);
        }

        /** A venv has to be laid out; nothing is installed in it. */
        boolean isFresh() {
            return isNew || rebuild.isPresent();
        }
    }

    record NotFound(InterpreterSearch.NotFound search) implements Base {}

    /**
     * Before the first lock of a place is taken, which makes a folder there: that it is a place for
     * an environment.
     *
     * @throws EnvironmentException where something else than a venv stands there
     */
    static void requirePlace(Environment environment) throws EnvironmentException {
        String place = environment.root().toString();
        if (place.chars().anyMatch(c -> c == ':' || Character.isISOControl(c))) {
            throw new EnvironmentException(
                    Message.of(
                            "there can be no environment in %s: a folder on PATH has no ':' and no line break in its name.\nRename the folder, or choose another with --path",
                            environment.root().getParent()));
        }
        if (!environment.folderExists()
                && inspect(environment) instanceof VenvState.Occupied(String what)) {
            throw occupied(environment, what);
        }
    }

    private static VenvState inspect(Environment environment) throws EnvironmentException {
        try {
            return Venv.inspect(environment.root());
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of(
                            "cannot look at %s: %s%s",
                            environment.root(),
                            Cause.of(e, environment.root()),
                            e instanceof AccessDeniedException
                                    ? Cause.advice(e, environment.root())
                                    : new Message(
                                            "\nremove what is in the way; blast start lays the environment out anew")),
                    e);
        }
    }

    private static EnvironmentException occupied(Environment environment, String what) {
        return new EnvironmentException(
                Message.of(
                        "%s is not an environment: %s.\nMove it away, or choose another project folder with --path",
                        environment.root(), what));
    }

    /**
     * An interpreter that is not here, for which nothing is laid out. One that is here stands for
     * what is not said of it, and tells which index pip has built in.
     *
     * @throws EnvironmentException where the project is not for it
     */
    static Base elsewhere(Sync.Job job, Interpreters interpreters, Elsewhere elsewhere)
            throws EnvironmentException {
        Optional<PythonNeed> wanted = job.project().requiresPython();
        SpecifierSet fitting =
                wanted.filter(_ -> elsewhere.python().isEmpty())
                        .map(PythonNeed::value)
                        .orElse(SpecifierSet.ANY);
        Base base =
                search(
                        Optional.of(InterpreterRequest.fitting(fitting)),
                        interpreters.startingNothingIn(job.project().directory())::find,
                        true,
                        Optional.empty());
        if (!(base instanceof Found(Interpreter here, _, _, _, _))) {
            return base;
        }
        Interpreter there = elsewhere.of(here);
        if (wanted.isPresent() && !wanted.get().value().contains(there.version(), true)) {
            throw new EnvironmentException(
                    Message.of(
                            "--python-version %s is none for this project: requires-python is %s (%s)",
                            there.version(),
                            wanted.get().value(),
                            job.project().requiresPythonPlace().orElseThrow()));
        }
        return new Found(there, true, Optional.empty(), List.of(), List.of());
    }

    /**
     * Looks at what is there and at what is asked for. An interpreter in use stays in use while it
     * fits, even if a newer one would be found. Only a person at the command line can name one that
     * lies in the project.
     *
     * @param torn a change was begun here, and nobody can say how far it came
     * @throws EnvironmentException where something else than a venv stands there
     */
    static Base of(
            Environment environment,
            Project project,
            SyncOptions options,
            Interpreters interpreters,
            boolean torn)
            throws EnvironmentException {
        Base base = of(environment, project, options, interpreters);
        return torn && base instanceof Found found && !found.isFresh()
                ? new Found(
                        found.interpreter(),
                        false,
                        Optional.of(
                                "a change that another user, or one with another home, had begun was interrupted"),
                        found.unasked(),
                        List.of())
                : base;
    }

    private static Base of(
            Environment environment,
            Project project,
            SyncOptions options,
            Interpreters interpreters)
            throws EnvironmentException {
        Interpreters careful = interpreters.startingNothingIn(project.directory());
        boolean byHand = options.python().isPresent();
        Function<InterpreterRequest, InterpreterSearch> named =
                request ->
                        fitting(
                                byHand ? careful.findNamed(request) : careful.find(request),
                                request,
                                project);
        Optional<InterpreterRequest> asked = asked(project, options, named);
        Optional<Path> robbed = robbed(environment, options);
        return switch (inspect(environment)) {
            case VenvState.Absent _ -> search(asked, named, true, Optional.empty());
            // its packages are there, and no pyvenv.cfg that Python can use
            case VenvState.Occupied _ when robbed.isPresent() ->
                    inUse(environment, robbed.get(), asked, careful, named);
            // after a clean: what was not ours is still there
            case VenvState.Occupied _ when Files.exists(Applied.file(environment)) ->
                    search(asked, named, true, Optional.empty());
            case VenvState.Occupied(String what) -> throw occupied(environment, what);
            case VenvState.Usable(_, _, Path interpreter) -> {
                Base base = inUse(environment, interpreter, asked, careful, named);
                yield options.force() ? mended(base, environment) : base;
            }
            case VenvState.Moved(_, Path madeAt) -> {
                Optional<String> rebuild = Optional.of("it was made at " + madeAt);
                Optional<Interpreter> before =
                        robbed.flatMap(path -> found(careful, path))
                                .filter(it -> asked.isEmpty() || fits(it, asked.get(), named));
                yield before.isPresent()
                        ? new Found(before.get(), false, rebuild, List.of(), List.of())
                        : search(asked, named, false, rebuild);
            }
            case VenvState.Orphaned(_, Path gone)
                    when robbed.isPresent() && gone.startsWith(environment.root()) ->
                    inUse(environment, robbed.get(), asked, careful, named);
            case VenvState.Orphaned(_, Path interpreter) ->
                    search(
                            asked,
                            named,
                            false,
                            Optional.of("its interpreter is gone: " + interpreter));
        };
    }

    /**
     * The interpreter of an environment that Blast changed last and whose packages are there: what
     * is missing of the rest can be put back.
     */
    private static Optional<Path> robbed(Environment environment, SyncOptions options)
            throws EnvironmentException {
        try {
            return Applied.of(environment)
                    .filter(last ->
                            Files.isDirectory(environment.root().resolve(last.sitePackages())))
                    .map(Applied::interpreter);
        } catch (EnvironmentException e) {
            if (options.force()) {
                return Optional.empty(); // a damaged file counts as none
            }
            throw e;
        }
    }

    private static Optional<Interpreter> found(Interpreters careful, Path executable) {
        return careful.find(new InterpreterRequest.At(executable))
                        instanceof InterpreterSearch.Found(Interpreter interpreter, _)
                ? Optional.of(interpreter)
                : Optional.empty();
    }

    private static List<String> missing(Environment environment, Interpreter interpreter)
            throws EnvironmentException {
        try {
            return Venv.missing(environment.root(), interpreter);
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot look at %s: %s"
                            .formatted(environment.root(), Cause.of(e, environment.root())),
                    e);
        }
    }

    /** Where parts of the venv are not as they were laid out, all of it is laid out anew. */
    private static Base mended(Base base, Environment environment) throws EnvironmentException {
        if (!(base instanceof Found found) || found.isFresh()) {
            return base;
        }
        try {
            List<String> changed = Venv.changed(environment.root(), found.interpreter());
            return changed.isEmpty()
                    ? base
                    : new Found(
                            found.interpreter(),
                            false,
                            Optional.of(
                                    String.join(", ", changed) + " was not as Blast lays it out"),
                            found.unasked(),
                            List.of());
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot look at %s: %s"
                            .formatted(environment.root(), Cause.of(e, environment.root())),
                    e);
        }
    }

    private static Base inUse(
            Environment environment,
            Path executable,
            Optional<InterpreterRequest> asked,
            Interpreters careful,
            Function<InterpreterRequest, InterpreterSearch> named)
            throws EnvironmentException {
        InterpreterSearch search = careful.find(new InterpreterRequest.At(executable));
        if (search instanceof InterpreterSearch.Found(Interpreter current, _)) {
            if (asked.isEmpty() || fits(current, asked.get(), named)) {
                Optional<String> before = otherMinor(environment, current);
                return new Found(
                        current,
                        false,
                        before.map(it ->
                                "its interpreter, %s, was Python %s and is %s now"
                                        .formatted(executable, it, current.version())),
                        List.of(),
                        before.isEmpty() ? missing(environment, current) : List.of());
            }
            return search(
                    asked,
                    named,
                    false,
                    Optional.of(
                            "%s is asked for, it has %s"
                                    .formatted(asked.get(), current.version())));
        }
        return search(
                asked,
                named,
                false,
                Optional.of(
                        search instanceof InterpreterSearch.NotFound(_, var passed)
                                        && !passed.isEmpty()
                                ? "its interpreter, %s, %s"
                                        .formatted(executable, passed.getFirst().why())
                                : "its interpreter does not work: " + executable));
    }

    /**
     * The Python that the environment was laid out for, where it is another one now: the system's
     * was upgraded, and the packages lie where the new one does not look.
     */
    private static Optional<String> otherMinor(Environment environment, Interpreter current) {
        try {
            return Applied.of(environment)
                    .filter(last -> !last.sitePackages().equals(current.venvScheme().purelib()))
                    .map(Applied::python);
        } catch (EnvironmentException _) {
            return Optional.empty(); // what was noted is damaged: the situation says so, or forces
        }
    }

    private static boolean fits(
            Interpreter current,
            InterpreterRequest asked,
            Function<InterpreterRequest, InterpreterSearch> named) {
        return switch (asked) {
            case InterpreterRequest.At _ ->
                    named.apply(asked) instanceof InterpreterSearch.Found(Interpreter other, _)
                            && other.isSameAs(current);
            case InterpreterRequest.Matching matching -> matching.fits(current);
        };
    }

    private static Base search(
            Optional<InterpreterRequest> asked,
            Function<InterpreterRequest, InterpreterSearch> interpreters,
            boolean isNew,
            Optional<String> rebuild) {
        InterpreterRequest request =
                asked.orElseGet(() -> InterpreterRequest.fitting(SpecifierSet.parse("")));
        return switch (interpreters.apply(request)) {
            case InterpreterSearch.Found(Interpreter interpreter, var passedOver) ->
                    new Found(
                            interpreter,
                            isNew,
                            rebuild,
                            passedOver.stream()
                                    .filter(PassedInterpreter::unasked)
                                    .map(PassedInterpreter::sentence)
                                    .toList(),
                            List.of());
            case InterpreterSearch.NotFound notFound -> new NotFound(notFound);
        };
    }

    /** {@code requires-python} holds whoever asks for another. */
    private static InterpreterSearch fitting(
            InterpreterSearch search, InterpreterRequest request, Project project) {
        if (search instanceof InterpreterSearch.Found(Interpreter interpreter, _)
                && project.requiresPython().isPresent()
                && !project.requiresPython().get().value().contains(interpreter.version(), true)) {
            PythonNeed wanted = project.requiresPython().get();
            return new InterpreterSearch.NotFound(
                    request,
                    List.of(
                            new PassedInterpreter(
                                    interpreter.executable(),
                                    "is %s, not %s (requires-python, %s)"
                                            .formatted(
                                                    interpreter.version(),
                                                    wanted.value(),
                                                    project.requiresPythonPlace().orElseThrow()))));
        }
        return search;
    }

    /**
     * The command line goes before {@code [tool.blast] python}, that before {@code .python-version}
     * where it can be followed, that before {@code requires-python}.
     */
    private static Optional<InterpreterRequest> asked(
            Project project,
            SyncOptions options,
            Function<InterpreterRequest, InterpreterSearch> named)
            throws EnvironmentException {
        Optional<String> text =
                options.python()
                        .or(() ->
                                project.settings()
                                        .python()
                                        .map(said ->
                                                said.contains("/")
                                                        ? project.directory()
                                                                .resolve(said)
                                                                .toString()
                                                        : said));
        try {
            return text.map(InterpreterRequest::parse)
                    .or(() ->
                            PythonVersionFile.of(project)
                                    .flatMap(PythonVersionFile::request)
                                    .map(InterpreterRequest.class::cast)
                                    .filter(wish ->
                                            named.apply(wish) instanceof InterpreterSearch.Found))
                    .or(() ->
                            project.requiresPython()
                                    .map(PythonNeed::value)
                                    .map(InterpreterRequest::fitting));
        } catch (InvalidSyntaxException e) {
            throw new EnvironmentException(
                    "which Python is meant%s? %s"
                            .formatted(
                                    options.python().isPresent() ? "" : " by [tool.blast] python",
                                    e.getMessage()),
                    e);
        }
    }
}
