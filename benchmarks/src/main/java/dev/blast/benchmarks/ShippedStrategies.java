package dev.blast.benchmarks;

import dev.blast.packaging.Version;
import dev.blast.rules.Context;
import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Purpose;
import dev.blast.rules.fact.Session;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.verdict.PolicyException;
import dev.blast.solver.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The strategies of {@code policies/strategies.drl}. */
final class ShippedStrategies {
    private final Policy policy;
    private final Context context;

    private ShippedStrategies(Policy policy, Context context) {
        this.policy = policy;
        this.context = context;
    }

    static ShippedStrategies read(Path policies) throws IOException {
        String text = Files.readString(policies.resolve("strategies.drl"));
        var file = new PolicyFile(Layer.SHIPPED, "strategies.drl", text, true);
        return switch (Policy.load(List.of(file))) {
            case Loading.Loaded(Policy policy) -> new ShippedStrategies(policy, context());
            case Loading.Refused(var errors) -> throw new IllegalStateException(errors.toString());
        };
    }

    Strategy strategy(String name) {
        try {
            return Strategy.of(policy.define(name, context).weighed());
        } catch (PolicyException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Context context() {
        var home = Path.of("/home/somebody");
        return new Context(
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
                        "blast",
                        Purpose.RESOLVE),
                List.of());
    }
}
