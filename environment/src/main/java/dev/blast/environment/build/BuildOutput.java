package dev.blast.environment.build;

import dev.blast.packaging.FileName;
import dev.blast.packaging.Visible;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/**
 * The folder that a build could write, once nothing runs in it any more. What lies there is read
 * bounded, through no link, and taken for nothing but bytes.
 */
record BuildOutput(Path folder) {
    private static final int TEXT_CAP_BYTES = 32 << 20;
    private static final String RESULT = "hook-result";

    /** Where the runner writes what a hook returned. */
    Path result() {
        return folder.resolve(RESULT);
    }

    /**
     * What a hook returned, as lines; null where the backend has no such hook.
     *
     * @throws RefusedSourceException where nothing was returned
     */
    Optional<List<String>> returned() throws IOException {
        Optional<String> text = text(RESULT);
        List<String> lines = text.map(it -> it.lines().toList()).orElse(List.of());
        if (lines.isEmpty()) {
            throw new RefusedSourceException("it ended well and returned nothing");
        }
        return switch (lines.getFirst()) {
            case "missing" -> Optional.empty();
            case "done" -> Optional.of(lines.subList(1, lines.size()));
            default -> throw new RefusedSourceException("it returned something else than texts");
        };
    }

    /**
     * The name that a hook returned, and no path.
     *
     * @param lines what it returned
     */
    static String name(List<String> lines) throws RefusedSourceException {
        String name = lines.size() == 1 ? lines.getFirst() : "";
        if (name.isEmpty() || name.startsWith(".") || !FileName.isBare(name)) {
            throw new RefusedSourceException(
                    "it returned '%s', which is no name of a file"
                            .formatted(Visible.of(String.join(" ", lines))));
        }
        return name;
    }

    /** A text in it; empty where there is none. */
    Optional<String> text(String path) throws IOException {
        try {
            Path file = ordinary(path);
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                byte[] bytes = in.readNBytes(TEXT_CAP_BYTES + 1);
                if (bytes.length > TEXT_CAP_BYTES) {
                    throw new RefusedSourceException(
                            "its %s is larger than any of its kind".formatted(path));
                }
                return Optional.of(
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(bytes))
                                .toString());
            }
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (CharacterCodingException _) {
            throw new RefusedSourceException("its %s is not text in UTF-8".formatted(path));
        }
    }

    /** An ordinary file in it, no part of whose path is a link. */
    Path ordinary(String path) throws IOException {
        Path at = folder;
        for (Path name : Path.of(path)) {
            if (!Files.readAttributes(at, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isDirectory()) {
                throw foreign(path);
            }
            at = at.resolve(name);
        }
        if (!Files.readAttributes(at, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isRegularFile()) {
            throw foreign(path);
        }
        return at;
    }

    private static FileSystemException foreign(String path) {
        return new FileSystemException(
                path, null, "what it made is a link or a device, no ordinary file");
    }
}
