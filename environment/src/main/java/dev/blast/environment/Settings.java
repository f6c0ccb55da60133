package dev.blast.environment;

import dev.blast.packaging.ExtraName;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Visible;
import dev.blast.solver.TomlDocument;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a project says to Blast: the table {@code [tool.blast]}.
 *
 * @param python which interpreter, such as {@code 3.12} or {@code >=3.11}
 * @param policies files and folders of the project's policies; empty where it does not say, an
 *     empty list where it has none
 * @param groups the dependency groups that are installed unless others are asked for; {@code dev}
 *     where it does not say
 * @param indexes addresses of simple repositories, which go before what is configured elsewhere
 */
public record Settings(
        Optional<String> python,
        Optional<List<String>> policies,
        Optional<List<ExtraName>> groups,
        List<String> indexes) {
    static final Settings NONE =
            new Settings(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    private static final Set<String> KEYS =
            new TreeSet<>(Set.of("python", "policies", "groups", "index"));

    static Settings of(TomlDocument file) throws EnvironmentException {
        if (!(file.values().get("tool") instanceof Map<?, ?> tool) || !tool.containsKey("blast")) {
            return NONE;
        }
        if (!(tool.get("blast") instanceof Map<?, ?> blast)) {
            throw error(file, "[tool.blast] is a table", "tool", "blast");
        }
        for (Object key : blast.keySet()) {
            if (!KEYS.contains((String) key)) {
                throw error(
                        file,
                        "unknown key '%s' of [tool.blast]; there are: %s"
                                .formatted(Visible.of((String) key), String.join(", ", KEYS)),
                        "tool",
                        "blast",
                        key);
            }
        }
        return new Settings(
                texts(file, blast, "python").map(List::getFirst),
                texts(file, blast, "policies"),
                groups(file, blast),
                texts(file, blast, "index").orElse(List.of()));
    }

    private static Optional<List<ExtraName>> groups(TomlDocument file, Map<?, ?> blast)
            throws EnvironmentException {
        try {
            return texts(file, blast, "groups")
                    .map(names -> names.stream().map(ExtraName::new).toList());
        } catch (InvalidSyntaxException e) {
            throw error(file, String.valueOf(e.getMessage()), "tool", "blast", "groups");
        }
    }

    /** A text is as good as a list of one; {@code python} is one text. */
    private static Optional<List<String>> texts(TomlDocument file, Map<?, ?> blast, String key)
            throws EnvironmentException {
        Object value = blast.get(key);
        if (value == null) {
            return Optional.empty();
        }
        List<?> list =
                value instanceof List<?> several && !key.equals("python")
                        ? several
                        : List.of(value);
        if (list.stream().allMatch(String.class::isInstance)) {
            List<String> texts = list.stream().map(String.class::cast).toList();
            if (!texts.stream().allMatch(text -> text.codePoints().allMatch(Visible::isVisible))) {
                throw error(
                        file, key + " holds a character that cannot be seen", "tool", "blast", key);
            }
            return Optional.of(texts);
        }
        throw error(
                file,
                key.equals("python")
                        ? "python is a text, such as \"3.12\""
                        : key + " is a list of texts",
                "tool",
                "blast",
                key);
    }

    private static EnvironmentException error(TomlDocument file, String message, Object... place) {
        return new EnvironmentException(file.error(message, place));
    }
}
