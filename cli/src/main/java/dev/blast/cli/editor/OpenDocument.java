package dev.blast.cli.editor;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What an editor has open. Immutable; a change makes another.
 *
 * @param file where it lies by the folder it is really in; null where that is not known
 */
record OpenDocument(String uri, @Nullable Path file, int version, DocumentText text) {
    /** The scheme of Visual Studio Code, which others have taken over. */
    private static final String NEVER_SAVED = "untitled:";

    private static final String TESTS = ".test.toml";

    /**
     * The file that an address means; null where it means none on this machine. What was never
     * saved is looked at as if it were to be, where it says or else in the folder of the server.
     */
    static @Nullable Path path(String uri) {
        if (uri.startsWith(NEVER_SAVED)) {
            String name = uri.substring(NEVER_SAVED.length()).replaceAll("[^A-Za-z0-9._/-]", "_");
            String file = name.endsWith(".drl") || name.endsWith(TESTS) ? name : name + ".drl";
            return Path.of("").toAbsolutePath().resolve(file).normalize();
        }
        try {
            URI address = URI.create(uri);
            return "file".equalsIgnoreCase(address.getScheme()) ? Path.of(address) : null;
        } catch (IllegalArgumentException _) {
            return null; // no address
        }
    }

    boolean isOfTests() {
        return uri.endsWith(TESTS);
    }

    OpenDocument with(int newer, DocumentText other) {
        return new OpenDocument(uri, file, newer, other);
    }
}
