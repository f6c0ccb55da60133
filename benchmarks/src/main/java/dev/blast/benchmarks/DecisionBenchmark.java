package dev.blast.benchmarks;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.Context;
import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Distribution;
import dev.blast.rules.fact.Purpose;
import dev.blast.rules.fact.Session;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.verdict.Judgement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a verdict costs, with its reasons: rule, file and line. Fifty distributions are installed.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DecisionBenchmark {

    /** Rules about hosts, by name and by pattern, of which five match one of two connections. */
    @State(Scope.Thread)
    public static class Hosts {
        @Param({"10", "100", "1000", "10000"})
        int rules;

        private Policy policy;
        private final Context context = context();
        private final Connection named = Connection.to("api.shop.example", 443, false);
        private final Connection unnamed = Connection.to("elsewhere.test", 443, false);

        /** Loads the rules. */
        @Setup
        public void load() {
            policy = policy(rules, Hosts::condition);
            int deciding = policy.judge(named, context).deciding().size();
            if (deciding != 5 || !policy.judge(unnamed, context).byDefault()) {
                throw new IllegalStateException(deciding + " rules match, not five");
            }
        }

        private static String condition(int rule) {
            return switch (rule) {
                case 0 -> "Connection( host == \"api.shop.example\", port == 443 )";
                case 1 -> "Connection( host glob \"*.shop.example\" )";
                case 2 -> "Connection( host glob \"**.example\", port < 1000 )";
                case 3 -> "Connection( port == 443, host in ( \"api.shop.example\", \"b\" ) )";
                case 4 -> "Session( ci == false ) Connection( host glob \"api.shop.*\" )";
                default ->
                        rule % 2 == 0
                                ? "Connection( host == \"api.n%d.example\" )".formatted(rule)
                                : "Connection( host glob \"*.n%d.example\" )".formatted(rule);
            };
        }
    }

    /** A rule about each of as many packages, and candidates of them in no order. */
    @State(Scope.Thread)
    public static class Packages {
        @Param({"1000", "10000"})
        int rules;

        private Policy policy;
        private final Context context = context();
        private final List<Candidate> candidates = new ArrayList<>();

        /** Loads the rules. */
        @Setup
        public void load() {
            policy =
                    policy(
                            rules,
                            rule ->
                                    "Candidate( name == \"p%d\", version < \"1.20\" )"
                                            .formatted(rule));
            var random = new Random(42);
            for (int i = 0; i < 5_000; i++) {
                var name = new PackageName("p" + random.nextInt(rules));
                candidates.add(Candidate.of(name, Version.parse("1." + i % 40)));
            }
        }
    }

    private static Context context() {
        List<Distribution> installed = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            var name = new PackageName("installed" + i);
            installed.add(new Distribution(name, Version.parse("1." + i), false, null));
        }
        var home = Path.of("/home/somebody");
        var session =
                new Session(
                        "somebody",
                        false,
                        true,
                        "shop",
                        home.resolve("shop"),
                        home,
                        home.resolve("shop/.venv"),
                        Path.of("/usr"),
                        Version.parse("3.12.1"),
                        "linux",
                        "python",
                        Purpose.RUN);
        return new Context(session, installed);
    }

    private static Policy policy(int rules, IntFunction<String> condition) {
        List<PolicyFile> files = new ArrayList<>();
        var text = new StringBuilder();
        for (int i = 0; i < rules; i++) {
            text.append(
                    "rule \"r%d\" when %s then deny( \"no\" ); end%n"
                            .formatted(i, condition.apply(i)));
            if (text.length() > 200_000 || i == rules - 1) {
                String name = "policies/%d.drl".formatted(files.size());
                files.add(new PolicyFile(Layer.USER, name, text.toString(), true));
                text.setLength(0);
            }
        }
        return switch (Policy.load(files)) {
            case Loading.Loaded(Policy policy) -> policy;
            case Loading.Refused(var problems) ->
                    throw new IllegalStateException(problems.getFirst().toString());
        };
    }

    @Benchmark
    public Judgement fiveMatch(Hosts hosts) {
        return hosts.policy.judge(hosts.named, hosts.context);
    }

    @Benchmark
    public Judgement noneMatches(Hosts hosts) {
        return hosts.policy.judge(hosts.unnamed, hosts.context);
    }

    /** Five thousand candidates. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public void candidates(Packages packages, Blackhole hole) {
        for (Candidate candidate : packages.candidates) {
            hole.consume(packages.policy.judge(candidate, packages.context));
        }
    }
}
