package dev.blast.enforcer;

import java.nio.file.Path;

/** What Landlock lets a program do at a path inside the sandbox and below it. */
record LandlockRule(Path path, boolean directory, Reach reach) {

    /** From little to much. */
    enum Reach {
        /** See the names of what is there. */
        LIST,
        READ,
        /** Read and write what is there, devices among them, and make nothing new. */
        USE,
        WRITE
    }
}
