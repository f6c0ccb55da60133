package dev.blast.environment.install;

import dev.blast.packaging.InvalidSyntaxException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

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
     * Reads the distribution's RECORD.
     *
     * @param environment the root of the environment that the distribution was found in, written
     *     the same way
     */
    static Uninstall plan(InstalledDistribution distribution, Path environment) throws IOException {
        if (!distribution.hasRecord()) {
            return new Refused(
                    distribution,
                    "%s %s has no RECORD, so which files are its own is not known; it was installed by %s, which may be able to remove it"
                            .formatted(
                                    distribution.name(),
                                    distribution.version(),
                                    distribution
                                            .installer()
                                            .orElse("something that left no name")));
        }
        InstalledRecord record;
        try {
            record = InstalledRecord.read(distribution, environment);
        } catch (InvalidSyntaxException e) {
            return new Refused(
                    distribution,
                    "the RECORD of %s cannot be read: %s"
                            .formatted(distribution.name(), e.getMessage()));
        }
        String distInfo = environment.relativize(distribution.distInfo()).toString();
        String site = distInfo.substring(0, Math.max(0, distInfo.lastIndexOf('/')));
        var files = new TreeSet<String>();
        files.add(distInfo);
        var leftAlone = new ArrayList<String>(record.outside);
        for (InstalledRecord.Line line : record.lines) {
            if (Frame.isPart(line.target(), site)) {
                leftAlone.add(line.entry().path());
            } else if (!line.target().startsWith(distInfo + "/")) {
                files.add(line.target());
            }
        }
        return new Planned(
                new UninstallPlan(
                        distribution.name(),
                        distribution.version(),
                        List.copyOf(files),
                        leftAlone));
    }
}
