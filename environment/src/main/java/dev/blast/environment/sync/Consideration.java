package dev.blast.environment.sync;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.build.SeenSource;
import dev.blast.environment.change.Staging;
import dev.blast.index.DistributionFile;
import dev.blast.index.Formats;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.explain.Explanation;
import dev.blast.rules.explain.Explanations;
import dev.blast.rules.explain.ProposalTerms;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Companion;
import dev.blast.rules.question.CompanionsQuestion;
import dev.blast.solver.BuildException;
import dev.blast.solver.Obstacle;
import dev.blast.solver.Request;
import dev.blast.solver.Strategy;
import dev.blast.solver.UnsupportedRequirementException;
import dev.blast.solver.search.CandidateFacts;
import dev.blast.solver.search.Fitness;
import java.util.List;
import java.util.Map;

/**
 * Asks the rules about versions, as a sync would ask them while it chooses: with the same facts of
 * them, in the same context. Changes nothing.
 */
public final class Consideration {
    private static final Formats.Format SOURCES = new Formats.Format(false, true, "");

    private final Sync.Tools tools;
    private final ProposalTerms terms;

    /**
     * @param terms what proposed rules hold on to
     */
    public Consideration(Sync.Tools tools, ProposalTerms terms) {
        this.tools = tools;
        this.terms = terms;
    }

    /**
     * Asks about one version.
     *
     * @param job the sync that would choose it
     */
    public Considered of(Sync.Job job, VersionAsked asked)
            throws EnvironmentException, IndexException {
        return ask(job, (inquiry, index) -> of(inquiry, index, asked, terms));
    }

    /**
     * Asks about two versions that would be chosen together.
     *
     * @param job the sync that would choose them
     */
    public Considered of(Sync.Job job, VersionAsked one, VersionAsked other)
            throws EnvironmentException, IndexException {
        return ask(job, (inquiry, index) -> together(inquiry, index, one, other, terms));
    }

    /**
     * Asks whether one version may be built, and from what. Its source is fetched and looked at;
     * nothing of it runs.
     *
     * @param job the sync that would build it
     */
    public Considered ofBuild(Sync.Job job, VersionAsked asked)
            throws EnvironmentException, IndexException {
        return ask(job, (inquiry, index) -> build(inquiry, index, asked));
    }

    private Considered build(Inquiry inquiry, Index index, VersionAsked asked)
            throws EnvironmentException, IndexException {
        try {
            Request request = inquiry.request(Strategy.STABLE, Map.of(), Map.of());
            var facts = new CandidateFacts(request, index);
            return switch (look(facts, asked)) {
                case Look.Missing(var missing) -> missing;
                case Look.Found(Version version) ->
                        switch (facts.choice(asked.name(), version, SOURCES)) {
                            case Fitness.Unfit(Obstacle obstacle) ->
                                    new Considered.NoSource(asked.name(), version, obstacle);
                            case Fitness.Fit(DistributionFile source) -> {
                                Formats.Format format =
                                        request.sourcing().formats().of(asked.name());
                                yield buildable(
                                        inquiry,
                                        source,
                                        asked.name(),
                                        facts.choice(asked.name(), version, format));
                            }
                        };
            };
        } catch (UnsupportedRequirementException e) {
            throw new EnvironmentException(Message.of(e), e);
        }
    }

    private Considered buildable(
            Inquiry inquiry, DistributionFile source, PackageName name, Fitness chosen)
            throws EnvironmentException, IndexException {
        try {
            SeenSource seen =
                    new Workshop(tools, inquiry.situation()).seen(source, name, source.version());
            return new Considered.Buildable(
                    source,
                    chosen instanceof Fitness.Fit(DistributionFile file) && !file.kind().isSource(),
                    inquiry.job().project().settings().formats().of(name),
                    new Explanations(inquiry.job().policy(), seen.context(), terms).of(seen.fact()),
                    seen);
        } catch (BuildException e) {
            throw new EnvironmentException(
                    Message.of("%s %s", source.filename(), Message.of(e)), e);
        }
    }

    /** A question about a sync. */
    private interface Asking {
        Considered of(Inquiry inquiry, Index index) throws EnvironmentException, IndexException;
    }

