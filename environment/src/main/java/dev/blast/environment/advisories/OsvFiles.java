package dev.blast.environment.advisories;

import dev.blast.environment.Cause;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.OrdinaryFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The documents of a folder, of a zip such as OSV's {@code all.zip} of an ecosystem, or a single
 * one. They may be anybody's: how much of them is read is bounded, and the names in a zip are only
 * shown.
 */
final class OsvFiles {
    private static final String ENDING = ".json";
    private static final int DEEPEST = 16;
    private static final int LARGEST_DOCUMENT_BYTES = 8 * 1024 * 1024;

    /** OSV has some twenty thousand for PyPI, most of them about malicious packages. */
    private static final int MOST_DOCUMENTS = 500_000;

    private static final long LARGEST_TOTAL_BYTES = 2L * 1024 * 1024 * 1024;

    private final Path place;
    private final List<OsvDocument> documents = new ArrayList<>();
    private long bytes;

    private OsvFiles(Path place) {
        this.place = place;
    }

    /** All of them, or why that cannot be. */
    static List<OsvDocument> read(Path place) throws EnvironmentException {
        var files = new OsvFiles(place);
        try {
            if (Files.isDirectory(place)) {
                files.folder();
            } else if (isZip(place)) {
                files.zip();
            } else {
                files.add(place.toString(), OrdinaryFile.bytes(place));
            }
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot read %s: %s".formatted(place, Cause.of(e, place)), e);
        }
        if (files.documents.isEmpty()) {
            throw new EnvironmentException(
                    "there is no advisory in %s: none of its files ends in %s"
                            .formatted(place, ENDING));
        }
        return files.documents;
    }

    /** By its first bytes; a FIFO or a device is not opened. */
    private static boolean isZip(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 'P' && in.read() == 'K';
        }
    }

    private void folder() throws IOException, EnvironmentException {
        List<Path> found;
        try (Stream<Path> files =
                Files.find(
                        place,
                        DEEPEST,
                        (path, attributes) ->
                                attributes.isRegularFile() && path.toString().endsWith(ENDING))) {
            found = files.limit(MOST_DOCUMENTS + 1L).sorted().toList();
        }
        for (Path file : found) {
            try (InputStream in = Files.newInputStream(file)) {
                add(file.toString(), in);
            }
        }
    }

    private void zip() throws IOException, EnvironmentException {
        try (ZipFile zip = new ZipFile(place.toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (!entry.isDirectory() && entry.getName().endsWith(ENDING)) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        add("%s in %s".formatted(entry.getName(), place), in);
                    }
                }
            }
        }
    }

    /** Sizes that a zip announces are not believed: bytes are counted as they come. */
    private void add(String name, InputStream in) throws IOException, EnvironmentException {
        byte[] json = in.readNBytes(LARGEST_DOCUMENT_BYTES + 1);
        add(name, json);
    }

    private void add(String name, byte[] json) throws EnvironmentException {
        if (json.length > LARGEST_DOCUMENT_BYTES) {
            throw new EnvironmentException(
                    "%s is too large for an advisory: it has more than %d MiB"
                            .formatted(name, LARGEST_DOCUMENT_BYTES >> 20));
        }
        bytes += json.length;
        if (bytes > LARGEST_TOTAL_BYTES) {
            throw new EnvironmentException(
                    "the advisories in %s have more than %d GiB"
                            .formatted(place, LARGEST_TOTAL_BYTES >> 30));
        }
        if (documents.size() == MOST_DOCUMENTS) {
            throw new EnvironmentException(
                    "there are more than %,d advisories in %s".formatted(MOST_DOCUMENTS, place));
        }
        documents.add(OsvReader.read(name, json));
    }
}
