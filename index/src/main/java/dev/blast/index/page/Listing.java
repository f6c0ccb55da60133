package dev.blast.index.page;

import dev.blast.index.ProjectStatus;
import dev.blast.index.UnusableFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page as an index wrote it: all its links, also those that are no wheels or sdists.
 *
 * @param passedOver what cannot be followed at all
 * @param remarks what people should hear of the page: sentences after its project's name
 * @param project whose page it says it is, null where it does not say
 */
public record Listing(
        List<Link> links,
        ProjectStatus status,
        List<UnusableFile> passedOver,
        List<String> remarks,
        @Nullable String project) {

    public Listing(List<Link> links, ProjectStatus status) {
        this(links, status, List.of(), List.of(), null);
    }
}
