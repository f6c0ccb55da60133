package dev.blast.environment.install;

import java.io.IOException;
import java.nio.file.Path;

/** What removing a distribution comes to. */
public sealed interface Uninstall {

    /** These files go. */
    record Planned(UninstallPlan plan) implements Uninstall {}

    /**
     * It cannot be removed, for the reason given: without a RECORD nobody knows which files are its
     * own.
     */
    record Refused(InstalledDistribution distribution, String reason) implements Uninstall {}

    /**
     * @param environment the root of the environment that the distribution was found in
     */
    static Uninstall plan(InstalledDistribution distribution, Path environment) throws IOException {
        throw new IllegalStateException("in the making" + distribution + environment);
    }
}
