package dev.blast.environment.copy;

import dev.blast.packaging.Visible;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What did not go back to its name when changes of a copy were undone. For one thread. */
final class LaidAside {
    private final Path project;
    private final Map<Path, Path> places = new TreeMap<>();

    LaidAside(Path project) {
        this.project = project;
    }

    /** Both as paths in the project. */
    void add(Path name, Path place) {
        places.put(place, name);
    }

    /** A line each, to stand behind another; nothing where all went back. */
    String text() {
        return places.entrySet().stream()
                .map(it ->
                        "\nwhat was taken from %s, and was touched meanwhile or has no place there, lies in %s"
                                .formatted(shown(it.getValue()), shown(it.getKey())))
                .collect(Collectors.joining());
    }

    private String shown(Path path) {
        return Visible.of(project.resolve(path).toString());
    }
}
