package dev.blast.environment.install;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A pyvenv.cfg: keys and values in the order of the file. Read as the interpreter's site module
 * reads it: a line is a key, '=', a value; keys in any case; other lines mean nothing, nor do those
 * with a NUL, which stands in no path.
 */
public record VenvConfiguration(Map<String, String> values) {

    public VenvConfiguration {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    static VenvConfiguration parse(String text) {
        var values = new LinkedHashMap<String, String>();
        for (String line : (Iterable<String>) text.lines()::iterator) {
            int equals = line.indexOf('=');
            if (equals > 0 && line.indexOf('\0') < 0) {
                values.put(
                        line.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        line.substring(equals + 1).strip());
            }
        }
        return new VenvConfiguration(values);
    }

    public Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    String text() {
        var text = new StringBuilder();
        values.forEach((key, value) -> text.append(key).append(" = ").append(value).append('\n'));
        return text.toString();
    }
}
