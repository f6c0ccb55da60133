package dev.blast.solver.search;

import dev.blast.index.DistributionFile;
import dev.blast.index.Formats;
import dev.blast.index.WheelUse;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.WheelName;
import dev.blast.solver.Obstacle;
import dev.blast.solver.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Chooses among the files of one version. Pure, for any thread. */
public final class FileChoice {
    private static final List<String> BY_FORMAT = List.of(".tar.gz", ".zip");

    private FileChoice() {}

    /** The best wheel for the target, else a source to build one of, or why there is neither. */
    public static Fitness among(
            List<DistributionFile> files, Target target, Formats.Format format) {
        SpecifierSet otherPython = null;
        List<DistributionFile> admitted = new ArrayList<>(files.size());
        for (DistributionFile file : files) {
            SpecifierSet requiresPython = file.requiresPython();
            if (requiresPython == null || requiresPython.contains(target.python())) {
                admitted.add(file);
            } else if (file.kind().isSource() ? format.sources() : format.wheels()) {
                otherPython = requiresPython;
            }
        }
        DistributionFile best = format.wheels() ? wheel(admitted, target) : null;
        if (best == null && format.sources()) {
            best = source(admitted);
        }
        if (best != null) {
            return new Fitness.Fit(best);
        }
        return new Fitness.Unfit(
                otherPython != null
                        ? new Obstacle.OtherPython(otherPython, target.python())
                        : obstacle(files, target, format));
    }

    private static Obstacle obstacle(
            List<DistributionFile> files, Target target, Formats.Format format) {
        List<WheelName> wheels =
                files.stream().map(DistributionFile::wheel).filter(Objects::nonNull).toList();
        if (wheels.isEmpty()) {
            return new Obstacle.OnlySource(format.by());
        }
        return format.wheels()
                ? new Obstacle.WrongPlatform(target.python(), wheels, wheels.size() < files.size())
                : new Obstacle.OnlyWheels(format.by());
    }

    private static @Nullable DistributionFile wheel(List<DistributionFile> files, Target target) {
        DistributionFile best = null;
        int bestRank = Integer.MAX_VALUE;
        for (DistributionFile file : files) {
            WheelName wheel = file.wheel();
            OptionalInt rank =
                    wheel == null ? OptionalInt.empty() : target.tags().bestRank(wheel.tags());
            if (rank.isPresent() && isBetter(file, rank.getAsInt(), best, bestRank)) {
                best = file;
                bestRank = rank.getAsInt();
            }
        }
        return best;
    }

    /** By format, then name, so that the order of the index does not matter. */
    private static @Nullable DistributionFile source(List<DistributionFile> files) {
        return files.stream()
                .filter(file -> file.kind().isSource())
                .min(
                        Comparator.comparingInt(FileChoice::format)
                                .thenComparing(DistributionFile::filename))
                .orElse(null);
    }

    private static int format(DistributionFile source) {
        return IntStream.range(0, BY_FORMAT.size())
                .filter(i -> source.filename().endsWith(BY_FORMAT.get(i)))
                .findFirst()
                .orElse(BY_FORMAT.size());
    }

    /** Whether {@link #among} would find a wheel among such. */
    static boolean anySuits(List<WheelUse> wheels, Target target) {
        return wheels.stream()
                .anyMatch(it ->
                        (it.requiresPython() == null
                                        || it.requiresPython().contains(target.python()))
                                && target.tags().bestRank(it.tags()).isPresent());
    }

    /** By rank, then build number, then name, so that the order of the index does not matter. */
    private static boolean isBetter(
            DistributionFile file, int rank, @Nullable DistributionFile best, int bestRank) {
        if (best == null || rank != bestRank) {
            return rank < bestRank;
        }
        WheelName.Build build = Objects.requireNonNull(file.wheel()).build();
        WheelName.Build other = Objects.requireNonNull(best.wheel()).build();
        if (Objects.equals(build, other)) {
            return file.filename().compareTo(best.filename()) < 0;
        }
        return other == null || (build != null && build.compareTo(other) > 0);
    }
}
