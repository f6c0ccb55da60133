package dev.blast.cli.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An object of a JSON document: its keys in the order in which they were added. */
public final class JsonObject {
    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    public JsonObject with(String key, @Nullable String text) {
        return put(key, text);
    }

    public JsonObject with(String key, @Nullable Long number) {
        return put(key, number);
    }

    public JsonObject with(String key, long number) {
        return put(key, number);
    }

    public JsonObject with(String key, boolean flag) {
        return put(key, flag);
    }

    /** Null where nobody knows. */
    public JsonObject with(String key, @Nullable Boolean flag) {
        return put(key, flag);
    }

    public JsonObject with(String key, @Nullable JsonObject object) {
        return put(key, object);
    }

    public JsonObject with(String key, Collection<String> texts) {
        return put(key, List.copyOf(texts));
    }

    public <T> JsonObject with(String key, Collection<T> elements, Function<T, JsonObject> each) {
        var list = new ArrayList<JsonObject>();
        for (T element : elements) {
            list.add(each.apply(element));
        }
        return put(key, list);
    }

    /** A constant as a word: {@code NOTHING_TO_DO} is {@code "nothing to do"}. */
    public JsonObject with(String key, Enum<?> constant) {
        return put(key, constant.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    /** In seconds, to the millisecond; the key should say so. */
    public JsonObject with(String key, Duration duration) {
        return put(key, duration.toMillis() / 1000.0);
    }

    private JsonObject put(String key, @Nullable Object value) {
        fields.put(key, value);
        return this;
    }

    Map<String, @Nullable Object> fields() {
        return fields;
    }
}
