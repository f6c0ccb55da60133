package dev.blast.environment.project;

import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Marker;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Redaction;
import dev.blast.packaging.Visible;
import dev.blast.toml.TomlDocument;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a project says that packages come from another place than any index: {@code
 * [tool.uv.sources]}, and what Poetry's tables give a path, a repository, an address or a source.
 * Or from one index alone. Fills its collections while it reads; for one thread.
 */
final class Sources {
    /** As ssh takes it, {@code git@HOST:PATH}. */
    private static final Pattern SHORT = Pattern.compile("([\\w.-]+@[\\w.-]+):(?!//)(.*)");

    private final TomlDocument toml;
    private final Path directory;
    private final String file;
    private final IndexTables indexes;
    private final List<OwnName> own = new ArrayList<>();
    private final List<BoundIndex> bound = new ArrayList<>();

    /** Addresses of wheels, which can be had. */
    private final Map<PackageName, String> wheels = new HashMap<>();

    private final Optional<UvWorkspace> workspace;

    private Sources(
            TomlDocument toml,
            Path directory,
            String file,
            IndexTables indexes,
            Optional<UvWorkspace> workspace) {
        this.workspace = workspace;
        this.toml = toml;
        this.directory = directory;
        this.file = file;
        this.indexes = indexes;
    }

    /**
     * Reads the tables of one document.
     *
     * @param directory of the document, from which its paths go
     * @param file how the document is called in origins
     * @param indexes what names of indexes mean in it
     */
    static Sources of(
            TomlDocument toml,
            Path directory,
            String file,
            IndexTables indexes,
            Optional<UvWorkspace> workspace)
            throws EnvironmentException {
        var sources = new Sources(toml, directory, file, indexes, workspace);
        if (toml.values().get("tool") instanceof Map<?, ?> tool) {
            sources.read(tool, "uv", "sources");
            sources.read(tool, "poetry", "dependencies");
            sources.read(tool, "poetry", "dev-dependencies");
            for (Object group : keys(table(tool, "poetry"), "group")) {
                sources.read(tool, "poetry", "group", group, "dependencies");
            }
        }
        return sources;
    }

    List<OwnName> own() {
        return List.copyOf(own);
    }

    List<BoundIndex> bound() {
        return List.copyOf(bound);
    }

    Map<PackageName, String> wheels() {
        return Map.copyOf(wheels);
    }

    private static Iterable<?> keys(@Nullable Map<?, ?> table, String key) {
        Map<?, ?> below = table == null ? null : table(table, key);
        return below == null ? List.of() : below.keySet();
    }

    private static @Nullable Map<?, ?> table(Map<?, ?> table, Object key) {
        return table.get(key) instanceof Map<?, ?> below ? below : null;
    }

    private void read(Map<?, ?> tool, Object... path) throws EnvironmentException {
        Map<?, ?> table = tool;
        for (Object step : path) {
            table = table == null ? null : table(table, step);
        }
        if (table == null) {
            return;
        }
        for (Map.Entry<?, ?> entry : table.entrySet()) {
            var place = new ArrayList<Object>(List.of("tool"));
            place.addAll(List.of(path));
            place.add(entry.getKey());
            List<?> several =
                    entry.getValue() instanceof List<?> list ? list : List.of(entry.getValue());
            for (Object source : several) {
                if (source instanceof Map<?, ?> map) {
                    add(String.valueOf(entry.getKey()), map, place.toArray());
                }
            }
        }
    }

    private void add(String key, Map<?, ?> source, Object... place) throws EnvironmentException {
        try {
            PackageName name = PackageName.parse(key);
            Marker marker = source.get("marker") instanceof String text ? Marker.parse(text) : null;
            String address = wheel(source);
            if (address != null && marker == null) {
                wheels.put(name, address);
                return;
            }
            String origin = "%s:%d".formatted(file, toml.line(place));
            String what = what(source);
            String index = index(source);
            if (what != null) {
                boolean member = Boolean.TRUE.equals(source.get("workspace"));
                own.add(
                        new OwnName(
                                name,
                                what,
                                origin,
                                member ? member(name) : address(source),
                                member || isEditable(source),
                                marker));
            } else if (index != null) {
                String at = address(index, place);
                bound.add(new BoundIndex(name, at, origin, marker, extra(source)));
            }
        } catch (InvalidSyntaxException e) {
            throw new EnvironmentException(toml.error(String.valueOf(e.getMessage()), place), e);
        }
    }

