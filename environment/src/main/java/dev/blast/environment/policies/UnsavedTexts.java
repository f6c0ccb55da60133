package dev.blast.environment.policies;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Texts that somebody is writing: each counts in place of a file, which need not be there yet.
 *
 * @param texts by {@link #place}
 */
public record UnsavedTexts(Map<Path, String> texts) {
    public static final UnsavedTexts NONE = new UnsavedTexts(Map.of());

    /** A file by the folder that it really lies in; it may itself be a link. */
    public static Path place(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        @Nullable Path folder = absolute.getParent();
        @Nullable Path name = absolute.getFileName();
        try {
            return folder == null || name == null ? absolute : folder.toRealPath().resolve(name);
        } catch (IOException _) {
            return absolute; // a folder that is not there yet
        }
    }

    /** The text that counts in place of the file. */
    public Optional<String> of(Path file) {
        return texts.isEmpty() ? Optional.empty() : Optional.ofNullable(texts.get(place(file)));
    }

    /** The files of a folder that are written, as paths below it. */
    List<Path> in(Path folder) {
        if (texts.isEmpty()) {
            return List.of();
        }
        @Nullable Path real = place(folder.resolve("any")).getParent();
        return texts.keySet().stream()
                .filter(it -> Objects.equals(it.getParent(), real))
                .map(it -> folder.resolve(String.valueOf(it.getFileName())))
                .toList();
    }
}
