package dev.blast.environment.install;

import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.RecordEntry;
import dev.blast.packaging.RecordFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The RECORD of an installed distribution, with each line's path brought into the environment it
 * belongs to.
 */
final class InstalledRecord {

    /**
     * One file.
     *
     * @param target relative to the environment's root, '/' between parts
     */
    record Line(String target, RecordEntry entry) {}

    /** The lines that stay inside the environment, in the order of the file. */
    final List<Line> lines = new ArrayList<>();

    /** The paths, as they stand there, of those that do not. */
    final List<String> outside = new ArrayList<>();

    /**
     * @throws InvalidSyntaxException if it is not a RECORD
     */
    static InstalledRecord read(InstalledDistribution distribution, Path environment)
            throws IOException {
        var record = new InstalledRecord();
        Path site = distribution.distInfo().resolveSibling("");
        String within = environment.relativize(site) + "/";
        Path file = distribution.distInfo().resolve("RECORD");
        try {
            for (RecordEntry entry : RecordFile.read(OrdinaryFile.text(file)).entries()) {
                target(entry.path(), site, within, environment)
                        .ifPresentOrElse(
                                target -> record.lines.add(new Line(target, entry)),
                                () -> record.outside.add(entry.path()));
            }
        } catch (CharacterCodingException _) {
            throw new InvalidSyntaxException("not UTF-8", file.toString(), 0);
        }
        return record;
    }

    /** By the names alone: a link on the way is for those to notice who touch the file. */
    private static Optional<String> target(
            String path, Path site, String within, Path environment) {
        if (isPlain(path)) {
            return Optional.of(within + path);
        }
        try {
            Path target = site.resolve(path).normalize();
            return target.startsWith(environment) && !target.equals(environment)
                    ? Optional.of(environment.relativize(target).toString())
                    : Optional.empty();
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    /**
     * Whether it is certain, without taking the path apart, that it stays where it begins: nearly
     * all do.
     */
    private static boolean isPlain(String path) {
        return !path.startsWith("/")
                && !path.contains("./")
                && !path.contains("//")
                && !path.endsWith(".")
                && !path.endsWith("/")
                && path.indexOf('\0') < 0;
    }

    private InstalledRecord() {}
}
