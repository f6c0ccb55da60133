package dev.blast.solver.search;

import dev.blast.index.DistributionFile;
import dev.blast.index.ProjectPage;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.vocabulary.Objective;
import dev.blast.solver.Aim;
import dev.blast.solver.Judge;
import dev.blast.solver.Pin;
import dev.blast.solver.Request;
import dev.blast.solver.Score;
import dev.blast.solver.Strategy;
import dev.blast.solver.logic.Domain;
import dev.blast.solver.objective.Formula;
import dev.blast.solver.objective.Weighable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one package as its page lists them, usable or not, in ascending order: enough to
 * say in which order a strategy would try them. A version is meant by its place in that order, from
 * 0 on.
 */
final class ListedVersions {
    private final Request request;
    private final PackageName name;
    private final boolean direct;
    private final List<Version> versions;
    private final Function<Version, List<DistributionFile>> files;
    private final Function<Version, @Nullable Instant> released;
    private final IntUnaryOperator points;
    private final IntPredicate lifted;
    private final IntPredicate built;
    private final int[] ranks;
    private final @Nullable Version current;
    private final int most;
    private long largest = -1;

    /**
     * @param versions in ascending order
     * @param direct whether the request itself asks for the package
     * @param released when a version was, which is asked more often than what files it has
     * @param points what the rules give to a version
     * @param lifted whether they hold it back, and that is lifted
     * @param built whether a wheel of it has to be built
     * @param rank how many indexes are to be exhausted before it
     */
    ListedVersions(
            Request request,
            PackageName name,
            boolean direct,
            List<Version> versions,
            Function<Version, List<DistributionFile>> files,
            Function<Version, @Nullable Instant> released,
            IntUnaryOperator points,
            IntPredicate lifted,
            IntPredicate built,
            ToIntFunction<Version> rank) {
        this.request = request;
        this.name = name;
        this.direct = direct;
        this.versions = versions;
        this.files = files;
        this.released = released;
        this.points = points;
        this.lifted = lifted;
        this.built = built;
        this.ranks = versions.stream().mapToInt(rank).toArray();
        this.most = IntStream.range(0, versions.size()).map(points).max().orElse(0);
        Pin locked = request.preferences().locked().get(name);
        this.current =
                locked == null ? request.preferences().installed().get(name) : locked.version();
    }

    /** As a search sees the package. */
    static ListedVersions of(View view, Domain domain) {
        Knowledge knowledge = view.knowledge();
        Releases releases = knowledge.releases();
        Judge judge = knowledge.request().judge();
        Strategy strategy = knowledge.request().strategyFor(domain.name());
        boolean points =
                judge != null && judge.givesPoints() && strategy.wants(Objective.PREFERRED);
        return new ListedVersions(
                knowledge.request(),
                domain.name(),
                knowledge.roots().isDirect(domain.name()),
                domain.versions(),
                version -> releases.release(domain, domain.state(version)).files(),
                version -> releases.released(domain, domain.state(version)),
                place -> points ? points(view, domain, place + 1) : 0,
                place -> knowledge.isLifted(domain, place + 1),
                place -> releases.isBuilt(domain, place + 1),
                version -> rank(releases.page(domain), version));
    }

    private static int rank(@Nullable ProjectPage page, Version version) {
        return page == null ? 0 : page.rank(version);
    }

    private static int points(View view, Domain domain, int state) {
        return view.fitness(domain, state) instanceof Fitness.Fit
                ? view.judgement(domain, state).map(Judgement::points).orElse(0)
                : 0;
    }

    /**
     * All places, the best first: by what is wanted of single versions, place by place, then the
     * newest.
     *
     * @param lastResort versions that come after all others but the current one
     */
    List<Integer> order(List<List<Aim>> places, IntPredicate lastResort) {
        record Candidate(int place, boolean last, int rank, Score score) {}
        List<Candidate> candidates = new ArrayList<>(versions.size());
        for (int place = 0; place < versions.size(); place++) {
            Weighable version = at(place);
            var score = new Score(places.stream().map(it -> Formula.weighed(it, version)).toList());
            boolean last = lastResort.test(place) && !isCurrent(place);
            int its = isCurrent(place) ? 0 : ranks[place];
            candidates.add(new Candidate(place, last, its, score));
        }
        candidates.sort(
                Comparator.comparing(Candidate::last)
                        .thenComparingInt(Candidate::rank)
                        .thenComparing(Candidate::score)
                        .thenComparing(Candidate::place, Comparator.reverseOrder()));
        return candidates.stream().map(Candidate::place).toList();
    }

    /** Whether the rules prefer any of the versions. */
    boolean givesPoints() {
        return IntStream.range(0, versions.size()).anyMatch(place -> points.applyAsInt(place) != 0);
    }

    boolean isCurrent(int place) {
        return current != null && current.equals(versions.get(place));
    }

    /** Whether one place is on a newer version, or of an index that goes before. */
    boolean isNewer(int place, int than) {
        int first = Integer.compare(ranks[place], ranks[than]);
        return first == 0 ? place > than : first < 0;
    }

    /** Whether one place is on an older version, or of an index that goes before. */
    boolean isOlder(int place, int than) {
        int first = Integer.compare(ranks[place], ranks[than]);
        return first == 0 ? place < than : first < 0;
    }

    Weighable at(int place) {
        return new Listed(place);
    }

    /** The largest known size of a file that would be fetched for a version; 0 for none. */
    long largestBytes() {
        if (largest < 0) {
            largest =
                    IntStream.range(0, versions.size())
                            .mapToLong(place -> bytes(place).orElse(0))
                            .max()
                            .orElse(0);
        }
        return largest;
    }

    private OptionalLong bytes(int place) {
        return FileChoice.among(
                                files.apply(versions.get(place)),
                                request.target(),
                                request.sourcing().formats().of(name))
                        instanceof Fitness.Fit(DistributionFile file)
                ? file.sizeBytes()
                : OptionalLong.empty();
    }

    /** A version as it is listed: all that are newer count, usable or not. */
    class Listed implements Weighable {
        private final int place;

        Listed(int place) {
            this.place = place;
        }

        @Override
        public boolean direct() {
            return direct;
        }

        @Override
        public boolean changes() {
            return current != null && !isCurrent(place);
        }

        @Override
        public long newer() {
            return versions.size() - 1L - place;
        }

        @Override
        public long older() {
            return place;
        }

        @Override
        public OptionalLong bytes() {
            return ListedVersions.this.bytes(place);
        }

        @Override
        public long largestBytes() {
            return ListedVersions.this.largestBytes();
        }

        @Override
        public OptionalLong ageDays() {
            Instant when = released.apply(versions.get(place));
            return when == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(dev.blast.rules.fact.Candidate.ageDays(when, request.now()));
        }

        @Override
        public int advisories() {
            return request.advisories().of(name, versions.get(place)).size();
        }

        @Override
        public boolean lifted() {
            return lifted.test(place);
        }

        @Override
        public boolean built() {
            return built.test(place);
        }

        @Override
        public int points() {
            return points.applyAsInt(place);
        }

        @Override
        public int mostPoints() {
            return most;
        }
    }
}
