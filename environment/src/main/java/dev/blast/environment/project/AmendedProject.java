package dev.blast.environment.project;

import java.util.List;

/** What comes of writing requirements otherwise. */
public sealed interface AmendedProject {
    /**
     * They can be.
     *
     * @param project as it is then
     * @param files what is to be written
     */
    record Edited(Project project, List<AmendedFile> files) implements AmendedProject {
        public Edited {
            files = List.copyOf(files);
        }
    }

    /** At least one cannot be, by Blast. */
    record NotEditable(List<String> why) implements AmendedProject {
        public NotEditable {
            why = List.copyOf(why);
        }
    }
}
