package dev.blast.environment.install;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import java.util.List;

/**
 * What to take away so that a distribution is gone, by its RECORD. A value: making it changes
 * nothing on disk. Bytecode and folders that become empty are not listed; whoever removes the files
 * removes them with these.
 *
 * @param name the distribution
 * @param version its version
 * @param files its files, and its .dist-info folder as a whole; relative to the environment's root,
 *     '/' between parts, sorted; some may be gone already
 * @param leftAlone lines of its RECORD that lead out of the environment or to a part of the
 *     environment itself, as they stand there
 */
public record UninstallPlan(
        PackageName name, Version version, List<String> files, List<String> leftAlone) {

    public UninstallPlan {
        files = List.copyOf(files);
        leftAlone = List.copyOf(leftAlone);
    }
}
