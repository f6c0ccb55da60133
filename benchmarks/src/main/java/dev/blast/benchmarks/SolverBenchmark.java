package dev.blast.benchmarks;

import dev.blast.index.IndexException;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Tag;
import dev.blast.packaging.TagSet;
import dev.blast.packaging.Version;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.Resolution;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Target;
import dev.blast.solver.logic.Cause;
import dev.blast.solver.logic.Deduction;
import dev.blast.solver.logic.Domain;
import dev.blast.solver.logic.Effort;
import dev.blast.solver.logic.Incompatibility;
import dev.blast.solver.logic.Node;
import dev.blast.solver.logic.Term;
import dev.blast.solver.search.Resolver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

/** What propagation costs, and a whole search, on an index in memory and without rules. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SolverBenchmark {
    private static final int PACKAGES = 500;
    private static final int VERSIONS = 60;

    private static final Target LINUX =
            new Target(
                    Version.parse("3.12.1"),
                    MarkerEnvironment.from(Map.of("python_version", "3.12")),
                    new TagSet(List.copyOf(Tag.parse("py3-none-any"))));

    private final MadeIndex chain = MadeIndex.chain();
    private final MadeIndex tree = MadeIndex.tree();
    private final List<Node> nodes = new ArrayList<>();
    private Deduction deduction = new Deduction(new Effort(), (_, _) -> {});

    /**
     * 500 packages in a row: each upper half of one's versions needs the upper half of the next,
     * and ten facts about each say something of other versions.
     */
    @Setup
    public void row() {
        List<Version> versions =
                IntStream.range(0, VERSIONS).mapToObj(it -> Version.parse("1." + it)).toList();
        for (int number = 0; number < PACKAGES; number++) {
            nodes.add(
                    new Node(
                            number,
                            new Domain(new PackageName("p" + number), versions),
                            null,
                            null));
        }
        deduction = new Deduction(new Effort(), (_, _) -> {});
        for (int number = 0; number + 1 < PACKAGES; number++) {
            for (int low = 10; low > 0; low--) {
                deduction.learn(needs(nodes.get(number), low, nodes.get(number + 1)));
            }
            deduction.learn(needs(nodes.get(number), VERSIONS / 2, nodes.get(number + 1)));
        }
    }

    private static Incompatibility needs(Node from, int since, Node to) {
        var requirement = Requirement.parse("%s>=1.%d".formatted(to.name(), since));
        var these = Requirement.parse("%s>=1.%d".formatted(from.name(), since));
        return new Incompatibility(
                List.of(
                        new Term(from, from.domain().accepted(these.specifier().versions())),
                        new Term(
                                to,
                                to.domain().accepted(requirement.specifier().versions()).not())),
                new Cause.Needs(requirement, from, to));
    }

    /** One decision, from which something follows for each of 499 packages, and back again. */
    @Benchmark
    public Object propagation() {
        deduction.solution().decide(nodes.getFirst(), VERSIONS);
        deduction.propagate(List.of(nodes.getFirst()));
        Object last = deduction.solution().states(nodes.getLast());
        deduction.backTo(0);
        return last;
    }

    /** 200 packages that fit together at once. */
    @Benchmark
    public Resolution easy() throws IndexException {
        return resolve(tree, "p0");
    }

    /** Three packages of which hundreds of versions do not fit together. */
    @Benchmark
    public Resolution hard() throws IndexException {
        return resolve(chain, "cloud", "wire<1.25");
    }

    private static Resolution resolve(MadeIndex index, String... requirements)
            throws IndexException {
        List<RootRequirement> roots = new ArrayList<>();
        for (String requirement : requirements) {
            roots.add(RootRequirement.of(Requirement.parse(requirement), "the benchmark"));
        }
        Request request = Request.of(roots, LINUX, Instant.EPOCH);
        if (new Resolver(index, Progress.SILENT).resolve(request)
                instanceof Resolution resolution) {
            return resolution;
        }
        throw new IllegalStateException("no answer to " + List.of(requirements));
    }
}
