package dev.blast.environment.interpreter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where interpreters may be: PATH, pyenv's versions, uv's, the usual folders; in that order, each
 * file once however many names it has. Lists; starts nothing.
 */
final class InterpreterPlaces {
    /** python3 before python (which may be 2), both before python3.12; PyPy after CPython. */
    private static final Pattern NAME =
            Pattern.compile("(?:python|pypy)(?:3(?:\\.(?<minor>\\d+)t?)?)?");

    private static final int VENV_DEPTH_CAP = 8;

    private final Map<String, String> variables;
    private final Path home;
    private final PyenvShims pyenv;

    InterpreterPlaces(Map<String, String> variables, Path home, Path workingFolder) {
        this.variables = variables;
        this.home = home;
        Path root = folder("PYENV_ROOT").orElse(home.resolve(".pyenv"));
        this.pyenv = new PyenvShims(root, variables, workingFolder);
    }

    /**
     * The executables in the order of preference; each is absolute and outside of any virtual
     * environment. Lazy: a folder is listed when those before it have been used up.
     */
    Stream<Path> executables() {
        var seen = new HashSet<Path>();
        return standing().map(InterpreterPlaces::outOfVenv).filter(path -> seen.add(file(path)));
    }

    /** Whether this file, a path without links, is one of them by itself, not by a venv's word. */
    boolean usual(Path file) {
        return standing().filter(path -> !isInVenv(path)).anyMatch(path -> file(path).equals(file));
    }

    private Stream<Path> standing() {
        Stream<Path> versions =
                Stream.concat(pyenv.versions().stream(), uv())
                        .map(version -> version.resolve("bin"));
        Stream<Path> usual =
                Stream.of(
                        home.resolve(".local/bin"),
                        Path.of("/usr/local/bin"),
                        Path.of("/usr/bin"),
                        Path.of("/bin"));
        return Stream.of(onPath(), versions, usual)
                .flatMap(folders -> folders)
                .flatMap(this::executables);
    }

    private Stream<Path> executables(Path folder) {
        return pyenv.isShims(folder)
                ? named(folder).stream()
                        .flatMap(shim -> pyenv.resolve(shim.getFileName().toString()).stream())
                : named(folder).stream();
    }

    private static Path file(Path executable) {
        try {
            return executable.toRealPath();
        } catch (IOException _) {
            return executable; // a dangling link: starting it will say so
        }
    }

    static boolean isNamed(Path file) {
        return NAME.matcher(String.valueOf(file.getFileName())).matches();
    }

    private static boolean isInVenv(Path executable) {
        return Files.exists(executable.resolveSibling("../pyvenv.cfg"));
    }

    /** From the python of a virtual environment to the one it was made from, by its pyvenv.cfg. */
    static Path outOfVenv(Path executable) {
        Path at = executable;
        for (int depth = 0; depth < VENV_DEPTH_CAP; depth++) {
            Path bin = at.getParent();
            Path configuration = bin == null ? null : bin.resolveSibling("pyvenv.cfg");
            if (configuration == null || !Files.isRegularFile(configuration)) {
                return at;
            }
            Optional<Path> base =
                    home(configuration)
                            .flatMap(home -> inFolder(home, executable.getFileName().toString()));
            if (base.isEmpty()) {
                return at;
            }
            at = base.get();
        }
        return at;
    }

    private static Optional<Path> home(Path configuration) {
        try {
            return SmallFile.text(configuration)
                    .lines()
                    .filter(line -> line.matches("(?i)\\s*home\\s*=.*"))
                    .map(line -> Path.of(line.substring(line.indexOf('=') + 1).strip()))
                    .findFirst();
        } catch (IOException | InvalidPathException _) {
            return Optional.empty();
        }
    }

    /** The interpreter in a folder: the one of this name, else the first of the usual names. */
    static Optional<Path> inFolder(Path folder, String name) {
        Path same = folder.resolve(name);
        return Files.isExecutable(same) ? Optional.of(same) : named(folder).stream().findFirst();
    }

    static List<Path> named(Path folder) {
        Comparator<Path> order =
                Comparator.comparing(
                                (Path path) -> path.getFileName().toString().startsWith("pypy"))
                        .thenComparing(InterpreterPlaces::minor, Comparator.reverseOrder())
                        .thenComparing(
                                path -> path.getFileName().toString(), Comparator.reverseOrder());
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> NAME.matcher(file.getFileName().toString()).matches())
                    .filter(file -> Files.isExecutable(file) && !Files.isDirectory(file))
                    .sorted(order)
                    .toList();
        } catch (IOException _) {
            return List.of();
        }
    }

    /** A name without a minor version is the folder's own choice and comes first. */
    private static int minor(Path path) {
        Matcher matcher = NAME.matcher(path.getFileName().toString());
        String minor = matcher.matches() ? matcher.group("minor") : null;
        return minor == null ? Integer.MAX_VALUE : Integer.parseInt(minor);
    }

    private Stream<Path> onPath() {
        return Stream.of(variables.getOrDefault("PATH", "").split(":"))
                .filter(part -> part.startsWith("/"))
                .map(Path::of);
    }

    private Stream<Path> uv() {
        Path installed =
                folder("UV_PYTHON_INSTALL_DIR")
                        .orElse(
                                folder("XDG_DATA_HOME")
                                        .orElse(home.resolve(".local/share"))
                                        .resolve("uv/python"));
        try (Stream<Path> versions = Files.list(installed)) {
            return versions.sorted(Comparator.reverseOrder()).toList().stream();
        } catch (IOException _) {
            return Stream.empty();
        }
    }

    private Optional<Path> folder(String variable) {
        return Optional.ofNullable(variables.get(variable))
                .filter(value -> value.startsWith("/"))
                .map(Path::of);
    }
}
