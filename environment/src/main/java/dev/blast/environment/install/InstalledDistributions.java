package dev.blast.environment.install;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What is installed in a site-packages folder, by its .dist-info folders (PEP 376, PEP 627). */
public final class InstalledDistributions {

    private InstalledDistributions() {}

    /** All distributions, sorted by name. A folder that is not there holds none. */
    public static List<InstalledDistribution> scan(Path sitePackages) throws IOException {
        throw new IllegalStateException("in the making: " + sitePackages);
    }
}
