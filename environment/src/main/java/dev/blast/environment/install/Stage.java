package dev.blast.environment.install;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;

/** Lays out what plans say, in a folder of its own that has the environment's shape. */
public final class Stage {
    private Stage() {}

    /**
     * Makes every folder and file of the plans below {@code folder}, which exists and lies on the
     * environment's filesystem: files of the store as hard links (as copies, where links are
     * impossible), the rest written. A path that two plans share is made once; {@link Collisions}
     * tells beforehand where their contents differ.
     */
    public static void lay(Collection<InstallPlan> plans, Path folder) throws IOException {
        throw new IllegalStateException("in the making: " + plans + folder);
    }
}
