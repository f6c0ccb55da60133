package dev.blast.solver.search;

import dev.blast.index.DistributionFile;
import dev.blast.index.ProjectPage;
import dev.blast.index.WheelUse;
import dev.blast.packaging.Version;
import dev.blast.solver.Target;
import dev.blast.solver.logic.Domain;
import java.time.Instant;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one package's versions, by state.
 *
 * @param page null where none was asked for
 * @param usable whether a version can be used, be it a pre-release or not; filled by {@link
 *     Releases}
 * @param suiting whether one of some wheels suits the target, as far as that was asked
 */
record Project(
        Domain domain,
        @Nullable ProjectPage page,
        Function<Version, List<DistributionFile>> files,
        Map<Integer, Fitness> usable,
        Map<List<WheelUse>, Boolean> suiting) {

    Project(
            Domain domain,
            @Nullable ProjectPage page,
            Function<Version, List<DistributionFile>> files) {
        this(domain, page, files, new HashMap<>(), new IdentityHashMap<>());
    }

    /** No versions. */
    static Project without(Domain domain, @Nullable ProjectPage page) {
        return new Project(domain, page, _ -> List.of());
    }

    /** What the wheels of a version are for; null where only its files tell. */
    @Nullable List<WheelUse> uses(int state) {
        return page == null ? null : page.uses(domain.version(state));
    }

    /** Whether one of the wheels of a version suits, of which it is told what they are for. */
    boolean suits(int state, Target target) {
        return suiting.computeIfAbsent(
                Objects.requireNonNull(uses(state)), wheels -> FileChoice.anySuits(wheels, target));
    }

    /** When a version was released; null where nobody says it. */
    @Nullable Instant released(int state) {
        Version version = domain.version(state);
        Instant listed = page == null ? null : page.released(version);
        return listed == null ? DistributionFile.firstUpload(files.apply(version)) : listed;
    }

    Release release(int state) {
        Version version = domain.version(state);
        return new Release(
                domain.name(),
                version,
                files.apply(version),
                page == null ? null : page.from(version));
    }
}
