package dev.blast.solver.search;

import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.solver.Optimum;
import dev.blast.solver.Outcome;
import dev.blast.solver.Pin;
import dev.blast.solver.Preferences;
import dev.blast.solver.Progress;
import dev.blast.solver.Proof;
import dev.blast.solver.Request;
import dev.blast.solver.Resolution;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Score;
import dev.blast.solver.Strategy;
import dev.blast.solver.Unsolvable;
import dev.blast.solver.UnsupportedRequirementException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds versions that fit together, or proves that there are none. Complete: it ends with one or
 * the other. The answer depends on the request and the index alone, not on the order or speed of
 * the index's answers. One request at a time.
 */
public final class Resolver {
    private final Index index;
    private final Progress progress;
    private final boolean optimises;

    /** Of the request that conflicts were looked for in last. */
    private @Nullable Knowledge known;

    /** One that gives the best answer it finds. */
    public Resolver(Index index, Progress progress) {
        this(index, progress, true);
    }

    /**
     * A resolver.
     *
     * @param optimises whether the first answer is improved, by what the strategy sums up
     */
    public Resolver(Index index, Progress progress, boolean optimises) {
        this.index = index;
        this.progress = progress;
        this.optimises = optimises;
    }

    /**
     * The answer to a request. While a complete lock fits, it is the answer, and the index is not
     * asked.
     *
     * @throws IndexException when the index gives no usable answer to a question that has to be
     *     answered
     * @throws UnsupportedRequirementException for a requirement by address that is not a wheel
     */
    public Outcome resolve(Request request) throws IndexException {
        progress.phase("resolving");
        Optional<Resolution> locked = fromLock(request);
        if (locked.isPresent()) {
            return locked.get();
        }
        return attempt(request, index, progress, optimises).run();
    }

    /**
     * The same answer or proof, if it can be had at a price; empty where not. Says nothing of its
     * progress.
     */
    public Optional<Outcome> within(Request request, Allowance allowance) throws IndexException {
        Optional<Resolution> locked = fromLock(request);
        return locked.isPresent()
                ? Optional.of(locked.get())
                : attempt(request, index, Progress.SILENT, false).within(allowance);
    }

    /**
     * Whether there is an answer, and the one that is found first: another may be better. Says
     * nothing of its progress.
     */
    public Tried first(Request request, Allowance allowance) throws IndexException {
        // What is asked for so is mostly out of the question soon: nothing is read ahead of it.
        return new Attempt(new Knowledge(request, index), request.requirements(), Progress.SILENT)
                .first(allowance);
    }

    /**
     * Why there is no answer even if some packages were neither asked for nor needed; empty where
     * there is one, or that is not known. Says nothing of its progress.
     */
    public Optional<Proof> conflict(Request request, Set<PackageName> ignored, Allowance allowance)
            throws IndexException {
        return new Attempt(known(request), Disregarded.of(ignored)).conflict(allowance);
    }

    /**
     * Why there would be no answer if no version had to have a wheel: it is no proof that each
     * requirement it blames is needed, but without it the lines would prove nothing. Empty where
     * there is an answer, or that is not known. Says nothing of its progress.
     */
    public Optional<Proof> clash(Request request, Allowance allowance) throws IndexException {
        return new Attempt(known(request), Disregarded.WHEELS).clash(allowance);
    }

    private Knowledge known(Request request) {
        if (known == null || !known.request().equals(request)) {
            known = new Knowledge(request, index);
        }
        return known;
    }

    /**
     * How good an answer to a request can be. Says nothing of its progress.
     *
     * @param score of an answer at hand
     * @param searches that may be made to prove it
     * @return empty where there is no answer
     */
    public Optional<Optimum> optimum(Request request, Score score, int searches)
            throws IndexException {
        return attempt(request, index, Progress.SILENT, false).optimum(score, searches);
    }

    private static Optional<Resolution> fromLock(Request request) throws IndexException {
        Preferences preferences = request.preferences();
        if (!preferences.lockComplete()
                || !saysEnough(request)
                || !request.strategy().keepsCurrent()
                || !request.perPackage().values().stream().allMatch(Strategy::keepsCurrent)) {
            return Optional.empty();
        }
        var index = new LockedIndex(preferences.locked());
        return attempt(index.answering(request), index, Progress.SILENT, false)
                .resolution()
                .filter(resolution -> resolution.pins().stream().allMatch(index::covers))
                .map(resolution ->
                        resolution.with(resolution.pins().stream().map(index::asSaid).toList()));
    }

    /** Whether the lock says all that the rules ask of a version. */
    private static boolean saysEnough(Request request) {
        return request.judge() == null
                || !request.judge().asksMetadata()
                || request.preferences().locked().values().stream()
                        .allMatch(pin -> pin.license() != null);
    }

    /**
     * What a lock says, all of it and nothing else: each version is judged and the whole is
     * verified as any other answer. No index is asked.
     *
     * @param lock its name, as shown in proofs
     */
    public static Outcome exactly(Request request, Collection<Pin> pins, String lock)
            throws IndexException {
        var locked = new TreeMap<PackageName, Pin>();
        pins.forEach(pin -> locked.put(pin.name(), withExtras(pin, request)));
        List<RootRequirement> requirements = new ArrayList<>(request.requirements());
        locked.values().forEach(pin -> requirements.add(RootRequirement.of(exactly(pin), lock)));
        var index = new LockedIndex(locked);
        var knowledge = new Knowledge(index.answering(request), index);
        return switch (new Attempt(knowledge, requirements, Progress.SILENT).run()) {
            case Resolution(_, var asked, var notes, var statistics, var appraisal, var turns) ->
                    new Resolution(
                            List.copyOf(locked.values()),
                            asked.stream().filter(request.requirements()::contains).toList(),
                            notes,
                            statistics,
                            appraisal,
                            turns);
            case Unsolvable unsolvable -> unsolvable;
        };
    }

    /**
     * Of a lock that does not say what extras its versions have, those that are asked for are
     * believed.
     */
    private static Pin withExtras(Pin pin, Request request) {
        Set<ExtraName> extras = new TreeSet<>(pin.extras());
        request.requirements().stream()
                .map(RootRequirement::requirement)
                .filter(it -> it.name().equals(pin.name()))
                .forEach(it -> extras.addAll(it.extras()));
        return new Pin(
                pin.name(),
                pin.version(),
                pin.file(),
                pin.files(),
                extras,
                pin.dependencies(),
                pin.license(),
                pin.direct());
    }

    private static Requirement exactly(Pin pin) {
        String extras = pin.extras().isEmpty() ? "" : pin.extras().toString();
        return Requirement.parse("%s%s==%s".formatted(pin.name(), extras, pin.version()));
    }

    private static Attempt attempt(
            Request request, Index index, Progress progress, boolean optimises) {
        var knowledge = new Knowledge(request, index);
        knowledge.foresee();
        return new Attempt(knowledge, request.requirements(), progress, Leaps.PATIENCE, optimises);
    }
}
