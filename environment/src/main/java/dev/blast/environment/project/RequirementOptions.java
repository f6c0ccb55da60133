package dev.blast.environment.project;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What requirements files say beside requirements, for all of them.
 *
 * @param indexUrl the main index instead of the configured one
 * @param extraIndexUrls further ones
 * @param findLinks absolute folders, files and addresses
 * @param noIndex only {@code findLinks} count
 * @param prereleases every version counts, pre-releases too
 * @param hashes the hashes that what is installed must have; empty where none is given
 * @param usesVariables whether variables of the process are part of what is asked for
 * @param settings given to every build backend ({@code --config-settings KEY=VALUE})
 * @param unnamed addresses that are asked for and do not say a name
 */
public record RequirementOptions(
        Optional<String> indexUrl,
        List<String> extraIndexUrls,
        List<String> findLinks,
        boolean noIndex,
        boolean prereleases,
        Optional<RequiredHashes> hashes,
        boolean usesVariables,
        Map<String, List<String>> settings,
        List<UnnamedRequirement> unnamed) {
    /** Nothing is said. */
    public static final RequirementOptions NONE =
            new RequirementOptions(
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    false,
                    false,
                    Optional.empty(),
                    false,
                    Map.of(),
                    List.of());

    public RequirementOptions {
        extraIndexUrls = List.copyOf(extraIndexUrls);
        findLinks = List.copyOf(findLinks);
        settings = Map.copyOf(settings);
        unnamed = List.copyOf(unnamed);
    }

    /** Both, as if one file included the other; what the other says of one thing goes before. */
    RequirementOptions and(RequirementOptions other) {
        var allSettings = new TreeMap<>(settings);
        allSettings.putAll(other.settings);
        return new RequirementOptions(
                other.indexUrl.or(() -> indexUrl),
                both(extraIndexUrls, other.extraIndexUrls),
                both(findLinks, other.findLinks),
                noIndex || other.noIndex,
                prereleases || other.prereleases,
                hashes.isPresent() && other.hashes.isPresent()
                        ? Optional.of(hashes.get().and(other.hashes.get()))
                        : hashes.or(() -> other.hashes),
                usesVariables || other.usesVariables,
                allSettings,
                both(unnamed, other.unnamed));
    }

    /** The same without addresses. */
    RequirementOptions withoutUnnamed() {
        return new RequirementOptions(
                indexUrl,
                extraIndexUrls,
                findLinks,
                noIndex,
                prereleases,
                hashes,
                usesVariables,
                settings,
                List.of());
    }

    /** The same with more settings for build backends. */
    RequirementOptions and(Map<String, List<String>> more) {
        var all = new TreeMap<>(settings);
        all.putAll(more);
        return new RequirementOptions(
                indexUrl,
                extraIndexUrls,
                findLinks,
                noIndex,
                prereleases,
                hashes,
                usesVariables,
                all,
                unnamed);
    }

    private static <T> List<T> both(List<T> one, List<T> other) {
        var all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }
}
