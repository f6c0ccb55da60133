package dev.blast.cli;

import dev.blast.packaging.Hashes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A source distribution of a test: a module that says its version, with a backend of its own that
 * needs nothing to be installed.
 *
 * @param backend Python that comes before the wheel is made, a line
 */
record TestSource(String name, String version, String needs, String backend) {
    private static final String OWN =
            """
            import base64, hashlib, os, zipfile

            def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
                BEFORE
                info = "NAME-VERSION.dist-info/"
                files = {
                    "NAME.py": "VERSION = 'VERSION'\\n",
                    info + "METADATA": "Metadata-Version: 2.1\\nName: NAME\\nVersion: VERSION\\nNEEDS",
                    info + "WHEEL": "Wheel-Version: 1.0\\nGenerator: own\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
                }
                record = ""
                name = "NAME-VERSION-py3-none-any.whl"
                with zipfile.ZipFile(os.path.join(wheel_directory, name), "w") as archive:
                    for path, text in files.items():
                        archive.writestr(path, text)
                        digest = hashlib.sha256(text.encode()).digest()
                        coded = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
                        record += "%s,sha256=%s,%d\\n" % (path, coded, len(text.encode()))
                    archive.writestr(info + "RECORD", record + info + "RECORD,,\\n")
                return name

            build_editable = build_wheel
            """;

    /** One that builds. */
    static TestSource of(String name, String version) {
        return new TestSource(name, version, "", "pass");
    }

    TestSource needing(String requirement) {
        return new TestSource(name, version, "Requires-Dist: " + requirement + "\\n", backend);
    }

    TestSource doing(String line) {
        return new TestSource(name, version, needs, line);
    }

    String filename() {
        return name + "-" + version + ".zip";
    }

    byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files().entrySet()) {
                add(zip, file.getKey(), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // nothing but memory
        }
        return bytes.toByteArray();
    }

    /** As a folder. */
    void layInto(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, String> file : files().entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }

    private Map<String, String> files() {
        var files = new LinkedHashMap<String, String>();
        files.put(
                "pyproject.toml",
                """
                [build-system]
                requires = []
                build-backend = "own_backend"
                backend-path = ["."]
                """);
        files.put(
                "own_backend.py",
                OWN.replace("BEFORE", backend)
                        .replace("NEEDS", needs)
                        .replace("NAME", name)
                        .replace("'VERSION'", "'" + version + "'")
                        .replace("-VERSION", "-" + version)
                        .replace(": VERSION", ": " + version));
        return files;
    }

    private void add(ZipOutputStream zip, String path, String text) throws IOException {
        var entry = new ZipEntry(name + "-" + version + "/" + path);
        entry.setTime(1_700_000_000_000L);
        zip.putNextEntry(entry);
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    String sha256() {
        return Hashes.hex("sha256", bytes());
    }
}
