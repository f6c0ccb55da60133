package dev.blast.environment.install;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The modules that come with an interpreter as files, by the first part of their names. What is
 * built into it cannot be shadowed and is not among them. Reads the folder when it is first asked;
 * for one thread.
 */
final class StandardLibrary {
    private static final List<String> EXTENSIONS = List.of("", "lib-dynload");
    private static final Set<String> NO_PACKAGES =
            Set.of("__pycache__", "lib-dynload", "site-packages", "dist-packages");

    private final Path folder;
    private @Nullable Set<String> modules;

    /**
     * @param folder what sysconfig calls stdlib; need not exist
     */
    StandardLibrary(Path folder) {
        this.folder = folder;
    }

    boolean has(String module) throws IOException {
        if (modules == null) {
            modules = list();
        }
        return modules.contains(module);
    }

    private Set<String> list() throws IOException {
        var names = new HashSet<String>();
        for (String part : EXTENSIONS) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve(part))) {
                for (Path file : files) {
                    String name = String.valueOf(file.getFileName());
                    if (!NO_PACKAGES.contains(name)
                            && (Modules.isModule(name) || Files.isDirectory(file))) {
                        names.add(Modules.name(name));
                    }
                }
            } catch (NoSuchFileException | NotDirectoryException _) {
                // an interpreter that keeps its library elsewhere, or has no extension modules
            }
        }
        return names;
    }

    /**
     * The modules that it does not have and its own {@code sitecustomize} imports at every start:
     * whoever brings one runs code then. Debian's asks for a crash reporter that is not there in a
     * virtual environment.
     */
    Set<String> askedForAtStart() throws IOException {
        Path customize = folder.resolve("sitecustomize.py");
        var asked = new TreeSet<String>();
        if (!Files.isRegularFile(customize)) {
            return asked;
        }
        for (String line : Files.readString(customize).split("\n", -1)) {
            String statement = line.strip();
            if (statement.startsWith("import ")) {
                for (String module : statement.substring("import ".length()).split(",", -1)) {
                    asked.add(first(module));
                }
            } else if (statement.startsWith("from ")) {
                asked.add(first(statement.substring("from ".length())));
            }
        }
        asked.remove("");
        for (String module : List.copyOf(asked)) {
            if (has(module)) {
                asked.remove(module);
            }
        }
        return asked;
    }

    /** The first part of a dotted name at the start of a text. */
    private static String first(String text) {
        return text.strip().split("[^\\w]", 2)[0];
    }
}
