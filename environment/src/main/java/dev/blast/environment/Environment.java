package dev.blast.environment;

import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One environment on disk: a plain venv (PEP 405) that every other tool understands, plus {@code
 * .blast/} in it, where Blast keeps what it knows. A value that names a place; the place need not
 * exist yet.
 *
 * @param root absolute, the folder with {@code pyvenv.cfg}, most often {@code PROJECT/.venv}
 */
public record Environment(Path root) {
    private static final String VENV = ".venv";
    private static final String BLAST = ".blast";

    public Environment {
        root = root.toAbsolutePath().normalize();
    }

    /** The environment of a project in this folder: {@code .venv}. */
    public static Environment in(Path folder) {
        return new Environment(folder.resolve(VENV));
    }

    public boolean exists() {
        return Files.isRegularFile(root.resolve("pyvenv.cfg"));
    }

    /**
     * What the last committed change left here, without opening the history; empty before the first
     * one.
     */
    public Optional<Applied> applied() throws EnvironmentException {
        return Applied.read(appliedFile());
    }

    /**
     * Gives a file in it, or beside it, this text, as a whole and without following a link of any
     * name.
     */
    void write(Path file, String text) throws EnvironmentException {
        try (HeldEnvironment held = HeldEnvironment.open(this)) {
            held.publish(file, text, Disk.real());
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of(
                            "cannot write %s: %s%s",
                            file, Cause.of(e, file), Cause.advice(e, file)),
                    e);
        }
    }

    /** {@code .blast/}: what can be lost and made again. */
    Path folder() {
        return root.resolve(BLAST);
    }

    /** Whether Blast has ever changed it. */
    boolean folderExists() {
        return Files.isDirectory(folder());
    }

    /**
     * Whether a change was begun here and not ended. After a recovery that is one which this user's
     * data does not know: another user's, or one with another home; how far it came is written
     * where we cannot read.
     */
    boolean hasStaging() {
        return Files.exists(root.resolve(Staging.ALL), LinkOption.NOFOLLOW_LINKS);
    }

    Path appliedFile() {
        return folder().resolve("applied");
    }
}
