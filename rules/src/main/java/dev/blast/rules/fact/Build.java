package dev.blast.rules.fact;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import org.jspecify.annotations.Nullable;

/**
 * A source that is about to be built into a wheel.
 *
 * @param name null where only the build itself can say it, as for a folder without metadata
 * @param version null where only the build itself can say it
 * @param backend the object that builds it: {@code setuptools.build_meta}
 * @param direct true where the project itself asks for the package
 */
public record Build(
        @Nullable PackageName name, @Nullable Version version, String backend, boolean direct)
        implements Judged {}
