package dev.blast.environment.sync;

import dev.blast.environment.project.OwnName;
import dev.blast.environment.project.Project;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.Marker;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a project says of itself as a package though nothing installs it. */
final class OwnMetadata {
    private OwnMetadata() {}

    /**
     * By its own files; null where they do not say its version.
     *
     * @param own its name
     */
    static @Nullable Metadata known(Project project, OwnName own) {
        if (own.version() == null) {
            return null;
        }
        var needs = new ArrayList<Requirement>();
        project.extras()
                .forEach((extra, roots) ->
                        roots.forEach(root -> needs.add(in(extra, root.requirement()))));
        return new Metadata(
                own.name(),
                own.version(),
                needs,
                null,
                project.extras().keySet(),
                Set.of(),
                Map.of(),
                List.of());
    }

    private static Requirement in(ExtraName extra, Requirement added) {
        Marker asked = Marker.parse("extra == '%s'".formatted(extra));
        Marker marker = added.marker();
        return new Requirement(
                added.name(),
                added.extras(),
                added.specifier(),
                added.url(),
                marker == null ? asked : marker.and(asked));
    }
}
