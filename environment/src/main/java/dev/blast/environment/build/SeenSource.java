package dev.blast.environment.build;

import dev.blast.packaging.Requirement;
import dev.blast.rules.Context;
import dev.blast.rules.fact.Build;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is seen of a source before anything of it runs.
 *
 * @param fact as rules judge it
 * @param context what is true for these rules
 * @param requires what has to be installed before its backend can be asked what else has to be
 * @param kept whether its wheel was built before
 * @param failed the last time that a build of it failed; null where none is known
 */
public record SeenSource(
        Build fact,
        Context context,
        List<Requirement> requires,
        boolean kept,
        @Nullable Failed failed) {
    public SeenSource {
        requires = List.copyOf(requires);
    }

    /**
     * A build that failed.
     *
     * @param log all that it said
     * @param cause what of that tells why, fit to be shown; empty where nothing was said
     */
    public record Failed(Path log, Instant when, String cause) {}
}
