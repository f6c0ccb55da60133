package dev.blast.index;

import dev.blast.packaging.Message;
import org.jspecify.annotations.Nullable;

/**
 * An index, the network, the cache or a downloaded file failed. The message says what was tried, on
 * what, and what came back.
 */
public final class IndexException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What kind of failure it was, for those who choose what to do next. */
    public enum Kind {
        /**
         * No connection, no answer in time, an answer cut short, a server error; after the retries.
         */
        NETWORK,
        /** The index asks for credentials or refuses them (401, 403). */
        REFUSED,
        /** A file that the index lists is not there (404, 410). */
        NOT_FOUND,
        /**
         * The answer is not what the standards say: not a page, not a wheel, an unknown major
         * version.
         */
        FORMAT,
        /** The bytes are not those that were promised. */
        HASH,
        /** Not in the cache, and the network must not be used. */
        OFFLINE,
        /** A local file or folder could not be read or written; the disk may be full. */
        DISK,
        /** The configuration cannot be used, or no index is configured. */
        CONFIGURATION,
    }

    private final Kind kind;

    /**
     * See the class.
     *
     * @param line what is foreign in it begins no other
     */
    public IndexException(Kind kind, String line, @Nullable Throwable cause) {
        this(kind, Message.line(line), cause);
    }

    public IndexException(Kind kind, String line) {
        this(kind, Message.line(line), null);
    }

    public IndexException(Kind kind, Message message) {
        this(kind, message, null);
    }

    /** See the class. */
    public IndexException(Kind kind, Message message, @Nullable Throwable cause) {
        super(message.text(), cause);
        this.kind = kind;
    }

    /** What kind of failure it was. */
    public Kind kind() {
        return kind;
    }
}
