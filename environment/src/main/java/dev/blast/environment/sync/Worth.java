package dev.blast.environment.sync;

import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.solver.Appraisal;
import dev.blast.solver.Motive;
import dev.blast.solver.Pin;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.Resolution;
import dev.blast.solver.search.Resolver;
import dev.blast.solver.search.Valuation;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What an answer is worth, for those who ask. */
public sealed interface Worth {
    /** Packages up to which it is looked for how good an answer can be. */
    int EXACT_PACKAGES = 60;

    /** Searches for that. */
    int EXACT_SEARCHES = 200;

    /**
     * Looked up.
     *
     * @param motives why each package that changes has another version
     */
    record Counted(Appraisal appraisal, Map<PackageName, Motive> motives) implements Worth {
        public Counted {
            motives = Collections.unmodifiableMap(new TreeMap<>(motives));
        }
    }

    /**
     * The lock gave the answer, and the index that has the other versions did not.
     *
     * @param why it did not
     */
    record Unknown(String why) implements Worth {}

    /**
     * Counts what was found. A lock has one version of each package, so whatever it gives is
     * counted anew, against the index.
     *
     * @param fromLock whether the index may not have been asked
     */
    static Worth of(
            Request request, Resolution resolution, boolean fromLock, SyncPlan plan, Index index)
            throws IndexException {
        var valuation = new Valuation(request, index);
        try {
            Appraisal appraisal = fromLock ? valuation.of(resolution) : resolution.appraisal();
            Map<PackageName, Motive> motives = new TreeMap<>();
            for (Change change : plan.changes()) {
                Optional<Pin> pin = resolution.pin(change.name());
                if (change instanceof Change.Replace(Version from, _) && pin.isPresent()) {
                    motives.put(change.name(), valuation.motive(pin.get(), from));
                }
            }
            return new Counted(searched(request, resolution, appraisal, index), motives);
        } catch (IndexException e) {
            if (fromLock) {
                return new Unknown(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    /** With how good an answer can be, unless there are too many packages to find out. */
    private static Appraisal searched(
            Request request, Resolution resolution, Appraisal appraisal, Index index)
            throws IndexException {
        return appraisal.isProvedBest() || resolution.pins().size() > EXACT_PACKAGES
                ? appraisal
                : new Resolver(index, Progress.SILENT)
                        .optimum(request, appraisal.score(), EXACT_SEARCHES)
                        .map(appraisal::with)
                        .orElse(appraisal);
    }
}
