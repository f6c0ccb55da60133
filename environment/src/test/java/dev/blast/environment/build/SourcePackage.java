package dev.blast.environment.build;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A source distribution from a few lines: by itself one that a backend in it builds without any
 * requirement.
 */
final class SourcePackage {
    /**
     * Makes a wheel with nothing but the standard library; its name and version stand for
     * NAME_OF_IT and VERSION_OF_IT.
     */
    private static final String BACKEND =
            """
            import base64, hashlib, os, sys, zipfile

            NAME, VERSION = "NAME_OF_IT", "VERSION_OF_IT"
            INFO = NAME + "-" + VERSION + ".dist-info/"

            def metadata():
                return "Metadata-Version: 2.1\\nName: " + NAME + "\\nVersion: " + VERSION + "\\nRequires-Dist: words\\n"

            def wheel(folder, name=None):
                files = {
                    NAME + ".py": "VERSION = '" + VERSION + "'\\n",
                    INFO + "METADATA": metadata(),
                    INFO + "WHEEL": "Wheel-Version: 1.0\\nGenerator: own\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
                }
                record = ""
                name = name or NAME + "-" + VERSION + "-py3-none-any.whl"
                with zipfile.ZipFile(os.path.join(folder, name), "w") as archive:
                    for path, text in files.items():
                        archive.writestr(path, text)
                        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
                        record += "%s,sha256=%s,%d\\n" % (path, digest, len(text.encode()))
                    archive.writestr(INFO + "RECORD", record + INFO + "RECORD,,\\n")
                return name

            """;

    private static final String BUILD =
            """
            def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
                return wheel(wheel_directory)
            """;

    /** One entry of the archive. */
    private record Entry(TarArchiveEntry entry, String content) {}

    private final String name;
    private final String version;
    private final List<Entry> entries = new ArrayList<>();

    SourcePackage(String name, String version) {
        this.name = name;
        this.version = version;
    }

    /** A package that builds. */
    static SourcePackage good(String name, String version) {
        return built(name, version, BUILD);
    }

    /**
     * One with a backend of its own.
     *
     * @param hooks Python that comes after {@code metadata()} and {@code wheel(folder)}
     */
    static SourcePackage built(String name, String version, String hooks) {
        return new SourcePackage(name, version)
                .file(
                        "pyproject.toml",
                        """
                        [build-system]
                        requires = []
                        build-backend = "own_backend"
                        backend-path = ["."]
                        """)
                .file(
                        "own_backend.py",
                        BACKEND.replace("NAME_OF_IT", name).replace("VERSION_OF_IT", version)
                                + hooks);
    }

    /**
     * One that does something before it makes its wheel.
     *
     * @param lines of Python, not indented
     */
    static SourcePackage doing(String name, String lines) {
        return built(
                name,
                "1.0",
                "def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):\n"
                        + lines.indent(4)
                        + "    return wheel(wheel_directory)\n");
    }

    String filename() {
        return name + "-" + version + ".tar.gz";
    }

    /** A file in its folder. */
    SourcePackage file(String path, String text) {
        return raw(name + "-" + version + "/" + path, text);
    }

    /** Another text in one of its files. */
    SourcePackage replacing(String path, String text) {
        String full = name + "-" + version + "/" + path;
        entries.removeIf(one -> one.entry().getName().equals(full));
        return file(path, text);
    }

    /** A file under a name that is taken as it is. */
    SourcePackage raw(String path, String text) {
        var entry = new TarArchiveEntry(path, TarArchiveEntry.LF_NORMAL, true);
        entry.setSize(text.getBytes(StandardCharsets.UTF_8).length);
        return add(entry, text);
    }

    /**
     * Something that is no file.
     *
     * @param kind of {@link TarArchiveEntry}
     * @param target what a link leads to
     */
    SourcePackage special(String path, byte kind, String target) {
        var entry = new TarArchiveEntry(path, kind, true);
        entry.setLinkName(target);
        return add(entry, "");
    }

    /** The same with other permissions on what was added last. */
    SourcePackage mode(int mode) {
        entries.getLast().entry().setMode(mode);
        return this;
    }

    private SourcePackage add(TarArchiveEntry entry, String content) {
        entry.setLastModifiedTime(FileTime.from(Instant.parse("2024-01-01T00:00:00Z")));
        entries.add(new Entry(entry, content));
        return this;
    }

    /** Its files, as a project in a folder. */
    void layInto(Path folder) throws IOException {
        for (Entry one : entries) {
            String path = one.entry().getName();
            Files.writeString(folder.resolve(path.substring(path.indexOf('/') + 1)), one.content());
        }
    }

    byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes), "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Entry one : entries) {
                tar.putArchiveEntry(one.entry());
                tar.write(one.content().getBytes(StandardCharsets.UTF_8));
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
