package dev.blast.environment.interpreter;

import dev.blast.packaging.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * pyenv's folder: its versions, and what its shims stand for. A shim is a script that decides by
 * the working folder; here the decision is made as pyenv makes it (PYENV_VERSION, .python-version
 * upwards, the global version) without starting the script.
 */
final class PyenvShims {
    private final Path root;
    private final Map<String, String> variables;
    private final Path workingFolder;

    PyenvShims(Path root, Map<String, String> variables, Path workingFolder) {
        this.root = root;
        this.variables = variables;
        this.workingFolder = workingFolder;
    }

    boolean isShims(Path folder) {
        return folder.equals(root.resolve("shims"));
    }

    /**
     * The folders of the versions, newest first; those that are not named by a version come last.
     */
    List<Path> versions() {
        try (Stream<Path> folders = Files.list(root.resolve("versions"))) {
            Comparator<Path> newest =
                    Comparator.comparing(
                            folder -> Version.tryParse(folder.getFileName().toString()),
                            Comparator.comparing((Optional<Version> v) -> v.isEmpty())
                                    .thenComparing(
                                            version -> version.orElse(Version.parse("0")),
                                            Comparator.reverseOrder()));
            return folders.sorted(newest.thenComparing(Comparator.naturalOrder())).toList();
        } catch (IOException _) {
            return List.of();
        }
    }

    /**
     * The programs that a shim of this name would start here; "system" among the versions adds
     * none.
     */
    List<Path> resolve(String name) {
        var programs = new ArrayList<Path>();
        for (String version : selected()) {
            for (Path folder : versions()) {
                String known = folder.getFileName().toString();
                Path program = folder.resolve("bin").resolve(name);
                if ((known.equals(version) || known.startsWith(version + "."))
                        && Files.isExecutable(program)) {
                    programs.add(program);
                    break;
                }
            }
        }
        return programs;
    }

    private List<String> selected() {
        String variable = variables.getOrDefault("PYENV_VERSION", "");
        if (!variable.isEmpty()) {
            return List.of(variable.split(":"));
        }
        for (Path folder = workingFolder; folder != null; folder = folder.getParent()) {
            List<String> words = words(folder.resolve(".python-version"));
            if (!words.isEmpty()) {
                return words;
            }
        }
        return words(root.resolve("version"));
    }

    private static List<String> words(Path file) {
        try {
            return SmallFile.text(file)
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .flatMap(line -> Stream.of(line.split("\\s+")))
                    .filter(word -> !word.isEmpty())
                    .toList();
        } catch (IOException _) {
            return List.of();
        }
    }
}
