package dev.blast.environment.interpreter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as it is read: typed questions, and an IOException that names the key where the
 * answer is another type.
 */
public record JsonFields(Map<String, @Nullable Object> members) {
    private static final JsonFactory FACTORY = new JsonFactory();

    public static JsonFields parse(String text) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == JsonToken.START_OBJECT
                    && value(parser) instanceof JsonFields json) {
                return json;
            }
            throw new IOException("not a JSON object");
        }
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                var members = new LinkedHashMap<String, @Nullable Object>();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    members.put(name, value(parser));
                }
                yield new JsonFields(Collections.unmodifiableMap(members));
            }
            case START_ARRAY -> {
                var elements = new ArrayList<@Nullable Object>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser));
                }
                yield elements;
            }
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_STRING -> parser.getText();
            default -> throw new IOException("not JSON at " + parser.currentLocation());
        };
    }

    public String text(String name) throws IOException {
        return required(name, String.class);
    }

    @Nullable String textOrNull(String name) throws IOException {
        return members.get(name) == null ? null : text(name);
    }

    int number(String name) throws IOException {
        return Math.toIntExact(required(name, Long.class));
    }

    boolean flag(String name) throws IOException {
        return required(name, Boolean.class);
    }

    JsonFields object(String name) throws IOException {
        return required(name, JsonFields.class);
    }

    List<String> texts(String name) throws IOException {
        var texts = new ArrayList<String>();
        for (Object element : required(name, List.class)) {
            texts.add(String.valueOf(element));
        }
        return texts;
    }

    private <T> T required(String name, Class<T> type) throws IOException {
        Object value = members.get(name);
        if (!type.isInstance(value)) {
            throw new IOException(
                    "'%s' is %s".formatted(name, value == null ? "missing" : "of another kind"));
        }
        return type.cast(value);
    }
}
