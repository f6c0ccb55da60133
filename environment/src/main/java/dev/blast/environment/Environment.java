package dev.blast.environment;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One environment on disk: a plain venv (PEP 405) that every other tool understands, plus {@code
 * .blast/} in it, where Blast keeps what it knows. A value that names a place; the place need not
 * exist yet.
 *
 * @param root absolute, the folder with {@code pyvenv.cfg}, most often {@code PROJECT/.venv}
 * @param project absolute, the folder of the project that it is an environment of
 * @param lockFile absolute, where its versions are locked
 */
public record Environment(Path root, Path project, Path lockFile) {
    private static final String VENV = ".venv";
    private static final String BLAST = ".blast";
    private static final String LOCK = "pylock.toml";

    public Environment {
        root = root.toAbsolutePath().normalize();
        project = project.toAbsolutePath().normalize();
        lockFile = lockFile.toAbsolutePath().normalize();
    }

    /** One that follows the project's lock. */
    public Environment(Path root, Path project) {
        this(root, project, project.resolve(LOCK));
    }

    /** The one of the project around it. */
    public Environment(Path root) {
        this(root, root.toAbsolutePath().resolve(".."));
    }

    /** The usual environment of a project in this folder: {@code .venv}. */
    public static Environment in(Path folder) {
        return new Environment(folder.resolve(VENV), folder);
    }

    /**
     * A second one of a project, with a lock of its own: {@code .venv-NAME} and {@code
     * pylock.NAME.toml}, whose NAME holds no dot (PEP 751).
     */
    public static Environment beside(Path folder, String name) {
        return new Environment(
                folder.resolve(VENV + "-" + name),
                folder,
                folder.resolve("pylock.%s.toml".formatted(name.replace('.', '-'))));
    }

    public boolean exists() {
        return Files.isRegularFile(root.resolve("pyvenv.cfg"));
    }

    /** Whether it is where other tools look for the environment of its project. */
    public boolean isUsual() {
        return equals(in(project));
    }

    /** Whether it lies in its project's folder, at whatever depth. */
    public boolean isInside() {
        return root.startsWith(project) && !root.equals(project);
    }

    /** {@code .blast/}: what can be lost and made again. */
    public Path folder() {
        return root.resolve(BLAST);
    }

    /** Whether Blast has ever changed it. */
    public boolean folderExists() {
        return Files.isDirectory(folder());
    }
}
