package dev.blast.environment.build;

import dev.blast.index.Formats;
import dev.blast.packaging.PackageName;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a person says about builds.
 *
 * @param formats which kinds of files are wanted
 * @param settings given to every hook of every backend ({@code --config-setting KEY=VALUE}); a key
 *     that was given more than once has several values
 * @param direct whether the project itself asks for a package
 */
public record BuildOptions(
        Formats formats, Map<String, List<String>> settings, Predicate<PackageName> direct) {
    public BuildOptions {
        settings = Map.copyOf(settings);
    }

    /** Nothing besides. */
    public static final BuildOptions NONE = new BuildOptions(Formats.ANY, Map.of(), _ -> false);
}
