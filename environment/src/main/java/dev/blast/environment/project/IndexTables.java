package dev.blast.environment.project;

import dev.blast.environment.EnvironmentException;
import dev.blast.toml.TomlDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The indexes that a document names for other tools: {@code [[tool.uv.index]]} and {@code
 * [[tool.poetry.source]]}.
 *
 * @param byName their addresses, absolute, of all that can be bound to
 * @param first of uv's, those that are asked for every name, in their order
 * @param main uv's default one, which takes the place of the public one
 */
record IndexTables(Map<String, String> byName, List<String> first, Optional<String> main) {
    static final IndexTables NONE = new IndexTables(Map.of(), List.of(), Optional.empty());

    /**
     * Reads them.
     *
     * @param directory of the document, from which paths go
     */
    static IndexTables of(TomlDocument toml, Path directory) throws EnvironmentException {
        if (!(toml.values().get("tool") instanceof Map<?, ?> tool)) {
            return NONE;
        }
        var byName = new LinkedHashMap<String, String>();
        var first = new ArrayList<String>();
        String main = null;
        for (Map<?, ?> index : tables(tool, "uv", "index")) {
            String address = address(toml, directory, index, "uv", "index");
            if (index.get("name") instanceof String name) {
                byName.put(name, address);
            }
            if (Boolean.TRUE.equals(index.get("default"))) {
                main = address;
            } else if (!Boolean.TRUE.equals(index.get("explicit"))) {
                first.add(address);
            }
        }
        for (Map<?, ?> source : tables(tool, "poetry", "source")) {
            if (source.get("name") instanceof String name && source.containsKey("url")) {
                byName.putIfAbsent(name, address(toml, directory, source, "poetry", "source"));
            }
        }
        return new IndexTables(byName, List.copyOf(first), Optional.ofNullable(main));
    }

    /** The same, with what the root of a workspace names where this does not. */
    IndexTables below(IndexTables root) {
        var all = new LinkedHashMap<>(root.byName);
        all.putAll(byName);
        boolean saysNothing = first.isEmpty() && main.isEmpty();
        return new IndexTables(
                all, saysNothing ? root.first : first, saysNothing ? root.main : main);
    }

    private static List<Map<?, ?>> tables(Map<?, ?> tool, String program, String key) {
        var tables = new ArrayList<Map<?, ?>>();
        if (tool.get(program) instanceof Map<?, ?> table
                && table.get(key) instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> map) {
                    tables.add(map);
                }
            }
        }
        return tables;
    }

    private static String address(
            TomlDocument toml, Path directory, Map<?, ?> index, String program, String key)
            throws EnvironmentException {
        String why = fault(index);
        if (why != null || !(index.get("url") instanceof String url)) {
            throw new EnvironmentException(
                    toml.error(
                            "[[tool.%s.%s]] %s".formatted(program, key, why),
                            "tool",
                            program,
                            key));
        }
        return url.contains("://") ? url : directory.resolve(url).normalize().toString();
    }

    private static @Nullable String fault(Map<?, ?> index) {
        if (!(index.get("url") instanceof String url) || url.isBlank() || url.indexOf('\0') >= 0) {
            return "has no url: an index is named by its address";
        }
        return "flat".equals(index.get("format"))
                ? "'%s' is a flat list of files, and only simple repositories are asked; -f in a requirements file names such a list"
                        .formatted(index.get("name"))
                : null;
    }
}
