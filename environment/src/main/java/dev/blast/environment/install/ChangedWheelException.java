package dev.blast.environment.install;

import java.nio.file.Path;

/** A file of the store does not hold what its wheel brought; nothing has been made of it. */
public final class ChangedWheelException extends InstallException {
    private static final long serialVersionUID = 1;

    private final String sha256;
    private final transient Path file;

    ChangedWheelException(String sha256, Path file) {
        super("%s does not hold what its wheel brought".formatted(file));
        this.sha256 = sha256;
        this.file = file;
    }

    /** The wheel's key. */
    public String sha256() {
        return sha256;
    }

    public Path file() {
        return file;
    }
}
