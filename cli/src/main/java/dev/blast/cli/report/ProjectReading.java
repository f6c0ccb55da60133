package dev.blast.cli.report;

import java.util.List;

/**
 * What a project's files say and nobody would expect to be taken so.
 *
 * @param notRead what its environment lacks, since Blast does not read it
 * @param followed what is written for another tool and counts here too
 */
public record ProjectReading(List<ProjectLine> notRead, List<ProjectLine> followed) {
    /** Nothing of that kind. */
    public static final ProjectReading PLAIN = new ProjectReading(List.of(), List.of());

    public ProjectReading {
        notRead = List.copyOf(notRead);
        followed = List.copyOf(followed);
    }
}
