package dev.blast.environment.sync;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.solver.Motive;
import dev.blast.solver.Standing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How what is installed stands among what there is. */
public sealed interface Surveyed {

    /** A sync would come to no answer. */
    record NoAnswer(SyncResult.NotReached why) implements Surveyed {}

    /** Each package by name, without a pip that nobody asks for. */
    record Packages(List<Upgrade> packages) implements Surveyed {
        public Packages {
            packages = List.copyOf(packages);
        }
    }

    /**
     * What a sync that lets everything go would make of a package.
     *
     * @param standing of the version that it would choose; null where the package would go
     * @param motive why that version and not the newest, where nothing keeps the newest out; else
     *     null
     */
    record Upgrade(
            PackageName name,
            Version installed,
            @Nullable Standing standing,
            @Nullable Motive motive) {

        /** Whether there is a newer version, or the package would go. */
        public boolean isOutdated() {
            return standing == null
                    || (standing.newest() != null && standing.newest().compareTo(installed) > 0);
        }
    }
}
