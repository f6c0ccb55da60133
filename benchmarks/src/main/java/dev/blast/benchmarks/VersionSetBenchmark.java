package dev.blast.benchmarks;

import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import dev.blast.packaging.VersionSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What sets of versions cost, on specifiers as metadata have them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class VersionSetBenchmark {
    private static final String WRITTEN = ">=1.21.1,!=1.25.0,!=1.25.1,<1.27";

    private final List<Version> versions = new ArrayList<>();
    private final VersionSet one = SpecifierSet.parse(WRITTEN).versions();
    private final VersionSet other = SpecifierSet.parse(">=1.20,<2,!=1.26.*").versions();

    /** Makes 2,000 versions. */
    @Setup
    public void list() {
        for (int i = 0; i < 2000; i++) {
            versions.add(Version.parse("1.%d.%d".formatted(i / 50, i % 50)));
        }
    }

    /** From text to a set. */
    @Benchmark
    public VersionSet parse() {
        return SpecifierSet.parse(WRITTEN).versions();
    }

    /** What both let through. */
    @Benchmark
    public VersionSet and() {
        return one.and(other);
    }

    /** What one of them lets through. */
    @Benchmark
    public VersionSet or() {
        return one.or(other);
    }

    /** Which of 2,000 versions are in it. */
    @Benchmark
    public int contains() {
        int in = 0;
        for (Version version : versions) {
            in += one.contains(version) ? 1 : 0;
        }
        return in;
    }
}
