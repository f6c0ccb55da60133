package dev.blast.cli.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One of the two standard streams, as text in UTF-8. Safe for use by several threads.
 *
 * <p>A reader that went away (EPIPE, as in {@code blast list | head -1}) ends the output quietly;
 * any other failure of a write is remembered and reported once by {@link #failure()}, so that a
 * full disk is not taken for success.
 */
public final class Output {
    private final OutputStream stream;
    private boolean readerGone;
    private @Nullable String failure;

    public Output(OutputStream stream) {
        this.stream = stream;
    }

    /** Writes a text; what is in it cannot steer a terminal ({@link Harmless}). */
    public void write(String text) {
        writeAsIs(Harmless.of(text));
    }

    /** Takes the line away on which the cursor stands. */
    void eraseLine() {
        writeAsIs("\r\u001b[2K");
    }

    private synchronized void writeAsIs(String text) {
        if (readerGone || failure != null) {
            return;
        }
        try {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
            stream.flush();
        } catch (IOException e) {
            String message = String.valueOf(e.getMessage());
            if (message.toLowerCase(Locale.ROOT).contains("broken pipe")) {
                readerGone = true;
            } else {
                failure = message;
            }
        }
    }

    /**
     * What the system said when a write failed; null while all is well or where only the reader
     * went away.
     */
    public synchronized @Nullable String failure() {
        return failure;
    }
}
