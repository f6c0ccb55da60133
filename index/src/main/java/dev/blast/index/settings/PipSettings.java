package dev.blast.index.settings;

import dev.blast.index.IndexException;
import dev.blast.index.IndexException.Kind;
import dev.blast.index.cache.LocalFiles;
import dev.blast.packaging.IoFailure;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What pip's variables and configuration files say, in pip's order: files of the machine, of the
 * user, of the environment, the one named by {@code PIP_CONFIG_FILE}; for each name the section
 * {@code [install]} over {@code [global]}, and a variable over both. The environment's own file may
 * have come with a repository: it says where to look, and nothing about how a connection is
 * protected.
 *
 * <p>Source: pip's documentation, "Configuration", and its {@code configuration.py}.
 */
final class PipSettings {
    private static final List<String> SECTIONS = List.of("global", "install");

    /** How a connection is protected, and so who sees the credentials that go through it. */
    private static final List<String> PROTECTION =
            List.of("cert", "client-cert", "proxy", "trusted-host");

    private final Map<String, String> variables;

    /** By section and name. */
    private final Map<String, String> files;

    private final List<String> withheld;

    private PipSettings(
            Map<String, String> variables, Map<String, String> files, List<String> withheld) {
        this.variables = variables;
        this.files = files;
        this.withheld = withheld;
    }

    /**
     * @param root of the file system, below which {@code etc} lies
     * @param environment null where no environment is meant
     */
    static PipSettings read(
            Map<String, String> variables, Path home, Path root, @Nullable Path environment)
            throws IndexException {
        var files = new HashMap<String, String>();
        var withheld = new ArrayList<String>();
        for (Path file : files(variables, home, root, environment)) {
            try {
                boolean ofFolder = environment != null && file.startsWith(environment);
                if (ofFolder && Files.exists(file) && !Files.isRegularFile(file)) {
                    throw new FileSystemException( // a FIFO would be waited for
                            file.toString(), null, "it is no ordinary file");
                }
                Map<String, String> read = Ini.read(LocalFiles.lines(file));
                if (ofFolder) {
                    for (String option : PROTECTION) {
                        boolean said = false;
                        for (String section : SECTIONS) {
                            said |= read.remove(section + "." + option) != null;
                        }
                        if (said) {
                            withheld.add("'%s' in %s".formatted(option, file));
                        }
                    }
                }
                files.putAll(read);
            } catch (NoSuchFileException e) {
                // most are not there
            } catch (IOException e) {
                throw new IndexException(
                        Kind.CONFIGURATION,
                        "cannot read pip's configuration %s: %s"
                                .formatted(file, IoFailure.words(e)),
                        e);
            }
        }
        return new PipSettings(variables, files, withheld);
    }

    private static List<Path> files(
            Map<String, String> variables, Path home, Path root, @Nullable Path environment) {
        String named = variables.getOrDefault("PIP_CONFIG_FILE", "");
        if (named.equals("/dev/null")) {
            return List.of();
        }
        var files = new ArrayList<Path>();
        for (String folder :
                notEmpty(variables, "XDG_CONFIG_DIRS").orElse("/etc/xdg").split(":", -1)) {
            if (folder.startsWith("/")) { // a relative one is none, says the specification
                files.add(below(root, folder).resolve("pip/pip.conf"));
            }
        }
        files.add(root.resolve("etc/pip.conf"));
        if (named.isEmpty() || !Files.exists(Path.of(named))) {
            files.add(home.resolve(".pip/pip.conf"));
            Path config =
                    notEmpty(variables, "XDG_CONFIG_HOME")
                            .filter(value -> value.startsWith("/"))
                            .map(Path::of)
                            .orElse(home.resolve(".config"));
            files.add(config.resolve("pip/pip.conf"));
        }
        if (environment != null) {
            files.add(environment.resolve("pip.conf"));
        }
        if (!named.isEmpty()) {
            files.add(Path.of(named));
        }
        return files;
    }

    private static Path below(Path root, String absolute) {
        return root.resolve(absolute.replaceFirst("^/+", ""));
    }

    private static Optional<String> notEmpty(Map<String, String> variables, String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    /** The value of an option by its long name, such as {@code index-url}. */
    Optional<String> value(String option) {
        Optional<String> variable =
                notEmpty(variables, "PIP_" + option.replace('-', '_').toUpperCase(Locale.ROOT));
        if (variable.isPresent()) {
            return variable.map(String::strip);
        }
        return SECTIONS.reversed().stream()
                .map(section -> files.get(section + "." + option))
                .filter(value -> value != null && !value.isBlank())
                .findFirst()
                .map(String::strip);
    }

    /** How people name where an option is set. */
    String origin(String option) {
        String variable = "PIP_" + option.replace('-', '_').toUpperCase(Locale.ROOT);
        return notEmpty(variables, variable).isPresent()
                ? variable
                : "'%s' in pip's configuration".formatted(option);
    }

    /** What the environment's own file says of how a connection is protected, in words. */
    List<String> withheld() {
        return withheld;
    }

    /** The long names of all options that are set, however. */
    Set<String> options() {
        var names = new TreeSet<String>();
        variables.keySet().stream()
                .filter(name -> name.startsWith("PIP_"))
                .map(name -> name.substring(4).toLowerCase(Locale.ROOT).replace('_', '-'))
                .forEach(names::add);
        files.keySet().stream()
                .filter(key -> SECTIONS.contains(key.substring(0, key.indexOf('.'))))
                .map(key -> key.substring(key.indexOf('.') + 1))
                .forEach(names::add);
        return names;
    }

    /** The values of an option that may be given several times. */
    List<String> values(String option) {
        return value(option).map(value -> List.of(value.split("\\s+"))).orElse(List.of());
    }

    /** Whether a switch is on. */
    boolean flag(String option) throws IndexException {
        String value = value(option).orElse("false").toLowerCase(Locale.ROOT);
        return switch (value) {
            case "1", "true", "yes", "y", "t", "on" -> true;
            case "0", "false", "no", "n", "f", "off" -> false;
            default ->
                    throw new IndexException(
                            Kind.CONFIGURATION,
                            "pip's option '%s' is '%s', and should be true or false"
                                    .formatted(option, value));
        };
    }
}
