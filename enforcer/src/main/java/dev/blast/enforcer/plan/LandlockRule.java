package dev.blast.enforcer.plan;

import java.nio.file.Path;

/** What Landlock lets a program do at a path inside the sandbox and below it. */
public record LandlockRule(Path path, boolean directory, Reach reach) {

    /** From little to much. */
    public enum Reach {
        /** See the names of what is there. */
        LIST,
        READ,
        /** Read and write what is there, devices among them, and make nothing new. */
        USE,
        WRITE
    }
}
