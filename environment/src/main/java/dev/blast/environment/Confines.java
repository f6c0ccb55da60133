package dev.blast.environment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The bounds of a change: an environment may have come with a repository, and a symbolic link in it
 * would lead the change elsewhere. Said before anything begins; what is renamed or deleted is
 * walked without following links whatever was seen here.
 */
final class Confines {
    /** What Blast makes in {@code .blast/}. */
    private static final List<String> OURS = List.of("applied", "displaced", "staging");

    private Confines() {}

    /** Refuses an environment that is a link, or whose private folder is or holds one. */
    static void holdsNoLinks(Environment environment) throws EnvironmentException {
        refuseLink(environment.root());
        refuseLink(environment.folder());
        for (String name : OURS) {
            refuseLink(environment.folder().resolve(name));
        }
    }

    private static void refuseLink(Path path) throws EnvironmentException {
        if (Files.isSymbolicLink(path)) {
            throw new EnvironmentException(
                    "%s is a symbolic link, and a change through it would happen elsewhere\nremove the link, or work where it points to"
                            .formatted(path));
        }
    }
}
