package dev.blast.environment.sync;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.Staging;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.explain.Explanation;
import dev.blast.rules.explain.Explanations;
import dev.blast.rules.fact.Candidate;
import dev.blast.solver.Request;
import dev.blast.solver.Strategy;
import dev.blast.solver.UnsupportedRequirementException;
import dev.blast.solver.search.CandidateFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks the rules about single versions, as a sync would ask them while it chooses: with the same
 * facts of the version, in the same context. Changes nothing.
 */
public final class Consideration {
    private final Sync.Tools tools;

    public Consideration(Sync.Tools tools) {
        this.tools = tools;
    }

    /**
     * Asks about one version.
     *
     * @param job the sync that would choose it
     * @param version null for the newest that is not a pre-release
     */
    public Considered of(Sync.Job job, PackageName name, @Nullable Version version)
            throws EnvironmentException, IndexException {
        return switch (Base.of(
                job.environment(),
                job.project(),
                job.options(),
                tools.interpreters(),
                Staging.isIn(job.environment()))) {
            case Base.NotFound(var search) -> new Considered.NoInterpreter(search);
            case Base.Found base -> {
                Situation situation = Situation.of(job, base);
                var inquiry = Inquiry.of(tools, job, situation);
                yield of(inquiry, situation.index(tools.index()), name, version);
            }
        };
    }

    static Considered of(Inquiry inquiry, Index index, PackageName name, @Nullable Version version)
            throws EnvironmentException, IndexException {
        try {
            Request request = inquiry.request(Strategy.STABLE, Map.of(), Map.of());
            var facts = new CandidateFacts(request, index);
            List<Version> versions = facts.versions(name);
            if (versions.isEmpty()) {
                return facts.isKnown(name)
                        ? new Considered.NoVersions(facts.absence(name))
                        : new Considered.NoPackage();
            }
            Version wanted = version == null ? newest(versions) : version;
            Optional<Candidate> candidate = facts.of(name, wanted);
            if (candidate.isEmpty()) {
                return new Considered.NoSuchVersion(wanted, versions, facts.absence(name));
            }
            Explanation explanation =
                    new Explanations(inquiry.job().policy(), inquiry.context()).of(candidate.get());
            return new Considered.Explained(
                    wanted, explanation, request.lifts(name, wanted, explanation.judgement()));
        } catch (UnsupportedRequirementException e) {
            throw new EnvironmentException(Message.of(e), e);
        }
    }

    private static Version newest(List<Version> versions) {
        return versions.reversed().stream()
                .filter(version -> !version.isPrerelease())
                .findFirst()
                .orElseGet(versions::getLast);
    }
}
