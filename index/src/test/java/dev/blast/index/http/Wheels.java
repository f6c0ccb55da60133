package dev.blast.index.http;

import dev.blast.index.DistributionFile;
import dev.blast.packaging.Hashes;
import dev.blast.packaging.WheelName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** Wheels and their metadata for tests. */
final class Wheels {

    private Wheels() {}

    static String metadata(String name, String version) {
        return """
        Metadata-Version: 2.1
        Name: %s
        Version: %s
        Requires-Dist: leaf>=1
        Description-Content-Type: text/plain

        What it is good for.
        """
                .formatted(name, version);
    }

    /** A small wheel. */
    static byte[] wheel(String name, String version) {
        return zip(entries(name, version, 0));
    }

    /**
     * A wheel with so many files of noise before its metadata, that not all of it is at the end.
     */
    static byte[] wheel(String name, String version, int files) {
        return zip(entries(name, version, files));
    }

    private static Map<String, byte[]> entries(String name, String version, int files) {
        var entries = new LinkedHashMap<String, byte[]>();
        byte[] noise = new byte[200];
        var random = new Random(1);
        for (int i = 0; i < files; i++) {
            random.nextBytes(noise);
            entries.put("%s/part_%04d.py".formatted(name, i), noise.clone());
        }
        String info = "%s-%s.dist-info/".formatted(name, version);
        entries.put(info + "METADATA", metadata(name, version).getBytes(StandardCharsets.UTF_8));
        entries.put(info + "WHEEL", "Wheel-Version: 1.0\n".getBytes(StandardCharsets.UTF_8));
        return entries;
    }

    static byte[] zip(Map<String, byte[]> entries) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var entry : entries.entrySet()) {
                var named = new ZipEntry(entry.getKey());
                named.setTimeLocal(LocalDateTime.of(2020, 1, 1, 0, 0)); // the same bytes every time
                zip.putNextEntry(named);
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * What an index says of a wheel; sizes and hashes of the bytes given, none where they are null.
     */
    static DistributionFile listed(
            String filename,
            URI uri,
            byte @Nullable [] bytes,
            DistributionFile.@Nullable MetadataFile metadataFile) {
        WheelName name = WheelName.parse(filename);
        return new DistributionFile(
                filename,
                uri,
                DistributionFile.Kind.WHEEL,
                name.version(),
                name,
                bytes == null ? Map.of() : Map.of("sha256", Hashes.hex("sha256", bytes)),
                bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes.length),
                null,
                null,
                null,
                metadataFile);
    }
}
