package dev.blast.environment;

import dev.blast.packaging.Version;
import dev.blast.rules.Context;
import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Purpose;
import dev.blast.rules.fact.Session;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import java.nio.file.Path;
import java.util.List;

/** Rules of a person's own, and a session under them. */
public final class TestRules {
    private TestRules() {}

    public static Policy policy(String rules) {
        var file = new PolicyFile(Layer.USER, "test.drl", rules, true);
        return ((Loading.Loaded) Policy.load(List.of(file))).policy();
    }

    /** A run of Python. */
    public static Context context(Path root) {
        return new Context(
                new Session(
                        "ada",
                        false,
                        false,
                        "shop",
                        root,
                        root,
                        root,
                        root,
                        Version.parse("3.14"),
                        "linux",
                        "python",
                        Purpose.RUN),
                List.of());
    }
}
