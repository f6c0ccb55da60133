package dev.blast.environment.change;

import dev.blast.environment.install.HeldFolder;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Files of the project that a change gives other content, such as {@code pyproject.toml}: after the
 * renames and before the change is decided, so that a file which is not as it was read undoes all
 * of it.
 *
 * <p>Looking and replacing are one: the new content is laid beside the file, the two names change
 * places, and what came out is compared with what was read. How far an edit has come is read off
 * the disk:
 *
 * <pre>
 * beside it  the file holds  is
 * nothing    not the new     not begun, or a person's since
 * something  not the new     begun
 * something  the new         exchanged; what lies beside it was there, whatever it is
 * nothing    the new         done
 * </pre>
 *
 * <p>A file that there was not is written beside its name and renamed, if there is none still;
 * undone, it goes.
 */
public final class ProjectEdits {
    private final HeldFolder project;
    private final Staging staging;
    private final String id;
    private final Disk disk;

    ProjectEdits(HeldFolder project, Staging staging, String id, Disk disk) {
        this.project = project;
        this.staging = staging;
        this.id = id;
        this.disk = disk;
    }

    /**
     * Does one.
     *
     * @throws FileSystemException where the file holds something else than was read; it holds that
     *     still
     */
    void apply(Journal.Edit edit) throws IOException {
        byte[] after = Files.readAllBytes(staging.edited(edit.slot(), false));
        if (wasThere(edit)) {
            replace(edit.file(), Files.readAllBytes(staging.edited(edit.slot(), true)), after);
        } else {
            make(edit.file(), after);
        }
    }

    /**
     * One edit by itself, with no other change: killed in the middle, the file is the one or the
     * other, and what lies beside it may stay there.
     *
     * @param folder of the project
     * @param file relative to it
     * @param before null where there is no such file
     */
    public static void alone(Path folder, Path file, byte @Nullable [] before, byte[] after)
            throws IOException {
        try (HeldFolder project = HeldFolder.openReal(folder)) {
            var edits =
                    new ProjectEdits(
                            project,
                            new Staging(HeldFolder.HERE, HeldFolder.HERE),
                            UUID.randomUUID().toString(),
                            Disk.real());
            if (before == null) {
                edits.make(file, after);
            } else {
                edits.replace(file, before, after);
            }
        }
    }

    private boolean wasThere(Journal.Edit edit) {
        return Files.exists(staging.edited(edit.slot(), true));
    }

    private void make(Path file, byte[] content) throws IOException {
        Path aside = aside(file);
        disk.create(project, aside, content);
        try {
            disk.moveToNew(project, aside, file);
        } catch (FileAlreadyExistsException e) {
            disk.delete(project, aside);
            throw new FileSystemException(
                    file.toString(), null, "it is there now, and was not when it was looked for");
        }
    }

    private void replace(Path file, byte[] from, byte[] to) throws IOException {
        Path aside = aside(file);
        disk.create(project, aside, to, file);
        disk.exchange(project, aside, file);
        if (!holds(aside, from)) {
            disk.exchange(project, aside, file);
            if (!holds(aside, to)) { // it was written once more in between: that stays
                disk.exchange(project, aside, file);
            }
            disk.delete(project, aside);
            throw new FileSystemException(
                    file.toString(), null, "it is not any more as it was when it was read");
        }
        disk.delete(project, aside);
    }

    /** To what was there; what a person has written since stays. */
    void undo(Journal.Edit edit) throws IOException {
        Path file = edit.file();
        Path aside = aside(file);
        if (!wasThere(edit)) {
            disk.delete(project, aside);
        }
        if (!project.exists(file)) {
            return; // whoever took it away meant that
        }
        byte[] after = Files.readAllBytes(staging.edited(edit.slot(), false));
        boolean isNew = holds(file, after);
        if (!wasThere(edit)) {
            if (isNew) {
                disk.delete(project, file);
            }
        } else if (project.exists(aside)) {
            if (isNew && !holds(aside, after)) {
                disk.exchange(project, aside, file);
            }
            disk.delete(project, aside);
        } else if (isNew) {
            replace(file, after, Files.readAllBytes(staging.edited(edit.slot(), true)));
        }
    }

    private boolean holds(Path file, byte[] content) throws IOException {
        return project.content(file).filter(found -> Arrays.equals(found, content)).isPresent();
    }

    private Path aside(Path file) {
        return HeldFolder.aside(file, id);
    }
}
