package dev.blast.environment.saves;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.blast.environment.change.Generation;
import dev.blast.environment.install.RecordHash;
import dev.blast.environment.tree.TreeEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** A {@link Save} as a JSON document, read by {@link SaveReading}. */
final class SaveText {
    static final String SCHEMA = "blast.save/1";
    static final String FILE = "file";
    static final String LINK = "link";
    static final String FOLDER = "folder";

    private static final JsonFactory FACTORY = new JsonFactory();

    private SaveText() {}

    /** The whole document, in UTF-8. */
    static byte[] of(Save save) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            write(save, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no disk in this
        }
        return bytes.toByteArray();
    }

    private static void write(Save save, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("schema", SCHEMA);
        json.writeStringField("name", save.name().text());
        json.writeStringField("saved", save.time().toString());
        json.writeStringField("command", save.command());
        json.writeStringField("environment", save.environment());
        json.writeStringField("root", save.root());
        json.writeObjectFieldStart("python");
        json.writeStringField("implementation", save.python().implementation());
        json.writeStringField("version", save.python().version().toString());
        json.writeBooleanField("freeThreaded", save.python().freeThreaded());
        json.writeStringField("platform", save.python().platform());
        json.writeEndObject();
        json.writeStringField("strategy", save.strategy());
        json.writeStringField("policy", save.policy());
        json.writeArrayFieldStart("packages");
        for (Generation.Installed it : save.packages()) {
            json.writeStartObject();
            json.writeStringField("name", it.name());
            json.writeStringField("version", it.version());
            json.writeStringField("wheel", it.wheel());
            json.writeStringField("sha256", it.sha256());
            json.writeBooleanField("requested", it.requested());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("requirements");
        for (Generation.Asked it : save.requirements()) {
            json.writeStartObject();
            json.writeStringField("requirement", it.requirement());
            json.writeStringField("origin", it.origin());
            json.writeStringField("group", it.group());
            json.writeEndObject();
        }
        json.writeEndArray();
        optional("applied", save.applied(), json);
        optional("lock", save.lock(), json);
        json.writeStringField("treeHash", save.tree().hash());
        json.writeArrayFieldStart("tree");
        for (TreeEntry entry : save.tree().entries()) {
            write(entry, json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void optional(String name, Optional<String> text, JsonGenerator json)
            throws IOException {
        if (text.isPresent()) {
            json.writeStringField(name, text.get());
        }
    }

    private static void write(TreeEntry entry, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("path", entry.path());
        switch (entry) {
            case TreeEntry.Folder(_, int mode) -> {
                json.writeStringField("type", FOLDER);
                json.writeStringField("mode", Integer.toOctalString(mode));
            }
            case TreeEntry.Link(_, long modified, String target) -> {
                json.writeStringField("type", LINK);
                json.writeNumberField("modified", modified);
                json.writeStringField("target", target);
            }
            case TreeEntry.File(_, int mode, long modified, long size, String hash) -> {
                json.writeStringField("type", FILE);
                json.writeStringField("mode", Integer.toOctalString(mode));
                json.writeNumberField("modified", modified);
                json.writeNumberField("size", size);
                json.writeStringField("sha256", RecordHash.hex(hash));
            }
        }
        json.writeEndObject();
    }
}
