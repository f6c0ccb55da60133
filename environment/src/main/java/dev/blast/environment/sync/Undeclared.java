package dev.blast.environment.sync;

import dev.blast.environment.Cause;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.InstalledDistribution;
import dev.blast.environment.install.InstalledDistributions;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An environment in a folder where no file says what is wanted: what is installed is all that
 * anybody knows of it.
 */
final class Undeclared {
    private Undeclared() {}

    /**
     * An environment that has to be laid out anew loses its packages, and here nothing brings them
     * back.
     *
     * @throws EnvironmentException where there are any but pip
     */
    static void requireNothingLost(Sync.Job job, Base.Found base) throws EnvironmentException {
        if (!base.isFresh()) {
            return;
        }
        Path root = job.environment().root();
        List<String> lost = packages(root);
        if (!lost.isEmpty()) {
            throw new EnvironmentException(
                    Message.of(
                            "%s would have to be laid out anew (%s), and no file here says what belongs in it: %s\nwrite these into requirements.txt; then blast start brings them back",
                            root,
                            base.rebuild().orElse("it has no python that works"),
                            String.join(", ", lost)));
        }
    }

    private static List<String> packages(Path root) throws EnvironmentException {
        var packages = new ArrayList<String>();
        Path lib = root.resolve("lib");
        if (!Files.isDirectory(lib)) {
            return packages;
        }
        try (DirectoryStream<Path> pythons = Files.newDirectoryStream(lib)) {
            for (Path python : pythons) {
                Path sitePackages = python.resolve("site-packages");
                if (Files.isDirectory(sitePackages)) {
                    for (InstalledDistribution each : InstalledDistributions.scan(sitePackages)) {
                        if (!each.name().equals(InstalledDistribution.PIP)) {
                            packages.add(each.name() + "==" + each.version());
                        }
                    }
                }
            }
            return packages;
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot read %s: %s".formatted(lib, Cause.of(e, lib)), e);
        }
    }
}
