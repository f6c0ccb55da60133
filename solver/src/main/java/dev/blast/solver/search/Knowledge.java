package dev.blast.solver.search;

import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Version;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.vocabulary.Objective;
import dev.blast.solver.Judge;
import dev.blast.solver.Request;
import dev.blast.solver.UnsupportedRequirementException;
import dev.blast.solver.logic.Cause;
import dev.blast.solver.logic.Domain;
import dev.blast.solver.logic.States;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one request, looked up when first asked for and then kept: which versions there are
 * ({@link Releases}), what they need ({@link Readings}), what the rules say of them. What it says
 * does not depend on what it was asked before, so any number of searches over parts of the same
 * request share one. For one thread.
 */
final class Knowledge {
    private final Roots roots;
    private final Releases releases;
    private final Readings readings;
    private final CandidateFacts candidates;
    private final Crawl crawl;
    private final Map<Domain, Map<Integer, Judgement>> judgements = new HashMap<>();
    private final Map<Domain, Map<Integer, Judgement>> lastWords = new HashMap<>();

    /** Whether holds that were lifted are counted, and some may only show in metadata. */
    private final boolean countsLifted;

    /** Null where the rules say nothing of two versions together. */
    private final @Nullable Pairs pairs;

    /**
     * @throws UnsupportedRequirementException for an address that no wheel is behind
     */
    Knowledge(Request request, Index index) {
        this.roots = new Roots(request);
        this.releases = new Releases(roots, index);
        this.readings = new Readings(releases, index);
        this.candidates = new CandidateFacts(index, releases, readings);
        this.pairs =
                Optional.ofNullable(request.judge())
                        .flatMap(Judge::companions)
                        .map(rules -> new Pairs(rules, candidates))
                        .orElse(null);
        this.crawl = new Crawl(request, index);
        this.countsLifted =
                request.judge() != null
                        && request.judge().asksMetadata()
                        && request.wants(Objective.FEWEST_HOLDS_LIFTED);
    }

    Request request() {
        return roots.request();
    }

    Roots roots() {
        return roots;
    }

    Releases releases() {
        return releases;
    }

    Readings readings() {
        return readings;
    }

    /**
     * A package. Where holds that were lifted are counted, and a rule asks for metadata, those of
     * the versions that were named are read now: what a version counts is asked for when versions
     * are put in order, before any is tried.
     */
    Domain domain(PackageName name) throws IndexException {
        Domain domain = releases.domain(name);
        if (countsLifted) {
            for (Version version : request().liftedByName(name)) {
                int state = domain.state(version);
                if (state != States.ABSENT) {
                    lastWord(domain, state);
                }
            }
        }
        return domain;
    }

    /** The rules' word on a version, as far as pages tell of it; empty where there are no rules. */
    Optional<Judgement> judgement(Domain domain, int state) {
        Judge judge = request().judge();
        return judge == null
                ? Optional.empty()
                : Optional.of(
                        judgements
                                .computeIfAbsent(domain, _ -> new HashMap<>())
                                .computeIfAbsent(
                                        state, _ -> judge.foresee(candidates.of(domain, state))));
    }

    /**
     * The same of a version that is fit, and with what its metadata say, which are read where a
     * rule asks for them.
     */
    Optional<Judgement> lastWord(Domain domain, int state) throws IndexException {
        Judge judge = request().judge();
        if (judge == null || !judge.asksMetadata()) {
            return judgement(domain, state);
        }
        Map<Integer, Judgement> known = lastWords.computeIfAbsent(domain, _ -> new HashMap<>());
        Judgement word = known.get(state);
        if (word == null) {
            word = judge.judge(candidates.read(domain, state));
            known.put(state, word);
        }
        return Optional.of(word);
    }

    /**
     * What a version that is fit needs, or that the rules refuse it now that this is known.
     *
     * @param extra null for the package itself
     */
    Needs needs(Domain domain, int state, @Nullable ExtraName extra) throws IndexException {
        Needs needs = readings.needs(domain, state, extra);
        Judge judge = request().judge();
        if (judge == null || !judge.asksMetadata() || !(needs instanceof Needs.Known)) {
            return needs;
        }
        return lastWord(domain, state)
                .filter(word -> !allows(domain, state, word))
                .<Needs>map(word -> new Needs.Refused(Cause.Ruled.by(word)))
                .orElse(needs);
    }

    private boolean allows(Domain domain, int state, Judgement word) {
        return word.allowed() || lifts(domain, state, word);
    }

    /** Whether a word is a hold that the request lifts. */
    boolean lifts(Domain domain, int state, Judgement word) {
        return request().lifts(domain.name(), domain.version(state), word);
    }

    /** Whether the rules hold a version back as far as is known, and the request lifts that. */
    boolean isLifted(Domain domain, int state) {
        if (!request().mayLift(domain.name(), domain.version(state))) {
            return false;
        }
        return word(domain, state).filter(it -> lifts(domain, state, it)).isPresent();
    }

    /** The last one on a version that a person named, where holds that were lifted are counted. */
    private Optional<Judgement> word(Domain domain, int state) {
        Judgement last = lastWords.getOrDefault(domain, Map.of()).get(state);
        return last != null && isCountedByLastWord(domain.name(), domain.version(state))
                ? Optional.of(last)
                : judgement(domain, state);
    }

    /** The last word on any other version may be known by chance, and must not count. */
    private boolean isCountedByLastWord(PackageName name, Version version) {
        return countsLifted && request().liftedByName(name).contains(version);
    }

    /** Whether the rules let a version be chosen as far as pages tell. */
    boolean isAllowed(Domain domain, int state) {
        return judgement(domain, state).map(it -> allows(domain, state, it)).orElse(true);
    }

    /** What the rules say of two versions together; empty where there are no such rules. */
    Optional<Pairs> pairs() {
        return Optional.ofNullable(pairs);
    }

    /** As the rules see a version. */
    Candidate candidate(Domain domain, int state) {
        return candidates.of(domain, state);
    }

    /** Begins to read what the request is likely to need. */
    void foresee() {
        crawl.start();
    }

    /** Lets the crawl go on from a requirement that is about to matter. */
    void expect(Requirement requirement, @Nullable ExtraName extra) {
        crawl.follow(requirement, extra == null ? Set.of() : Set.of(extra));
    }

    /** Lets the metadata of a version that can be used be read: it may be tried soon. */
    void expect(Domain domain, int state) {
        if (!readings.isRead(domain, state)) {
            crawl.read(releases.file(domain, state));
        }
    }
}
