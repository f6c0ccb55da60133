package dev.blast.environment.project;

import dev.blast.environment.EnvironmentException;
import dev.blast.toml.TomlMemory;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the files of a project hold, or will hold.
 *
 * @param edited the content of those that hold something else than is on the disk; absolute
 * @param memory knows what some of them say
 */
record ProjectTexts(Map<Path, byte[]> edited, TomlMemory memory) {
    static final ProjectTexts AS_THEY_ARE = new ProjectTexts(Map.of());

    ProjectTexts(Map<Path, byte[]> edited) {
        this(edited, TomlMemory.NONE);
    }

    ProjectTexts {
        edited = Map.copyOf(edited);
    }

    /** Whether there is one, or will be. */
    boolean isThere(Path file) {
        return edited.containsKey(file) || Project.isThere(file);
    }

    ProjectFile read(Path file, String name) throws EnvironmentException {
        byte[] content = edited.get(file);
        return content == null ? ProjectFile.read(file, name) : ProjectFile.of(content, name);
    }
}
