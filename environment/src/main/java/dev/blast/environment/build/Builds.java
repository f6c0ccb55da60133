package dev.blast.environment.build;

import dev.blast.environment.Cause;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.index.DistributionFile;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.packaging.Message;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.fact.Session;
import dev.blast.solver.BuildException;
import dev.blast.solver.Builder;
import dev.blast.solver.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Reads and builds sources for one interpreter, each in a sandbox. What came of a source is kept,
 * so that what is asked twice is built once. Any thread: none waits for what another builds, since
 * two that need each other would wait for ever; two that build one source at a time keep one wheel.
 *
 * <p>A {@link BuildException} says of the source why nothing came of it: its first line continues
 * "it", the others are the end of what the build said and where the whole of it is. Nothing else
 * was changed.
 */
public final class Builds implements Builder {
    /** What is in the way of so many sources of a project is likely to be in the way of all. */
    private static final int FAILURES = 3;

    private final Map<PackageName, Set<String>> failed = new ConcurrentHashMap<>();
    private final BuildTools tools;
    private final Building.Means means;

    /** What this thread is building, and what that is built for: outermost last. */
    private final ThreadLocal<Deque<String>> underWay = ThreadLocal.withInitial(ArrayDeque::new);

    /**
     * See the class.
     *
     * @param session who asks, for which project and environment: rules on builds see it with the
     *     purpose BUILD
     * @param index where build requirements, and archives themselves, are had from
     * @param asking how this command asks the solver, for the requests of build requirements: with
     *     its judge, its advisories, its cutoff, its pre-releases
     */
    public Builds(
            BuildTools tools,
            Session session,
            Interpreter interpreter,
            Index index,
            UnaryOperator<Request> asking) {
        this.tools = tools;
        var sandbox = new BuildSandbox(tools, session);
        Path own = tools.workspace().directories().cache().resolve("builds");
        this.means =
                new Building.Means(
                        tools,
                        interpreter,
                        index,
                        own,
                        sandbox,
                        new BuildEnvironments(
                                own.resolve("environments"), interpreter, tools.store()),
                        new BuildRequirements(
                                index,
                                tools.store(),
                                interpreter.target(),
                                tools.clock(),
                                asking,
                                tools.options().formats(),
                                tools.policy(),
                                sandbox.context(),
                                this),
                        new BuildLogs(tools.workspace().directories().state().resolve("builds")));
    }

    /**
     * The metadata of a source, of whichever kind; built only where it does not say them itself.
     */
    @Override
    public Metadata metadata(DistributionFile source) throws BuildException, IndexException {
        return of(Source.of(source), Building::metadata);
    }

    public Metadata metadata(Source source) throws BuildException, IndexException {
        return of(source, Building::metadata);
    }

    /**
     * The wheel of a source, of one of kind EDITABLE the editable one. It stays where it is: copy
     * it, or add it to the store.
     *
     * @return a file with the name of a wheel of this project and version
     */
    public Path wheel(DistributionFile source) throws BuildException, IndexException {
        return of(Source.of(source), Building::wheel);
    }

    /** The wheel of a source; of an {@link Source.Editable} the one by which it is installed so. */
    public Path wheel(Source source) throws BuildException, IndexException {
        return of(source, Building::wheel);
    }

    /**
     * What there is to see of a source; nothing of it runs.
     *
     * @param name the project's, known from wherever
     */
    public SeenSource seen(Source source, PackageName name, Version version)
            throws BuildException, IndexException {
        return answer(source, building -> building.seen(name, version));
    }

    /** Something that is asked of a source. */
    @FunctionalInterface
    private interface Question<T> {
        T ask(Building building)
                throws BuildException,
                        IndexException,
                        EnvironmentException,
                        IOException,
                        InterruptedException;
    }

    private <T> T of(Source source, Question<T> question) throws BuildException, IndexException {
        PackageName project = source.name();
        Set<String> failures =
                project == null
                        ? Set.of()
                        : failed.computeIfAbsent(project, _ -> ConcurrentHashMap.newKeySet());
        if (failures.size() >= FAILURES && !failures.contains(source.shown())) {
            throw new BuildException(
                    Message.of(
                            "was not built: %d other sources of %s give no wheel",
                            failures.size(), project));
        }
        try {
            return answer(source, question);
        } catch (BuildException e) {
            if (project != null && !e.isForbidden()) {
                failures.add(source.shown());
            }
            throw e;
        }
    }

    private <T> T answer(Source source, Question<T> question)
            throws BuildException, IndexException {
        Deque<String> outer = underWay.get();
        String shown = source.shown();
        if (outer.contains(shown)) {
            var circle = new ArrayList<>(outer).reversed();
            circle.add(shown);
            throw new BuildException(
                    Message.line(
                            "cannot be built: to build it takes itself (%s)"
                                    .formatted(String.join(" needs ", circle))));
        }
        outer.push(shown);
        try {
            return question.ask(new Building(means, source));
        } catch (RefusedSourceException e) {
            throw new BuildException(Message.of("cannot be built: %s", Message.of(e)));
        } catch (IOException e) {
            requireNoInterruption(shown, e);
            throw new BuildException(
                    Message.of(
                            "cannot be built: %s%s",
                            Cause.of(e), Cause.advice(e, tools.workspace().directories().cache())));
        } catch (EnvironmentException e) {
            requireNoInterruption(shown, e);
            throw new BuildException(Message.of("cannot be built: %s", Message.of(e)));
        } catch (InterruptedException e) {
            throw interrupted(shown, e);
        } finally {
            outer.pop();
        }
    }

    /** One that came as another failure: whoever waited for a process had nothing else to throw. */
    private static void requireNoInterruption(String shown, Exception e) throws IndexException {
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted(shown, e);
        }
    }

    /** It says nothing about the source, and ends all that is under way. */
    private static IndexException interrupted(String shown, Exception e) {
        Thread.currentThread().interrupt();
        return new IndexException(
                IndexException.Kind.NETWORK, "interrupted while %s was built".formatted(shown), e);
    }
}
