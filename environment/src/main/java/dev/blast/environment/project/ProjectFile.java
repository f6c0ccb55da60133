package dev.blast.environment.project;

import dev.blast.environment.Cause;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.TextEncoding;
import dev.blast.environment.install.OrdinaryFile;
import dev.blast.packaging.SourceError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** One file of a project, read whole: its text in the encoding that it is written in. */
final class ProjectFile {
    private final String name;
    private final byte[] bytes;

    private ProjectFile(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    /**
     * Reads a file.
     *
     * @param name how it is called in errors
     */
    static ProjectFile read(Path file, String name) throws EnvironmentException {
        try {
            return new ProjectFile(name, OrdinaryFile.bytes(file));
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot read %s: %s".formatted(file, Cause.of(e, file)), e);
        }
    }

    /**
     * Whether a file is a link out of its folder. A lock is none: the text of what it leads to
     * would be shown where that is no lock, and another file is meant once a lock is written.
     */
    static boolean leadsOut(Path file) throws EnvironmentException {
        try {
            Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
            return Files.isSymbolicLink(file) && !file.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot read %s: %s".formatted(file, Cause.of(e, file)), e);
        }
    }

    /** One whose content is known. */
    static ProjectFile of(byte[] content, String name) {
        return new ProjectFile(name, content.clone());
    }

    /**
     * Its text in UTF-8, without a byte order mark: what TOML is written in.
     *
     * @throws EnvironmentException with line and column, where it is written in something else
     */
    String utf8() throws EnvironmentException {
        TextEncoding mark = TextEncoding.byMark(bytes);
        if (mark.charset().equals(StandardCharsets.UTF_8)) {
            return decode(mark);
        }
        throw new EnvironmentException(
                "%s:1:1: it is written in %s; save it as UTF-8".formatted(name, mark.charset()));
    }

    /**
     * Its text as pip reads it: by a byte order mark, by a coding line (PEP 263), else as UTF-8.
     *
     * @throws EnvironmentException with line and column, where it is written in something else
     */
    String declared() throws EnvironmentException {
        return decode(TextEncoding.of(name, bytes));
    }

    private String decode(TextEncoding encoding) throws EnvironmentException {
        Charset charset = encoding.charset();
        CharsetDecoder decoder =
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in =
                ByteBuffer.wrap(bytes, encoding.markBytes(), bytes.length - encoding.markBytes());
        CharBuffer out =
                CharBuffer.allocate((int) (bytes.length * (double) decoder.maxCharsPerByte()) + 1);
        CoderResult result = decoder.decode(in, out, true);
        if (!result.isError()) {
            result = decoder.flush(out);
        }
        String text = out.flip().toString();
        if (!result.isError()) {
            return text;
        }
        String before = text.substring(text.lastIndexOf('\n') + 1);
        int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
        throw new EnvironmentException(
                SourceError.render(
                        name,
                        text,
                        line,
                        before.length() + 1,
                        "byte 0x%02X is not %s; save the file as UTF-8"
                                .formatted(in.get(in.position()), charset)));
    }
}
