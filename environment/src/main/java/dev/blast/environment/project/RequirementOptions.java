package dev.blast.environment.project;

import java.util.List;
import java.util.Optional;

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
 */
public record RequirementOptions(
        Optional<String> indexUrl,
        List<String> extraIndexUrls,
        List<String> findLinks,
        boolean noIndex,
        boolean prereleases,
        Optional<RequiredHashes> hashes,
        boolean usesVariables) {
    /** Nothing is said. */
    public static final RequirementOptions NONE =
            new RequirementOptions(
                    Optional.empty(), List.of(), List.of(), false, false, Optional.empty(), false);

    public RequirementOptions {
        extraIndexUrls = List.copyOf(extraIndexUrls);
        findLinks = List.copyOf(findLinks);
    }
}
