package dev.blast.environment.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What an installed file is made from. A file of the store is linked; everything else is written,
 * never linked.
 */
public sealed interface FileSource {
    /** Its bytes; not to be changed. */
    byte[] read() throws IOException;

    /** A read-only file of the store, as it was in the wheel. */
    record Stored(StoredWheel wheel, StoredFile file) implements FileSource {
        @Override
        public byte[] read() throws IOException {
            return wheel.read(file);
        }
    }

    /** A file that lies in the environment already, with whatever it holds now. */
    record Installed(Path file) implements FileSource {
        @Override
        public byte[] read() throws IOException {
            return Files.readAllBytes(file);
        }
    }

    /** A file that came with others from elsewhere, and has been taken with them. */
    record Taken(Contents contents, String hash) implements FileSource {
        @Override
        public byte[] read() throws IOException {
            return contents.read(hash);
        }
    }

    /**
     * Bytes that exist only in this environment: a script with its interpreter, RECORD, INSTALLER.
     * Not to be changed.
     */
    @SuppressWarnings("ArrayRecordComponent") // written once, compared by hash in InstallEntry
    record Written(byte[] content) implements FileSource {
        @Override
        public byte[] read() {
            return content;
        }
    }
}
