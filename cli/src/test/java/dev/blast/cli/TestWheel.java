package dev.blast.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A small pure wheel, made in memory: one module of the package's name, and a console script where
 * it has a {@code main}.
 */
public record TestWheel(
        String name,
        String version,
        List<String> requires,
        String module,
        String tag,
        Map<String, String> more,
        String announced,
        String license) {

    public static TestWheel of(String name, String version, String... requires) {
        return new TestWheel(
                name,
                version,
                List.of(requires),
                "version = '" + version + "'\n",
                "py3-none-any",
                Map.of(),
                "",
                "");
    }

    /** The same with other code in its module; a {@code def main} becomes a console script. */
    public TestWheel saying(String module) {
        return new TestWheel(name, version, requires, module, tag, more, announced, license);
    }

    /** The same with one more file. */
    TestWheel holding(String path, String text) {
        Map<String, String> all = new LinkedHashMap<>(more);
        all.put(path, text);
        return new TestWheel(name, version, requires, module, tag, all, announced, license);
    }

    /** The same for machines of one kind. */
    TestWheel tagged(String tag) {
        return new TestWheel(name, version, requires, module, tag, more, announced, license);
    }

    /**
     * The same as an index speaks of it.
     *
     * @param json more members of its file on the page: {@code "yanked": true}
     */
    TestWheel announced(String json) {
        return new TestWheel(name, version, requires, module, tag, more, json, license);
    }

    /** The same under a license, as its metadata say. */
    TestWheel under(String license) {
        return new TestWheel(name, version, requires, module, tag, more, announced, license);
    }

    String fileName() {
        return stem() + "-" + tag + ".whl";
    }

    private String stem() {
        return name.replace('-', '_') + "-" + version;
    }

    String metadata() {
        var text =
                new StringBuilder(
                        "Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + "\n");
        if (!license.isEmpty()) {
            text.append("License: ").append(license).append('\n');
        }
        requires.forEach(
                requirement -> text.append("Requires-Dist: ").append(requirement).append('\n'));
        return text.toString();
    }

    byte[] bytes() {
        String info = stem() + ".dist-info/";
        var files = new LinkedHashMap<String, String>();
        files.put(name.replace('-', '_') + ".py", module);
        files.put(info + "METADATA", metadata());
        files.put(
                info + "WHEEL",
                "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: " + tag + "\n");
        if (module.contains("def main")) {
            files.put(
                    info + "entry_points.txt",
                    "[console_scripts]\n" + name + " = " + name + ":main\n");
        }
        files.putAll(more);
        var record = new StringBuilder();
        files.forEach((path, text) -> {
            byte[] content = text.getBytes(StandardCharsets.UTF_8);
            String hash = Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(content));
            record.append(path)
                    .append(",sha256=")
                    .append(hash)
                    .append(',')
                    .append(content.length)
                    .append('\n');
        });
        files.put(info + "RECORD", record + info + "RECORD,,\n");
        return zip(files);
    }

    String sha256() {
        return HexFormat.of().formatHex(sha256(bytes()));
    }

    private static byte[] zip(Map<String, String> files) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                var entry = new ZipEntry(file.getKey());
                entry.setTime(1_700_000_000_000L); // the same bytes each time
                zip.putNextEntry(entry);
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
