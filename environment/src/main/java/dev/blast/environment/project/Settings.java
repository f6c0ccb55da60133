package dev.blast.environment.project;

import dev.blast.environment.EnvironmentException;
import dev.blast.index.Formats;
import dev.blast.index.settings.FormatWords;
import dev.blast.index.settings.IndexStrategy;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Visible;
import dev.blast.solver.Cutoff;
import dev.blast.solver.PrereleaseWish;
import dev.blast.solver.RootRequirement;
import dev.blast.toml.TomlDocument;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
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
 * @param overrides what counts in place of all requirements on a package
 * @param cutoff from when on files are as good as not there
 * @param indexStrategy which of several indexes a name is taken from, as uv names it
 * @param prereleases when pre-releases may be chosen
 * @param formats of which kinds of files packages may be taken
 * @param followed what another tool's table says and counts here too, a sentence each
 */
public record Settings(
        Optional<String> python,
        Optional<List<String>> policies,
        Optional<List<ExtraName>> groups,
        List<String> indexes,
        Optional<String> main,
        List<BoundIndex> bound,
        List<RootRequirement> overrides,
        Optional<Cutoff> cutoff,
        Optional<String> indexStrategy,
        Optional<PrereleaseWish> prereleases,
        Formats formats,
        List<String> followed) {
    static final Settings NONE =
            new Settings(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Formats.ANY,
                    List.of());

    private static final Set<String> KEYS =
            new TreeSet<>(
                    Set.of(
                            "python",
                            "policies",
                            "groups",
                            "index",
                            "index-strategy",
                            "overrides",
                            "exclude-newer",
                            "environment",
                            "no-build",
                            "no-binary",
                            "prerelease",
                            "compile-bytecode"));

    /** What other programs run from where they find it. */
    private static final Set<String> OTHERS_FOLDERS =
            Set.of(".git", ".hg", ".jj", ".svn", ".husky", ".blast");

    /** Those that are one text. */
    private static final Map<String, String> SINGLE =
            Map.of(
                    "python", "3.12",
                    "index-strategy", "first-index",
                    "prerelease", "if-necessary",
                    "exclude-newer", "30 days",
                    "environment", ".venv-dev");

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
        Optional<List<ExtraName>> said = isOwn ? own.groups : uvGroups(file, tool, all);
        Settings settings = own.copy(it -> it.groups = said);
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

    /**
     * What {@code [tool.blast] policies} says in the text of a {@code pyproject.toml}; empty where
     * it says nothing.
     */
    public static Optional<List<String>> policies(TomlDocument file) throws EnvironmentException {
        return file.values().get("tool") instanceof Map<?, ?> tool
                        && tool.get("blast") instanceof Map<?, ?> blast
                ? texts(file, blast, "policies")
                : Optional.empty();
    }

    /**
     * Where {@code [tool.blast] environment} wants the environment, relative to the project; empty
     * where it says nothing. A project's file names places in its own folder alone.
     */
    static Optional<Path> environment(TomlDocument file) throws EnvironmentException {
        Optional<String> text =
                file.values().get("tool") instanceof Map<?, ?> tool
                                && tool.get("blast") instanceof Map<?, ?> blast
                        ? one(file, blast, "environment")
                        : Optional.empty();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Path place = Path.of(text.get());
        Path normal = place.normalize();
        if (place.isAbsolute()
                || text.get().startsWith("~")
                || normal.startsWith("..")
                || normal.toString().isEmpty()
                || !Collections.disjoint(OTHERS_FOLDERS, names(normal))) {
            throw error(
                    file,
                    "environment is a folder in the project, such as \".venv-dev\"; only you can name another: --environment DIR, or UV_PROJECT_ENVIRONMENT",
                    "tool",
                    "blast",
                    "environment");
        }
        return Optional.of(normal);
    }

    /** {@code [tool.blast] compile-bytecode}. */
    static boolean compiles(TomlDocument file) throws EnvironmentException {
        if (file.values().get("tool") instanceof Map<?, ?> tool
                && tool.get("blast") instanceof Map<?, ?> blast
                && blast.containsKey("compile-bytecode")) {
            if (blast.get("compile-bytecode") instanceof Boolean does) {
                return does;
            }
            throw error(
                    file, "compile-bytecode is true or false", "tool", "blast", "compile-bytecode");
        }
        return false;
    }

    private static Set<String> names(Path path) {
        var names = new TreeSet<String>();
        path.forEach(name -> names.add(name.toString().toLowerCase(Locale.ROOT)));
        return names;
    }

    private Settings copy(Consumer<SettingsParts> change) {
        var parts = new SettingsParts(this);
        change.accept(parts);
        return parts.settings();
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
        environment(file); // asked before all else
        compiles(file);
        return new Settings(
                one(file, blast, "python"),
                texts(file, blast, "policies"),
                groups(file, blast),
                texts(file, blast, "index").orElse(List.of()),
                Optional.empty(),
                List.of(),
                overrides(file, blast),
                cutoff(file, blast),
                indexStrategy(file, blast),
                prereleases(file, blast),
                formats(file, blast),
                List.of());
    }

    Settings with(IndexTables tables, List<BoundIndex> names) {
        return copy(it -> {
            it.indexes = Stream.concat(indexes.stream(), tables.first().stream()).toList();
            it.main = tables.main();
            it.bound = List.copyOf(names);
        });
    }

    /** The same with what is said to uv. */
    Settings with(UvSettings uv) {
        return copy(it -> {
            it.overrides = overrides.isEmpty() ? uv.overrides() : overrides;
            it.cutoff = cutoff.or(uv::cutoff);
            it.prereleases = prereleases.or(uv::prereleases);
            it.formats = formats.over(uv.formats());
            it.followed = uv.followed();
        });
    }

    /** The same, where this is said about kinds of files before all that the project says. */
    Settings with(Formats before) {
        return copy(it -> it.formats = before.over(formats));
    }

    /** The same, where one thing more of another tool's counts. */
    Settings following(String sentence) {
        return copy(it -> {
            it.followed = Stream.concat(followed.stream(), Stream.of(sentence)).toList();
        });
    }

    /** The same with the time that somebody gives by hand. */
    Settings with(Cutoff other) {
        return copy(it -> it.cutoff = Optional.of(other));
    }

    /** The same with what somebody wants by hand. */
    Settings with(PrereleaseWish wish) {
        return copy(it -> it.prereleases = Optional.of(wish));
    }

    private static List<RootRequirement> overrides(TomlDocument file, Map<?, ?> blast)
            throws EnvironmentException {
        List<String> texts = texts(file, blast, "overrides").orElse(List.of());
        var overrides = new ArrayList<RootRequirement>();
        for (int i = 0; i < texts.size(); i++) {
            Object[] place =
                    blast.get("overrides") instanceof List<?>
                            ? new Object[] {"tool", "blast", "overrides", i}
                            : new Object[] {"tool", "blast", "overrides"};
            try {
                overrides.add(
                        RootRequirement.override(
                                versions(texts.get(i)),
                                Project.PYPROJECT + ":" + file.line(place)));
            } catch (IllegalArgumentException e) {
                throw error(file, String.valueOf(e.getMessage()), place);
            }
        }
        return overrides;
    }

    private static Requirement versions(String text) {
        Requirement requirement = Requirement.parse(text);
        if (requirement.url() != null) {
            throw new IllegalArgumentException(
                    "an override says which versions count, NAME>=X, and no address; a dependency may name one");
        }
        return requirement;
    }

    private static Optional<Cutoff> cutoff(TomlDocument file, Map<?, ?> blast)
            throws EnvironmentException {
        Optional<String> text = one(file, blast, "exclude-newer");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        int line = file.line("tool", "blast", "exclude-newer");
        try {
            return Optional.of(
                    Cutoff.of(text.get(), Project.PYPROJECT + ":" + line, Instant.now()));
        } catch (IllegalArgumentException e) {
            throw error(
                    file,
                    "exclude-newer: " + Visible.of(String.valueOf(e.getMessage())),
                    "tool",
                    "blast",
                    "exclude-newer");
        }
    }

    private static Optional<String> indexStrategy(TomlDocument file, Map<?, ?> blast)
            throws EnvironmentException {
        Optional<String> text = one(file, blast, "index-strategy");
        if (text.isPresent()) {
            try {
                IndexStrategy.of(text.get());
            } catch (IllegalArgumentException e) {
                throw error(
                        file,
                        "index-strategy: " + Visible.of(String.valueOf(e.getMessage())),
                        "tool",
                        "blast",
                        "index-strategy");
            }
        }
        return text;
    }

    private static Optional<PrereleaseWish> prereleases(TomlDocument file, Map<?, ?> blast)
            throws EnvironmentException {
        Optional<String> word = one(file, blast, "prerelease");
        if (word.isEmpty()) {
            return Optional.empty();
        }
        try {
            int line = file.line("tool", "blast", "prerelease");
            return Optional.of(PrereleaseWish.of(word.get(), Project.PYPROJECT + ":" + line));
        } catch (IllegalArgumentException e) {
            throw error(
                    file,
                    "prerelease: " + Visible.of(String.valueOf(e.getMessage())),
                    "tool",
                    "blast",
                    "prerelease");
        }
    }

    /** {@code no-build} and {@code no-binary}: true for all packages, or their names. */
    private static Formats formats(TomlDocument file, Map<?, ?> blast) throws EnvironmentException {
        var words = new FormatWords();
        for (String key : List.of("no-build", "no-binary")) {
            Object value = blast.get(key);
            List<String> names =
                    value instanceof Boolean all
                            ? all ? List.of(":all:") : List.of()
                            : texts(file, blast, key).orElse(List.of());
            for (String name : names) {
                try {
                    String by = Project.PYPROJECT + ":" + file.line("tool", "blast", key);
                    if (key.equals("no-build")) {
                        words.onlyBinary(name, by);
                    } else {
                        words.noBinary(name, by);
                    }
                } catch (InvalidSyntaxException e) {
                    throw error(
                            file,
                            "%s is true, or a list of names of packages: %s"
                                    .formatted(key, Visible.of(String.valueOf(e.getMessage()))),
                            "tool",
                            "blast",
                            key);
                }
            }
        }
        return words.formats();
    }

    private static Optional<String> one(TomlDocument file, Map<?, ?> blast, String key)
            throws EnvironmentException {
        return texts(file, blast, key).map(List::getFirst);
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

    /** A text is as good as a list of one; some keys are one text. */
    private static Optional<List<String>> texts(TomlDocument file, Map<?, ?> blast, String key)
            throws EnvironmentException {
        Object value = blast.get(key);
        if (value == null) {
            return Optional.empty();
        }
        List<?> list =
                value instanceof List<?> several && !SINGLE.containsKey(key)
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
                SINGLE.containsKey(key)
                        ? "%s is a text, such as \"%s\"".formatted(key, SINGLE.get(key))
                        : key + " is a list of texts",
                "tool",
                "blast",
                key);
    }

    private static EnvironmentException error(TomlDocument file, String message, Object... place) {
        return new EnvironmentException(file.error(message, place));
    }
}
