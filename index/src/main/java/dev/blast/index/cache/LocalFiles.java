package dev.blast.index.cache;

import dev.blast.packaging.IoFailure;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Files of this machine that are no index: configurations, and what is kept. */
public final class LocalFiles {

    private LocalFiles() {}

    /** A further line about a disk that is full; empty for all else. */
    public static Message advice(IOException e) {
        return IoFailure.words(e).equals("No space left on device")
                ? new Message(
                        "\nmake room on that disk, or name a folder on another one with XDG_CACHE_HOME")
                : new Message("");
    }

    /**
     * The lines of a configuration, without a byte order mark.
     *
     * @throws NoSuchFileException where there is none, also where a part of its path is no folder
     */
    public static List<String> lines(Path file) throws IOException {
        Path folder = file.getParent();
        if (folder != null && Files.isRegularFile(folder)) {
            throw new NoSuchFileException(file.toString());
        }
        String text = Files.readString(file);
        return (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList();
    }
}
