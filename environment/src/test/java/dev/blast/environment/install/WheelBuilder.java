package dev.blast.environment.install;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Builds wheels for tests: good ones by default, and through {@link #zip} and {@link #record} any
 * other.
 */
public final class WheelBuilder {
    final String name;
    final String version;
    final ZipBytes zip = new ZipBytes();
    private final StringBuilder record = new StringBuilder();
    private String fileName;
    private String metadata;
    private String wheel =
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n";

    public WheelBuilder(String name, String version) {
        this.name = name;
        this.version = version;
        this.fileName = "%s-%s-py3-none-any.whl".formatted(name, version);
        this.metadata = "Metadata-Version: 2.1\nName: %s\nVersion: %s\n".formatted(name, version);
    }

    public String distInfo() {
        return "%s-%s.dist-info".formatted(name, version);
    }

    WheelBuilder fileName(String fileName) {
        this.fileName = fileName;
        return this;
    }

    public WheelBuilder metadata(String text) {
        metadata = text;
        return this;
    }

    WheelBuilder requires(String requirement) {
        metadata += "Requires-Dist: " + requirement + "\n";
        return this;
    }

    WheelBuilder wheel(String text) {
        wheel = text;
        return this;
    }

    /** A file with its line in RECORD. */
    public WheelBuilder file(String path, String content) {
        return file(path, content.getBytes(StandardCharsets.UTF_8), 0100644);
    }

    WheelBuilder program(String path, String content) {
        return file(path, content.getBytes(StandardCharsets.UTF_8), 0100755);
    }

    private WheelBuilder file(String path, byte[] content, int mode) {
        zip.add(path, content).mode = mode;
        return record("%s,%s,%d".formatted(path, RecordHash.of(content), content.length));
    }

    /** A file in the archive alone. */
    WheelBuilder unlisted(String path, String content) {
        zip.add(path, content);
        return this;
    }

    /** A line in RECORD alone. */
    WheelBuilder record(String line) {
        record.append(line).append('\n');
        return this;
    }

    WheelBuilder entryPoints(String text) {
        return file(distInfo() + "/entry_points.txt", text);
    }

    /** Puts the metadata in; afterwards {@code lie} may spoil what is there. */
    Path write(Path folder, Consumer<WheelBuilder> lie) throws IOException {
        return Files.write(folder.resolve(fileName), bytes(lie));
    }

    private byte[] bytes(Consumer<WheelBuilder> lie) {
        file(distInfo() + "/METADATA", metadata);
        file(distInfo() + "/WHEEL", wheel);
        zip.add(distInfo() + "/RECORD", record + distInfo() + "/RECORD,,\n");
        lie.accept(this);
        return zip.write();
    }

    public byte[] bytes() {
        return bytes(_ -> {});
    }

    Path write(Path folder) throws IOException {
        return write(folder, _ -> {});
    }

    /** A package with one module, one command and one function. */
    static WheelBuilder demo() {
        return new WheelBuilder("demo", "1.0")
                .file("demo/__init__.py", "VALUE = 42\n\ndef main():\n    print('demo', VALUE)\n")
                .file("demo/data/text.txt", "text\n")
                .entryPoints("[console_scripts]\ndemo = demo:main\n");
    }
}
