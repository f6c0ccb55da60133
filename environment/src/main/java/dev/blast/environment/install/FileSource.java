package dev.blast.environment.install;

import java.nio.file.Path;

/**
 * What an installed file is made from. A file of the store is linked; everything else is written,
 * never linked.
 */
public sealed interface FileSource {

    /** A read-only file of the store, as it was in the wheel. */
    record Stored(Path file) implements FileSource {}

    /**
     * Bytes that exist only in this environment: a script with its interpreter, RECORD, INSTALLER.
     * Not to be changed.
     */
    @SuppressWarnings("ArrayRecordComponent") // written once, compared by hash in InstallEntry
    record Written(byte[] content) implements FileSource {}
}
