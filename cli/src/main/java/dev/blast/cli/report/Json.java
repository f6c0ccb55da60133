package dev.blast.cli.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON documents. */
public final class Json {
    private Json() {}

    /**
     * One document, {@code "schema": "blast.<command>/1"} first, indented, with a newline at its
     * end.
     */
    public static String document(String command, JsonObject content) {
        var document = new JsonObject().with("schema", "blast." + command + "/1");
        document.fields().putAll(content.fields());
        return document(document);
    }

    /** One document of somebody else's form, indented, with a newline at its end. */
    public static String document(JsonObject content) {
        var text = new StringWriter();
        var indenter = new DefaultIndenter("  ", "\n");
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(
                    new DefaultPrettyPrinter()
                            .withObjectIndenter(indenter)
                            .withArrayIndenter(indenter));
            json.writeStartObject();
            writeFields(json, content);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter has nothing that could fail
        }
        return text.append('\n').toString();
    }

    private static void writeFields(JsonGenerator json, JsonObject object) throws IOException {
        for (Map.Entry<String, @Nullable Object> field : object.fields().entrySet()) {
            json.writeFieldName(field.getKey());
            write(json, field.getValue());
        }
    }

    private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case JsonObject object -> {
                json.writeStartObject();
                writeFields(json, object);
                json.writeEndObject();
            }
            case Collection<?> list -> {
                json.writeStartArray();
                for (Object element : list) {
                    write(json, element);
                }
                json.writeEndArray();
            }
            case Boolean flag -> json.writeBoolean(flag);
            case Long number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            default -> json.writeString(value.toString());
        }
    }
}
