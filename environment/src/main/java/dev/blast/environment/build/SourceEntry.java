package dev.blast.environment.build;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an archive of sources, whose name has been looked at.
 *
 * @param path relative, below the one folder of the archive
 * @param target what a link leads to; null for what is none
 * @param executable whether its owner may run it
 * @param time null where the archive says none
 */
record SourceEntry(
        Path path,
        Kind kind,
        @Nullable String target,
        boolean executable,
        @Nullable FileTime time) {
    /** What can be laid out. */
    enum Kind {
        FOLDER,
        FILE,
        LINK,
        /** Another name of a file that came before. */
        SAME_FILE
    }
}