    private @Nullable String wheel(Map<?, ?> source) {
        if (source.get("url") instanceof String url && url.endsWith(".whl")) {
            return url;
        }
        return source.get("path") instanceof String path && path.endsWith(".whl")
                ? directory.resolve(path).normalize().toUri().toString()
                : null;
    }

    private static @Nullable String what(Map<?, ?> source) {
        if (Boolean.TRUE.equals(source.get("workspace"))) {
            return "a member of the workspace";
        }
        if (source.get("path") instanceof String path) {
            return "the folder " + path;
        }
        if (source.get("git") instanceof String repository) {
            return "the repository " + Redaction.inText(repository);
        }
        if (source.get("url") instanceof String url) {
            return "what is at " + Redaction.inText(url);
        }
        return null;
    }

    private String address(String index, Object... place) throws EnvironmentException {
        String address = indexes.byName().get(index);
        if (address == null) {
            throw new EnvironmentException(
                    toml.error(
                            "no [[tool.uv.index]] or [[tool.poetry.source]] has the name '%s'; there are: %s"
                                    .formatted(
                                            index,
                                            indexes.byName().isEmpty()
                                                    ? "none"
                                                    : String.join(", ", indexes.byName().keySet())),
                            place));
        }
        return address;
    }

    private static @Nullable ExtraName extra(Map<?, ?> source) {
        Object name = source.containsKey("extra") ? source.get("extra") : source.get("group");
        return name instanceof String text ? new ExtraName(text) : null;
    }

    private static @Nullable String index(Map<?, ?> source) {
        Object index = source.containsKey("index") ? source.get("index") : source.get("source");
        return index instanceof String text ? text : null;
    }

    private @Nullable String member(PackageName name) {
        return workspace.stream()
                .flatMap(found -> found.members().entrySet().stream())
                .filter(each -> each.getValue().name().equals(name))
                .map(each -> of(each.getKey()))
                .findFirst()
                .orElse(null);
    }

    /** The address of a folder. */
    static String of(Path folder) {
        return folder.toUri().toString().replaceFirst("/$", "");
    }

    /** uv says {@code editable}, Poetry {@code develop}. */
    private static boolean isEditable(Map<?, ?> source) {
        return Boolean.TRUE.equals(source.get("editable"))
                || Boolean.TRUE.equals(source.get("develop"));
    }

    /**
     * The address that a source stands for.
     *
     * @throws InvalidSyntaxException where it can be none
     */
    private String address(Map<?, ?> source) {
        String part =
                source.get("subdirectory") instanceof String text ? "#subdirectory=" + text : "";
        List<Path> bases = List.of(directory);
        if (source.get("git") instanceof String repository) {
            Object revision =
                    Stream.of("rev", "tag", "branch")
                            .map(source::get)
                            .filter(String.class::isInstance)
                            .findFirst()
                            .orElse(null);
            Matcher brief = SHORT.matcher(repository);
            String url =
                    brief.matches()
                            ? "ssh://%s/%s".formatted(brief.group(1), brief.group(2))
                            : repository.replaceFirst("^git\\+", "");
            return SourceAddress.behindName(
                    "git+" + url + (revision == null ? "" : "@" + revision) + part, bases);
        }
        if (!(source.get("path") instanceof String path)) {
            return SourceAddress.behindName(source.get("url") + part, bases);
        }
        try {
            Path there = directory.resolve(path).normalize();
            return Files.exists(there)
                    ? SourceAddress.behindName(path + part, bases)
                    : of(there); // said when it is wanted
        } catch (InvalidPathException e) {
            throw new InvalidSyntaxException("no file can have this name", Visible.of(path), 0);
        }
    }
}
