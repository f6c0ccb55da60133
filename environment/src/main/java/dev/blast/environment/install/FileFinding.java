package dev.blast.environment.install;

/** A file of an environment that is not as a RECORD says; its path is relative to the root. */
public sealed interface FileFinding {

    /** Relative to the environment's root. */
    String path();

    /** A RECORD lists it, and it is not there. */
    record Missing(String path) implements FileFinding {}

    /** A distribution has no RECORD, and nothing of it can be compared. */
    record NoRecord(String path) implements FileFinding {}

    /** It is there, and not as its RECORD says; or it is a RECORD, and not as it has to be. */
    record Changed(String path, Change change) implements FileFinding {}

    /** No RECORD lists it, but it lies in a folder that belongs to one distribution. */
    record Added(String path) implements FileFinding {}

    /** What was expected of a file, and what was found. */
    sealed interface Change {

        /** Its length in bytes is not the listed one. */
        record OtherSize(long bytes, long listed) implements Change {}

        /**
         * Its content is another.
         *
         * @param hash as in RECORD: {@code sha256=…}
         */
        record OtherHash(String hash, String listed) implements Change {}

        /** It is neither a file nor a link to one, and may have no end. */
        record NotOrdinary() implements Change {}

        /** This user may not read it. */
        record NotReadable() implements Change {}

        /** It is a program, and may not be run. */
        record NotExecutable() implements Change {}

        /** It is a RECORD, and cannot be understood. */
        record NotUnderstood(String why) implements Change {}

        /** It is a RECORD, and the METADATA beside it is not in it. */
        record MetadataNotListed() implements Change {}
    }
}
