package dev.blast.environment.build;

import dev.blast.index.Formats;
import dev.blast.packaging.PackageName;
import dev.blast.rules.fact.SandboxLayer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a person says about builds.
 *
 * @param accepted layers of the sandbox that this person can do without
 * @param formats which kinds of files are wanted
 * @param settings given to every hook of every backend ({@code --config-setting KEY=VALUE}); a key
 *     that was given more than once has several values
 * @param direct whether the project itself asks for a package
 */
public record BuildOptions(
        Set<SandboxLayer> accepted,
        Formats formats,
        Map<String, List<String>> settings,
        Predicate<PackageName> direct) {
    public BuildOptions {
        accepted = Set.copyOf(accepted);
        settings = Map.copyOf(settings);
    }

    /** Nothing besides. */
    public static final BuildOptions NONE =
            new BuildOptions(Set.of(), Formats.ANY, Map.of(), _ -> false);
}
