package dev.blast.solver;

import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.WheelName;
import dev.blast.solver.index.DistributionFile;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Chooses among the files of one version. Pure, for any thread. */
final class Wheels {
    private Wheels() {}

    /** The best wheel for the target, or why there is none. */
    static Fitness choose(List<DistributionFile> files, Target target) {
        DistributionFile best = null;
        int bestRank = Integer.MAX_VALUE;
        boolean anyWheel = false;
        SpecifierSet otherPython = null;
        for (DistributionFile file : files) {
            WheelName wheel = file.wheel();
            if (wheel == null) {
                continue;
            }
            anyWheel = true;
            SpecifierSet requiresPython = file.requiresPython();
            if (requiresPython != null && !requiresPython.contains(target.python())) {
                otherPython = requiresPython;
                continue;
            }
            OptionalInt rank = target.tags().bestRank(wheel.tags());
            if (rank.isPresent()
                    && (rank.getAsInt() < bestRank
                            || rank.getAsInt() == bestRank && isLaterBuild(file, best))) {
                best = file;
                bestRank = rank.getAsInt();
            }
        }
        if (best != null) {
            return new Fitness.Fit(best);
        }
        if (otherPython != null) {
            return new Fitness.Unfit(new Obstacle.OtherPython(otherPython, target.python()));
        }
        return new Fitness.Unfit(
                anyWheel ? new Obstacle.WrongPlatform(target.python()) : new Obstacle.OnlySource());
    }

    /**
     * The order of two wheels of equal rank: by build number, then by name so that the order of the
     * index does not matter.
     */
    private static boolean isLaterBuild(DistributionFile file, @Nullable DistributionFile than) {
        WheelName wheel = Objects.requireNonNull(file.wheel());
        WheelName other = Objects.requireNonNull(Objects.requireNonNull(than).wheel());
        if (Objects.equals(wheel.build(), other.build())) {
            return file.filename().compareTo(than.filename()) < 0;
        }
        return other.build() == null
                || wheel.build() != null && wheel.build().compareTo(other.build()) > 0;
    }
}
