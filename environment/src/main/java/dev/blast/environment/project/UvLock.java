package dev.blast.environment.project;

import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.Marker;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.packaging.Visible;
import dev.blast.toml.TomlDocument;
import dev.blast.toml.TomlException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The versions that a {@code uv.lock} has of packages from indexes: preferred where the project has
 * no {@code pylock.toml} yet. What is wanted says the project, and the files say the indexes.
 */
final class UvLock {
    static final String NAME = "uv.lock";

    /** One version; it may stand for some environments alone. */
    private record Choice(PackageName name, Version version, List<Marker> where) {
        boolean isFor(MarkerEnvironment markers) {
            return where.isEmpty()
                    || where.stream().anyMatch(marker -> marker.evaluate(markers, Set.of()));
        }
    }

    private final List<Choice> choices;

    private UvLock(List<Choice> choices) {
        this.choices = List.copyOf(choices);
    }

    /**
     * The one in a folder; empty where there is none, or a {@code pylock.toml}.
     *
     * @throws EnvironmentException with file and line, where it cannot be read
     */
    static Optional<UvLock> in(Path folder) throws EnvironmentException {
        Path file = folder.resolve(NAME);
        if (!Project.isThere(file) || Project.isThere(folder.resolve("pylock.toml"))) {
            return Optional.empty();
        }
        if (ProjectFile.leadsOut(file)) {
            throw new EnvironmentException("it is a link out of the project");
        }
        String text = ProjectFile.read(file, NAME).utf8();
        try {
            return Optional.of(of(TomlDocument.parse(NAME, text)));
        } catch (TomlException e) {
            throw new EnvironmentException(Message.of(e), e);
        }
    }

    private static UvLock of(TomlDocument toml) throws EnvironmentException {
        var choices = new ArrayList<Choice>();
        if (toml.values().get("package") instanceof List<?> packages) {
            for (int i = 0; i < packages.size(); i++) {
                if (packages.get(i) instanceof Map<?, ?> locked
                        && locked.get("source") instanceof Map<?, ?> source
                        && source.containsKey("registry")) {
                    choices.add(choice(toml, locked, i));
                }
            }
        }
        return new UvLock(choices);
    }

    private static Choice choice(TomlDocument toml, Map<?, ?> locked, int at)
            throws EnvironmentException {
        try {
            List<Marker> where =
                    locked.get("resolution-markers") instanceof List<?> markers
                            ? markers.stream().map(it -> Marker.parse(text(it))).toList()
                            : List.of();
            return new Choice(
                    new PackageName(text(locked.get("name"))),
                    Version.parse(text(locked.get("version"))),
                    where);
        } catch (IllegalArgumentException e) {
            throw new EnvironmentException(
                    toml.error(Visible.of(String.valueOf(e.getMessage())), "package", at), e);
        }
    }

    private static String text(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("a package has a name, a version and markers as texts");
    }

    /** How many packages it has a version of. */
    int size() {
        return choices.stream().map(Choice::name).collect(Collectors.toSet()).size();
    }

    /** Of two for one environment, the newer. */
    Map<PackageName, Version> versions(MarkerEnvironment markers) {
        var versions = new TreeMap<PackageName, Version>();
        for (Choice choice : choices) {
            if (choice.isFor(markers)) {
                versions.merge(
                        choice.name(),
                        choice.version(),
                        (one, other) -> one.compareTo(other) >= 0 ? one : other);
            }
        }
        return versions;
    }
}
