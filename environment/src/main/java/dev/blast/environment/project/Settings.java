package dev.blast.environment.project;

import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Visible;
import dev.blast.toml.TomlDocument;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a project says to Blast: the table {@code [tool.blast]}, and what it tells uv and Poetry
 * about indexes.
 *
 * @param python which interpreter, such as {@code 3.12} or {@code >=3.11}
 * @param policies files and folders of the project's policies; empty where it does not say, an
 *     empty list where it has none
 * @param groups the dependency groups that are installed unless others are asked for; {@code dev}
 *     where it does not say
 * @param indexes addresses of simple repositories, which go before what is configured elsewhere
 * @param main the index that is asked last, in place of the public one
 * @param bound names that one index is asked for and no other
 */
public record Settings(
        Optional<String> python,
        Optional<List<String>> policies,
        Optional<List<ExtraName>> groups,
        List<String> indexes,
        Optional<String> main,
        List<BoundIndex> bound) {
    static final Settings NONE =
            new Settings(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    List.of());

    private static final Set<String> KEYS =
            new TreeSet<>(Set.of("python", "policies", "groups", "index"));

    /**
     * Reads them.
     *
     * @param all the names of the project's dependency groups
     */
    static Settings of(TomlDocument file, Set<ExtraName> all) throws EnvironmentException {
        if (!(file.values().get("tool") instanceof Map<?, ?> tool)) {
            return NONE;
        }
        for (Object name : tool.keySet()) {
            if (!name.equals("blast") && name.toString().equalsIgnoreCase("blast")) {
                throw error(file, "the table is called [tool.blast]", "tool", name);
            }
        }
        Settings own = tool.containsKey("blast") ? of(file, tool) : NONE;
        boolean isOwn = own.groups.isPresent();
        Settings settings = isOwn ? own : own.with(uvGroups(file, tool, all));
        for (ExtraName group : settings.groups.orElse(List.of())) {
            if (!all.contains(group)) {
                throw error(
                        file,
                        "there is no dependency group '%s'; there are: %s"
                                .formatted(group, all.isEmpty() ? "none" : all),
                        "tool",
                        isOwn ? "blast" : "uv",
                        isOwn ? "groups" : "default-groups");
            }
        }
        return settings;
    }

    /** {@code [tool.uv] default-groups}: which groups a project wants is one wish. */
    private static Optional<List<ExtraName>> uvGroups(
            TomlDocument file, Map<?, ?> tool, Set<ExtraName> all) throws EnvironmentException {
        if (!(tool.get("uv") instanceof Map<?, ?> uv) || !uv.containsKey("default-groups")) {
            return Optional.empty();
        }
        if ("all".equals(uv.get("default-groups"))) {
            return Optional.of(List.copyOf(all));
        }
        if (uv.get("default-groups") instanceof List<?> names
                && names.stream().allMatch(String.class::isInstance)) {
            try {
                return Optional.of(
                        names.stream().map(String.class::cast).map(ExtraName::new).toList());
            } catch (InvalidSyntaxException e) {
                throw error(file, String.valueOf(e.getMessage()), "tool", "uv", "default-groups");
            }
        }
        throw error(
                file,
                "default-groups is \"all\" or a list of texts",
                "tool",
                "uv",
                "default-groups");
    }

    private Settings with(Optional<List<ExtraName>> defaults) {
        return new Settings(python, policies, defaults, indexes, main, bound);
    }

    private static Settings of(TomlDocument file, Map<?, ?> tool) throws EnvironmentException {
        if (!(tool.get("blast") instanceof Map<?, ?> blast)) {
            throw error(file, "[tool.blast] is a table", "tool", "blast");
        }
        for (Object key : blast.keySet()) {
            if (!KEYS.contains((String) key)) {
                throw error(
                        file,
                        "unknown key '%s' of [tool.blast]%s; there are: %s"
                                .formatted(
                                        Visible.of((String) key),
                                        nearest((String) key),
                                        String.join(", ", KEYS)),
                        "tool",
                        "blast",
                        key);
            }
        }
        return new Settings(
                texts(file, blast, "python").map(List::getFirst),
                texts(file, blast, "policies"),
                groups(file, blast),
                texts(file, blast, "index").orElse(List.of()),
                Optional.empty(),
                List.of());
    }

    Settings with(IndexTables tables, List<BoundIndex> names) {
        List<String> first = Stream.concat(indexes.stream(), tables.first().stream()).toList();
        return new Settings(python, policies, groups, first, tables.main(), List.copyOf(names));
    }

    /** A key with the same letters but one or two, in whatever order. */
    private static String nearest(String key) {
        for (String known : KEYS) {
            var rest = new StringBuilder(known);
            int foreign = 0;
            for (char c : key.toLowerCase(Locale.ROOT).toCharArray()) {
                int at = rest.indexOf(String.valueOf(c));
                if (at < 0) {
                    foreign++;
                } else {
                    rest.deleteCharAt(at);
                }
            }
            if (Math.max(foreign, rest.length()) <= 2) {
                return " (did you mean '%s'?)".formatted(known);
            }
        }
        return "";
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
            if (texts.stream().anyMatch(String::isBlank)) {
                throw error(file, key + " holds an empty text", "tool", "blast", key);
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
