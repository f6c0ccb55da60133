package dev.blast.packaging;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The test vectors that were taken from the packaging library, in the folder {@code pypa-packaging}
 * below the one that BLAST_CONFORMANCE names (a relative path counts from the root of the
 * checkout). Counts the cases that were looked at, by file.
 */
final class Vectors {
    private final Path folder;
    private final Map<String, Integer> cases = new TreeMap<>();
    private int total;

    private Vectors(Path folder) {
        this.folder = folder;
    }

    /** The vectors, or nothing where no folder is named. */
    static Optional<Vectors> named() {
        String name = System.getenv("BLAST_CONFORMANCE");
        if (name == null || name.isBlank()) {
            return Optional.empty();
        }
        Path root = Path.of(System.getProperty("blast.root", ""));
        return Optional.of(new Vectors(root.resolve(name).resolve("pypa-packaging")));
    }

    /** The cases of a file that is an array of objects. */
    List<Map<String, Object>> cases(String file) {
        return count(file, objects(json(file)));
    }

    /** The texts of a file that is an array of texts. */
    List<String> texts(String file) {
        return count(file, strings(json(file)));
    }

    /** A file that is an object; what is looked at is counted with {@link #count}. */
    Map<String, Object> object(String file) {
        return map(json(file));
    }

    /** A file that is an array; what is looked at is counted with {@link #count}. */
    @Nullable Object array(String file) {
        return json(file);
    }

    <T> List<T> count(String file, List<T> some) {
        cases.merge(file, some.size(), Integer::sum);
        return some;
    }

    /** One line for each file since the last report, and the total of all reports. */
    String report() {
        var report = new StringBuilder();
        cases.forEach(
                (file, number) -> report.append("conformance %-36s %6d%n".formatted(file, number)));
        total += cases.values().stream().mapToInt(Integer::intValue).sum();
        cases.clear();
        return report.append("conformance %-36s %6d".formatted("total so far", total)).toString();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object json) {
        return (Map<String, Object>) Objects.requireNonNull(json);
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> objects(@Nullable Object json) {
        return (List<Map<String, Object>>) Objects.requireNonNull(json);
    }

    @SuppressWarnings("unchecked")
    static List<String> strings(@Nullable Object json) {
        return (List<String>) Objects.requireNonNull(json);
    }

    private @Nullable Object json(String file) {
        try (JsonParser parser =
                new JsonFactory().createParser(Files.readString(folder.resolve(file)))) {
            parser.nextToken();
            return value(parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                var object = new LinkedHashMap<String, @Nullable Object>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    object.put(name, value(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                var array = new ArrayList<@Nullable Object>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(parser));
                }
                yield array;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IOException("unexpected " + parser.currentToken());
        };
    }
}
