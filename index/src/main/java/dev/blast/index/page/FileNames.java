package dev.blast.index.page;

import dev.blast.packaging.FileName;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Tag;
import dev.blast.packaging.Version;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells the files of one project from all others by their names. A page has thousands of names made
 * of few parts, so each part is judged once. For one thread.
 */
public final class FileNames {
    /** The first is the standard's (PEP 625); the others are what old projects have. */
    private static final List<String> SDIST_ENDINGS =
            List.of(".tar.gz", ".zip", ".tar.bz2", ".tgz", ".tar.xz");

    private static final String WHEEL_ENDING = ".whl";

    private final PackageName project;
    private final Map<String, Boolean> spellings = new HashMap<>();
    private final Map<String, Optional<Version>> versions = new HashMap<>();
    private final Map<String, Boolean> tags = new HashMap<>();

    public FileNames(PackageName project) {
        this.project = project;
    }

    static boolean isWheel(String filename) {
        return filename.endsWith(WHEEL_ENDING);
    }

    /** Whether a text is the name of some wheel or sdist, by its ending. */
    static boolean isDistribution(String text) {
        return isWheel(text) || SDIST_ENDINGS.stream().anyMatch(text::endsWith);
    }

    /** The compressed tags of the name of a wheel: all from its third-last hyphen on. */
    static String tags(String wheel) {
        int end = wheel.length() - WHEEL_ENDING.length();
        int platform = wheel.lastIndexOf('-', end);
        int abi = wheel.lastIndexOf('-', platform - 1);
        return wheel.substring(wheel.lastIndexOf('-', abi - 1) + 1, end);
    }

    /**
     * The version of a wheel or sdist of the project; null for every other file, readable or not.
     */
    public @Nullable Version version(String filename) {
        if (!FileName.isBare(filename)) {
            return null;
        }
        return isWheel(filename) ? wheelVersion(filename) : sdistVersion(filename);
    }

    /** As {@link dev.blast.packaging.WheelName#parse} has it, which a test holds. */
    private @Nullable Version wheelVersion(String filename) {
        int end = filename.length() - WHEEL_ENDING.length();
        int first = filename.indexOf('-');
        int second = filename.indexOf('-', first + 1);
        String tags = tags(filename);
        int tag = end - tags.length() - 1;
        if (first < 0 || second < 0 || tag < second) {
            return null;
        }
        boolean built = tag == second || isBuild(filename.substring(second + 1, tag));
        return built && isProject(filename.substring(0, first), true) && isTag(tags)
                ? version(filename, first + 1, second)
                : null;
    }

    private static boolean isBuild(String text) {
        return !text.isEmpty()
                && text.charAt(0) >= '0'
                && text.charAt(0) <= '9'
                && text.indexOf('-') < 0;
    }

    /**
     * Old names may have hyphens in the project and in the version ({@code foo-bar-1.0-1.tar.gz}),
     * so the name that is looked for decides where the version begins.
     */
    private @Nullable Version sdistVersion(String filename) {
        for (String ending : SDIST_ENDINGS) {
            if (filename.endsWith(ending)) {
                int end = filename.length() - ending.length();
                for (int hyphen = filename.indexOf('-');
                        hyphen > 0 && hyphen < end;
                        hyphen = filename.indexOf('-', hyphen + 1)) {
                    if (isProject(filename.substring(0, hyphen), false)) {
                        return version(filename, hyphen + 1, end);
                    }
                }
            }
        }
        return null;
    }

    private @Nullable Version version(String filename, int begin, int end) {
        return versions.computeIfAbsent(filename.substring(begin, end), Version::tryParse)
                .orElse(null);
    }

    /** In the name of a wheel separators are single. */
    private boolean isProject(String text, boolean wheel) {
        if (wheel && text.contains("__")) {
            return false;
        }
        return spellings.computeIfAbsent(
                text,
                spelling -> {
                    try {
                        return new PackageName(spelling).equals(project);
                    } catch (InvalidSyntaxException e) {
                        return false;
                    }
                });
    }

    private boolean isTag(String text) {
        return tags.computeIfAbsent(
                text,
                tag -> {
                    try {
                        return !Tag.parse(tag).isEmpty();
                    } catch (InvalidSyntaxException e) {
                        return false;
                    }
                });
    }
}
