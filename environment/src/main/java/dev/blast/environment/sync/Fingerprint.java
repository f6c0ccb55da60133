package dev.blast.environment.sync;

import dev.blast.environment.Cause;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.Circumstances;
import dev.blast.environment.install.OrdinaryFile;
import dev.blast.environment.project.Project;
import dev.blast.packaging.Digest;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A digest over everything that a change of an environment followed from: the bytes of files, the
 * names of policy files and projects in folders, and how the sync was asked for. Made again from
 * the same list, it tells whether anything could come out differently, without understanding any of
 * it: no TOML is parsed, no rule is loaded.
 */
public final class Fingerprint {
    private Fingerprint() {}

    /**
     * The digest, 64 hexadecimal digits.
     *
     * @param inputs files (their bytes; one that is missing counts as such) and folders (the names
     *     of the policy files and the projects in them)
     * @param interpreter counts by its size and time
     * @param texts what a file will hold when it has been written, instead of what it holds now
     */
    static String of(List<Path> inputs, Path interpreter, String identity, Map<Path, byte[]> texts)
            throws EnvironmentException {
        var digest = new Digest().add(identity).add(executable(interpreter));
        addAll(digest, inputs, texts);
        return digest.hex();
    }

    /** What an answer followed from, part by part. */
    static Circumstances parts(
            List<Path> project, List<Path> rules, Path interpreter, String identity)
            throws EnvironmentException {
        return new Circumstances(
                ofFiles(project),
                ofFiles(rules),
                new Digest().add(executable(interpreter)).hex(),
                identity);
    }

    static String ofFiles(List<Path> inputs) throws EnvironmentException {
        var digest = new Digest();
        addAll(digest, inputs, Map.of());
        return digest.hex();
    }

    private static void addAll(Digest digest, List<Path> inputs, Map<Path, byte[]> texts)
            throws EnvironmentException {
        for (Path input : inputs) {
            digest.add(input.toString());
            try {
                byte[] text = texts.get(input);
                if (text != null) {
                    digest.add("file").add(text);
                } else if (Files.isDirectory(input)) {
                    digest.add("folder").add(names(input));
                } else {
                    digest.add("file").add(OrdinaryFile.bytes(input));
                }
            } catch (NoSuchFileException e) {
                digest.add("missing");
            } catch (AccessDeniedException e) {
                digest.add("closed"); // somebody else's, who changed this environment last
            } catch (IOException e) {
                throw new EnvironmentException(
                        "cannot read %s: %s".formatted(input, Cause.of(e, input)), e);
            }
        }
    }

    private static String executable(Path interpreter) throws EnvironmentException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(interpreter, BasicFileAttributes.class);
            return interpreter + " " + attributes.size() + " " + attributes.lastModifiedTime();
        } catch (NoSuchFileException e) {
            return "missing";
        } catch (AccessDeniedException e) {
            return "closed"; // in the home of somebody else, who made this environment
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot read %s: %s".formatted(interpreter, Cause.of(e, interpreter)), e);
        }
    }

    /** Of policy files, and of folders that may be members of a workspace. */
    private static String names(Path folder) throws IOException {
        var names = new TreeSet<String>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (name.endsWith(".drl") || Files.exists(entry.resolve(Project.PYPROJECT))) {
                    names.add(name);
                }
            }
        }
        return names.toString();
    }
}
