package dev.blast.environment.build;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of a hook (PEP 517, PEP 660).
 *
 * @param name as in the standard
 * @param arguments texts, maps of texts to texts or lists of them; null for None
 */
record HookCall(String name, List<@Nullable Object> arguments) {
    static final String BUILD = "build_wheel";
    static final String EDITABLE = "build_editable";

    /** What else has to be installed for the hook of this name. */
    static HookCall requires(String hook, Map<String, Object> settings) {
        return of("get_requires_for_" + hook, settings(settings));
    }

    /** Of {@link #BUILD} or {@link #EDITABLE}. */
    static HookCall prepare(String hook, Path output, Map<String, Object> settings) {
        return of("prepare_metadata_for_" + hook, output.toString(), settings(settings));
    }

    /** Of {@link #BUILD} or {@link #EDITABLE}. */
    static HookCall build(String hook, Path output, Map<String, Object> settings) {
        return of(hook, output.toString(), settings(settings), null);
    }

    private static HookCall of(String name, @Nullable Object... arguments) {
        return new HookCall(name, java.util.Arrays.asList(arguments));
    }

    private static @Nullable Object settings(Map<String, Object> settings) {
        return settings.isEmpty() ? null : settings;
    }

    /** What the runner is told. */
    String request(Backend backend, Path result) {
        var text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("hook", name);
            json.writeStringField("backend", backend.object());
            json.writeFieldName("path");
            write(json, backend.path().stream().map(Path::toString).toList());
            json.writeFieldName("arguments");
            write(json, arguments);
            json.writeStringField("result", result.toString());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter has nothing that could fail
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Map<?, ?> map -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    json.writeFieldName(String.valueOf(entry.getKey()));
                    write(json, entry.getValue());
                }
                json.writeEndObject();
            }
            case List<?> list -> {
                json.writeStartArray();
                for (Object one : list) {
                    write(json, one);
                }
                json.writeEndArray();
            }
            default -> json.writeString(value.toString());
        }
    }
}
