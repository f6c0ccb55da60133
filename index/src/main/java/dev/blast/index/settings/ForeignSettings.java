package dev.blast.index.settings;

import dev.blast.index.Formats;
import dev.blast.index.IndexException;
import dev.blast.index.settings.SettingTable.Reading;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.toml.TomlDocument;
import dev.blast.toml.TomlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What people have set for pip and uv beside the indexes: what is followed, and what is not, since
 * nothing that would change an answer is passed over in silence.
 *
 * @param constraints files with constraints, as written
 * @param formats of which kinds of files packages may be taken
 * @param prerelease when pre-releases may be chosen, as uv names it; null where nobody says
 * @param unread the settings that are not followed, by the names that people set
 */
public record ForeignSettings(
        List<String> constraints,
        Formats formats,
        @Nullable SaidWord prerelease,
        List<String> unread) {

    /** The credentials of an index by its name, and what uv's own processes tell each other. */
    private static final Pattern OF_A_NAME =
            Pattern.compile("INDEX_.+_(USERNAME|PASSWORD)|INTERNAL__.*|TEST_.*");

    public ForeignSettings {
        constraints = List.copyOf(constraints);
        unread = List.copyOf(unread);
    }

    /**
     * Reads variables, pip's files and uv's.
     *
     * @param environment whose own {@code pip.conf} counts, null for none
     * @param project the folder whose {@code uv.toml} counts, null for none
     */
    public static ForeignSettings read(
            Map<String, String> variables,
            Path home,
            @Nullable Path environment,
            @Nullable Path project)
            throws IndexException {
        return read(variables, home, Path.of("/"), environment, project);
    }

    static ForeignSettings read(
            Map<String, String> variables,
            Path home,
            Path root,
            @Nullable Path environment,
            @Nullable Path project)
            throws IndexException {
        PipSettings pip = PipSettings.read(variables, home, root, environment);
        var constraints = new ArrayList<>(pip.values("constraint"));
        constraints.addAll(
                Stream.of(variables.getOrDefault("UV_CONSTRAINT", "").split("\\s+"))
                        .filter(file -> !file.isEmpty())
                        .toList());
        var unread = new ArrayList<String>();
        for (String option : pip.options()) {
            if (SettingTable.PIP.of(option, pip.value(option).orElse("")) == Reading.NAMED) {
                String variable = "PIP_" + option.replace('-', '_').toUpperCase(Locale.ROOT);
                unread.add(
                        variables.containsKey(variable)
                                ? variable
                                : "'%s' in pip's configuration".formatted(option));
            }
        }
        unread.addAll(pip.withheld());
        new TreeMap<>(variables)
                .forEach((name, value) -> {
                    if (name.startsWith("UV_") && isUnread(name.substring(3), value)) {
                        unread.add(name);
                    }
                });
        for (Path file : uvFiles(variables, home, root, project)) {
            unread.addAll(keys(file));
        }
        return new ForeignSettings(
                constraints, formats(pip, variables), prerelease(pip, variables), unread);
    }

    /** What pip calls {@code pre} lets all of them in. */
    private static @Nullable SaidWord prerelease(PipSettings pip, Map<String, String> variables) {
        String word = variables.getOrDefault("UV_PRERELEASE", "").strip();
        if (!word.isEmpty()) {
            return new SaidWord(word, "UV_PRERELEASE");
        }
        return SettingTable.isOff(pip.value("pre").orElse(""))
                ? null
                : new SaidWord("allow", pip.origin("pre"));
    }

    /** uv's variables go before pip's. */
    private static Formats formats(PipSettings pip, Map<String, String> variables)
            throws IndexException {
        var ofPip = new FormatWords();
        var ofUv = new FormatWords();
        try {
            for (String value : pip.values("only-binary")) {
                ofPip.onlyBinary(value, pip.origin("only-binary"));
            }
            for (String value : pip.values("no-binary")) {
                ofPip.noBinary(value, pip.origin("no-binary"));
            }
            for (String value : said(variables, "NO_BUILD")) {
                ofUv.onlyBinary(value, "UV_NO_BUILD");
            }
            for (String value : said(variables, "NO_BINARY")) {
                ofUv.noBinary(value, "UV_NO_BINARY");
            }
        } catch (InvalidSyntaxException e) {
            throw new IndexException(
                    IndexException.Kind.CONFIGURATION,
                    "which packages are built is said by names, :all: or :none: (PIP_ONLY_BINARY, PIP_NO_BINARY, UV_NO_BUILD_PACKAGE, UV_NO_BINARY_PACKAGE): "
                            + e.getMessage(),
                    e);
        }
        return ofUv.formats().over(ofPip.formats());
    }

    /** A switch means all, the list beside it names some. */
    private static List<String> said(Map<String, String> variables, String name) {
        if (!SettingTable.isOff(variables.getOrDefault("UV_" + name, ""))) {
            return List.of(":all:");
        }
        return Stream.of(variables.getOrDefault("UV_" + name + "_PACKAGE", "").split("[\\s,]+"))
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private static boolean isUnread(String name, String value) {
        return SettingTable.UV_VARIABLES.of(name, value) == Reading.NAMED
                && !OF_A_NAME.matcher(name).matches();
    }

    private static List<Path> uvFiles(
            Map<String, String> variables, Path home, Path root, @Nullable Path project) {
        var files = new ArrayList<Path>();
        String config = variables.getOrDefault("XDG_CONFIG_HOME", "");
        files.add(root.resolve("etc/uv/uv.toml"));
        files.add(
                (config.startsWith("/") ? Path.of(config) : home.resolve(".config"))
                        .resolve("uv/uv.toml"));
        if (project != null) {
            files.add(project.resolve("uv.toml"));
        }
        return files;
    }

    /** What a file of uv's sets that is not followed, in one phrase; empty for nothing. */
    private static List<String> keys(Path file) {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        Map<String, Object> values;
        try {
            values = TomlDocument.parse("uv.toml", Files.readString(file)).values();
        } catch (IOException | TomlException e) {
            return List.of("%s (cannot be read)".formatted(file));
        }
        String named =
                values.entrySet().stream()
                        .filter(it ->
                                SettingTable.UV_KEYS.of(it.getKey(), String.valueOf(it.getValue()))
                                        == Reading.NAMED)
                        .map(Map.Entry::getKey)
                        .sorted()
                        .collect(Collectors.joining(", "));
        return named.isEmpty() ? List.of() : List.of("%s of %s".formatted(named, file));
    }
}
