package dev.blast.cli.editor;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What an editor has open. Immutable; a change makes another.
 *
 * @param file where it lies by the folder it is really in; null where it was never saved
 */
record OpenDocument(String uri, @Nullable Path file, int version, DocumentText text) {
    private static final String TESTS = ".test.toml";

    /** The file that an address means; null where it means none on this machine. */
    static @Nullable Path path(String uri) {
        try {
            URI address = URI.create(uri);
            return "file".equalsIgnoreCase(address.getScheme()) ? Path.of(address) : null;
        } catch (IllegalArgumentException _) {
            return null; // `untitled:Untitled-1`, and whatever is no address
        }
    }

    boolean isOfTests() {
        return uri.endsWith(TESTS);
    }

    OpenDocument with(int newer, DocumentText other) {
        return new OpenDocument(uri, file, newer, other);
    }
}
