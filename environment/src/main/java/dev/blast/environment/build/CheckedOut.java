package dev.blast.environment.build;

import dev.blast.environment.EnvironmentException;
import java.io.IOException;
import java.nio.file.Path;

/** A commit of a repository that was brought. */
public interface CheckedOut {
    /** Its full id. */
    String commit();

    /** Its files, without links above them. */
    Path tree();

    /** What git keeps of the repository, for all copies. */
    Path objects();

    /**
     * Makes a copy of the files a repository in which this commit is checked out, with all that
     * came before it and all tags. It shares the {@link #objects}.
     *
     * @throws EnvironmentException where they cannot be brought
     */
    void makeRepository(Path copy) throws EnvironmentException, IOException;
}
