package dev.blast.solver.index;

import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.packaging.WheelName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a file name on an index says. */
final class FileNames {
    /** The first is the standard's (PEP 625); the others are what old projects have. */
    private static final List<String> SDIST_ENDINGS =
            List.of(".tar.gz", ".zip", ".tar.bz2", ".tgz", ".tar.xz");

    private FileNames() {}

    static boolean isWheel(String filename) {
        return filename.endsWith(".whl");
    }

    /**
     * The version of a wheel or sdist of this project; null for every other file, readable or not.
     */
    static @Nullable Version version(String filename, PackageName name) {
        if (filename.indexOf('/') >= 0 || filename.indexOf('\\') >= 0) {
            return null;
        }
        return isWheel(filename) ? wheelVersion(filename, name) : sdistVersion(filename, name);
    }

    private static @Nullable Version wheelVersion(String filename, PackageName name) {
        try {
            WheelName wheel = WheelName.parse(filename);
            return wheel.name().equals(name) ? wheel.version() : null;
        } catch (InvalidSyntaxException e) {
            return null;
        }
    }

    /**
     * Old names may have hyphens in the project and in the version ({@code foo-bar-1.0-1.tar.gz}),
     * so the name that is looked for decides where the version begins.
     */
    private static @Nullable Version sdistVersion(String filename, PackageName name) {
        String stem =
                SDIST_ENDINGS.stream()
                        .filter(filename::endsWith)
                        .findFirst()
                        .map(ending -> filename.substring(0, filename.length() - ending.length()))
                        .orElse("");
        for (int hyphen = stem.indexOf('-'); hyphen > 0; hyphen = stem.indexOf('-', hyphen + 1)) {
            if (isSpellingOf(stem.substring(0, hyphen), name)) {
                return Version.tryParse(stem.substring(hyphen + 1)).orElse(null);
            }
        }
        return null;
    }

    private static boolean isSpellingOf(String text, PackageName name) {
        try {
            return new PackageName(text).equals(name);
        } catch (InvalidSyntaxException e) {
            return false;
        }
    }
}
