package dev.blast.rules.explain;

import dev.blast.rules.verdict.Ruling;
import dev.blast.rules.verdict.SandboxPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A path that a session may want to read or write, as the machine has it.
 *
 * @param path as it was asked for, absolute
 * @param leadsTo what a rule would have to name for it: the path itself where no link leads on
 * @param enforced what becomes of the question where that much is provided
 * @param ways what rules could name for it; of each list the first that helps is enough
 * @param obstacle why no rule can help; null where one might
 */
public record PathAsked(
        Path path,
        Path leadsTo,
        Function<SandboxPolicy, Ruling> enforced,
        List<List<Naming>> ways,
        @Nullable String obstacle) {

    public PathAsked {
        ways = ways.stream().map(List::copyOf).toList();
    }

    /** As rules see it, without a file system. */
    static PathAsked of(Path path, Function<SandboxPolicy, Ruling> enforced) {
        return new PathAsked(
                path, path, enforced, List.of(List.of(new Naming(path, null, enforced))), null);
    }

    /**
     * A path that a rule could name.
     *
     * @param toMake an empty file that has to be there first; null where none has
     * @param enforced what then becomes of the question
     */
    public record Naming(
            Path path, @Nullable Path toMake, Function<SandboxPolicy, Ruling> enforced) {}
}
