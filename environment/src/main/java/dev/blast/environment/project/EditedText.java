package dev.blast.environment.project;

import dev.blast.environment.Cause;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.TextEncoding;
import dev.blast.environment.install.OrdinaryFile;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The text of a project's file on its way to another, in the encoding that it is written in and
 * with its byte order mark. Nothing is written to the disk. For one thread.
 */
final class EditedText {
    private final Path name;
    private final byte @Nullable [] before;
    private final TextEncoding encoding;
    private final String old;
    private String text;

    private EditedText(Path name, byte @Nullable [] before, TextEncoding encoding, String old) {
        this.name = name;
        this.before = before;
        this.encoding = encoding;
        this.old = old;
        this.text = old;
    }

    /** What comes of looking at a file. */
    sealed interface Opened {
        record Editable(EditedText text) implements Opened {}

        /**
         * It is not written to.
         *
         * @param why a clause about it
         */
        record Untouchable(String why) implements Opened {}
    }

    /**
     * Opens a file that is there.
     *
     * @param name relative to the project's folder
     */
    static Opened open(Path directory, Path name) throws EnvironmentException {
        Path file = directory.resolve(name);
        byte[] before;
        try {
            Optional<String> untouchable = untouchable(directory, name);
            if (untouchable.isPresent()) {
                return new Opened.Untouchable(untouchable.get());
            }
            before = OrdinaryFile.bytes(file);
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of("cannot read %s: %s", file, Cause.of(e, file)), e);
        }
        boolean isToml = isToml(name);
        ProjectFile read = ProjectFile.of(before, name.toString());
        var text =
                new EditedText(
                        name,
                        before,
                        isToml
                                ? TextEncoding.byMark(before)
                                : TextEncoding.of(name.toString(), before),
                        isToml ? read.utf8() : read.declared());
        return Arrays.equals(before, text.bytes())
                ? new Opened.Editable(text)
                : new Opened.Untouchable("is in letters that would change");
    }

    /**
     * The same, for those who can do nothing else.
     *
     * @throws EnvironmentException where it is not written to
     */
    static EditedText require(Path directory, Path name) throws EnvironmentException {
        return switch (open(directory, name)) {
            case Opened.Editable(EditedText text) -> text;
            case Opened.Untouchable(String why) ->
                    throw new EnvironmentException(
                            Message.of("%s %s; nothing was changed", name, why));
        };
    }

    /** One that is not there yet. */
    static EditedText made(Path name) {
        return new EditedText(name, null, new TextEncoding(StandardCharsets.UTF_8, 0), "");
    }

    static boolean isToml(Path name) {
        return name.getFileName().toString().endsWith(".toml");
    }

    /** Why a file is not one that this user's Blast writes: a link leads elsewhere. */
    private static Optional<String> untouchable(Path directory, Path name) throws IOException {
        Path at = directory;
        for (Path part : name) {
            at = at.resolve(part);
            if (Files.isSymbolicLink(at)) {
                return Optional.of("is reached through a symbolic link, " + at);
            }
        }
        Object owner = Files.getAttribute(at, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (!owner.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
            return Optional.of("is in another user's file");
        }
        return Files.isWritable(at) ? Optional.empty() : Optional.of("can only be read");
    }

    Path name() {
        return name;
    }

    String text() {
        return text;
    }

    void become(String other) {
        text = other;
    }

    /** As most of its lines end: all of them, unless somebody mixed them. */
    String lineEnd() {
        return text.contains("\r\n") ? "\r\n" : "\n";
    }

    /** With the byte order mark that there was. */
    private byte[] bytes() {
        byte[] letters = text.getBytes(encoding.charset());
        byte[] mark = before == null ? new byte[0] : before;
        byte[] bytes = Arrays.copyOf(mark, encoding.markBytes() + letters.length);
        System.arraycopy(letters, 0, bytes, encoding.markBytes(), letters.length);
        return bytes;
    }

    boolean isChanged() {
        return !text.equals(old);
    }

    AmendedFile file() {
        return new AmendedFile(name, before, bytes(), AmendedLines.between(old, text));
    }
}