    private Considered ask(Sync.Job job, Asking asking)
            throws EnvironmentException, IndexException {
        return switch (Base.of(
                job.environment(),
                job.project(),
                job.options(),
                tools.interpreters(),
                Staging.isIn(job.environment()))) {
            case Base.NotFound(var search) -> new Considered.NoInterpreter(search);
            case Base.Found base -> {
                Situation situation = AddressSearch.situation(tools, job, base);
                yield asking.of(
                        Inquiry.of(tools, situation.job(), situation),
                        situation.index(tools.index()));
            }
        };
    }

    static Considered of(Inquiry inquiry, Index index, VersionAsked asked, ProposalTerms terms)
            throws EnvironmentException, IndexException {
        try {
            Request request = inquiry.request(Strategy.STABLE, Map.of(), Map.of());
            var facts = new CandidateFacts(request, index);
            return switch (look(facts, asked)) {
                case Look.Missing(var missing) -> missing;
                case Look.Found(Version version) -> {
                    Explanation explanation =
                            explanations(inquiry, terms)
                                    .of(facts.of(asked.name(), version).orElseThrow());
                    yield new Considered.Explained(
                            asked.name(),
                            version,
                            explanation,
                            request.lifts(asked.name(), version, explanation.judgement()));
                }
            };
        } catch (UnsupportedRequirementException e) {
            throw new EnvironmentException(Message.of(e), e);
        }
    }

    /** Either way round, as the solver asks: before metadata are read. */
    static Considered together(
            Inquiry inquiry, Index index, VersionAsked one, VersionAsked other, ProposalTerms terms)
            throws EnvironmentException, IndexException {
        try {
            var facts =
                    new CandidateFacts(inquiry.request(Strategy.STABLE, Map.of(), Map.of()), index);
            Look left = look(facts, one);
            Look right = look(facts, other);
            if (left instanceof Look.Missing(var missing)) {
                return missing;
            } else if (right instanceof Look.Missing(var missing)) {
                return missing;
            }
            Candidate first = candidate(facts, one, left).licensed(null);
            Candidate second = candidate(facts, other, right).licensed(null);
            Explanation explanation = explanations(inquiry, terms).of(pair(first, second));
            Explanation reverse =
                    explanation.judgement().allowed()
                            ? explanations(inquiry, terms).of(pair(second, first))
                            : explanation;
            return new Considered.Paired(reverse.judgement().allowed() ? explanation : reverse);
        } catch (UnsupportedRequirementException e) {
            throw new EnvironmentException(Message.of(e), e);
        }
    }

    private static Candidate candidate(CandidateFacts facts, VersionAsked asked, Look found)
            throws IndexException {
        return facts.of(asked.name(), ((Look.Found) found).version()).orElseThrow();
    }

    private static CompanionsQuestion.Pair pair(Candidate one, Candidate other) {
        return new CompanionsQuestion.Pair(one, new Companion(other));
    }

    private static Explanations explanations(Inquiry inquiry, ProposalTerms terms) {
        return new Explanations(inquiry.job().policy(), inquiry.context(), terms);
    }

    /** Whether there is such a version. */
    private sealed interface Look {
        record Found(Version version) implements Look {}

        record Missing(Considered why) implements Look {}
    }

    private static Look look(CandidateFacts facts, VersionAsked asked) throws IndexException {
        PackageName name = asked.name();
        List<Version> versions = facts.versions(name);
        if (versions.isEmpty()) {
            return new Look.Missing(
                    facts.isKnown(name)
                            ? new Considered.NoVersions(name, facts.absence(name))
                            : new Considered.NoPackage(name));
        }
        Version wanted = asked.version() == null ? newest(versions) : asked.version();
        return facts.has(name, wanted)
                ? new Look.Found(wanted)
                : new Look.Missing(
                        new Considered.NoSuchVersion(name, wanted, versions, facts.absence(name)));
    }

    private static Version newest(List<Version> versions) {
        return versions.reversed().stream()
                .filter(version -> !version.isPrerelease())
                .findFirst()
                .orElseGet(versions::getLast);
    }
}
