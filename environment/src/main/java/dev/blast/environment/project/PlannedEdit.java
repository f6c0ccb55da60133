package dev.blast.environment.project;

import dev.blast.environment.Cause;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.OrdinaryFile;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What is to be written into files of a project. What it asks for is known before versions are
 * chosen; how it is worded may follow from them.
 */
public final class PlannedEdit {
    /** Nothing is written. */
    public static final PlannedEdit NONE = of(List.of());

    /** What is written when these versions are chosen. */
    interface Wording {
        List<AmendedFile> with(Map<PackageName, Version> chosen) throws EnvironmentException;
    }

    private final List<AmendedFile> typed;
    private final Wording wording;

    private PlannedEdit(List<AmendedFile> typed, Wording wording) {
        this.typed = List.copyOf(typed);
        this.wording = wording;
    }

    /** One that is worded already. */
    public static PlannedEdit of(List<AmendedFile> files) {
        return new PlannedEdit(files, _ -> files);
    }

    /** One that is worded as these versions have it. */
    static PlannedEdit of(Wording wording) throws EnvironmentException {
        return new PlannedEdit(wording.with(Map.of()), wording);
    }

    /** The files, where nothing is known of versions. */
    public List<AmendedFile> files() {
        return typed;
    }

    /**
     * The files.
     *
     * @param chosen the versions of all packages
     */
    public List<AmendedFile> files(Map<PackageName, Version> chosen) throws EnvironmentException {
        return wording.with(chosen);
    }

    public boolean isEmpty() {
        return typed.isEmpty();
    }

    /** Whether the files still hold what the edit was planned for. */
    public boolean fits(Path directory) throws EnvironmentException {
        for (AmendedFile file : typed) {
            Path there = directory.resolve(file.file());
            byte[] before = file.before();
            try {
                boolean same =
                        before == null
                                ? !Project.isThere(there)
                                : Project.isThere(there)
                                        && Arrays.equals(before, OrdinaryFile.bytes(there));
                if (!same) {
                    return false;
                }
            } catch (IOException e) {
                throw new EnvironmentException(
                        Message.of("cannot read %s: %s", there, Cause.of(e, there)), e);
            }
        }
        return true;
    }
}
