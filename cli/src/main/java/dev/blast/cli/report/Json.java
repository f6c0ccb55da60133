package dev.blast.cli.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON documents from maps, lists, texts, numbers, booleans and null. */
public final class Json {
    private Json() {}

    /**
     * One document, {@code "schema": "blast.<command>/1"} first, indented, with a newline at its
     * end.
     */
    public static String document(String command, Map<String, @Nullable Object> content) {
        var document = object("schema", "blast." + command + "/1");
        document.putAll(content);
        var text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            var indenter = new DefaultIndenter("  ", "\n");
            json.setPrettyPrinter(
                    new DefaultPrettyPrinter()
                            .withObjectIndenter(indenter)
                            .withArrayIndenter(indenter));
            write(json, document);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter has nothing that could fail
        }
        return text.append('\n').toString();
    }

    /** A map in the order given: key, value, key, value. */
    public static Map<String, @Nullable Object> object(@Nullable Object... keysAndValues) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        for (int at = 0; at < keysAndValues.length; at += 2) {
            object.put(String.valueOf(keysAndValues[at]), keysAndValues[at + 1]);
        }
        return object;
    }

    private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Map<?, ?> object -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> entry : object.entrySet()) {
                    json.writeFieldName(String.valueOf(entry.getKey()));
                    write(json, entry.getValue());
                }
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
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case String text -> json.writeString(text);
            default -> throw new IllegalArgumentException("not a JSON value: " + value.getClass());
        }
    }
}
