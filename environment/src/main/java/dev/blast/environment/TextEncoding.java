package dev.blast.environment;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a text file is written, as far as its bytes say.
 *
 * @param markBytes how many bytes its byte order mark has; 0 where there is none
 */
public record TextEncoding(Charset charset, int markBytes) {
    /** The mark's bytes, each as one char. */
    private record Mark(Charset charset, String bytes) {}

    /** Longer ones first: the mark of UTF-16 is the beginning of that of UTF-32. */
    private static final List<Mark> MARKS =
            List.of(
                    new Mark(StandardCharsets.UTF_8, "\u00EF\u00BB\u00BF"),
                    new Mark(StandardCharsets.UTF_32LE, "\u00FF\u00FE\0\0"),
                    new Mark(StandardCharsets.UTF_32BE, "\0\0\u00FE\u00FF"),
                    new Mark(StandardCharsets.UTF_16LE, "\u00FF\u00FE"),
                    new Mark(StandardCharsets.UTF_16BE, "\u00FE\u00FF"));

    /** PEP 263, "Defining the Encoding": in a comment in one of the first two lines. */
    private static final Pattern CODING =
            Pattern.compile("^[ \\t\\f]*#.*?coding[:=][ \\t]*([-_.a-zA-Z0-9]+)");

    private static final int HEAD_BYTES = 1024;

    /** Names of Python's that are none of Java's. */
    private static final Map<String, Charset> PYTHON_NAMES =
            Map.of(
                    "latin-1", StandardCharsets.ISO_8859_1,
                    "utf-8-sig", StandardCharsets.UTF_8,
                    "utf", StandardCharsets.UTF_8);

    private static String head(byte[] bytes) {
        return new String(
                bytes, 0, Math.min(bytes.length, HEAD_BYTES), StandardCharsets.ISO_8859_1);
    }

    /** What the byte order mark says; UTF-8 where there is none. */
    public static TextEncoding byMark(byte[] bytes) {
        String head = head(bytes);
        for (Mark mark : MARKS) {
            if (head.startsWith(mark.bytes())) {
                return new TextEncoding(mark.charset(), mark.bytes().length());
            }
        }
        return new TextEncoding(StandardCharsets.UTF_8, 0);
    }

    /**
     * What mark or coding line say; UTF-8 where there is neither.
     *
     * @throws EnvironmentException where the coding line names what nobody here can read
     */
    public static TextEncoding of(String file, byte[] bytes) throws EnvironmentException {
        TextEncoding mark = byMark(bytes);
        if (mark.markBytes() > 0) {
            return mark;
        }
        int number = 0;
        for (String line : head(bytes).lines().limit(2).toList()) {
            number++;
            Matcher coding = CODING.matcher(line);
            if (coding.find()) {
                return new TextEncoding(charset(coding.group(1), file, number), 0);
            }
        }
        return mark;
    }

    private static Charset charset(String name, String file, int line) throws EnvironmentException {
        String normal = name.toLowerCase(Locale.ROOT).replace('_', '-');
        Charset known = PYTHON_NAMES.get(normal);
        if (known != null) {
            return known;
        }
        try {
            return Charset.forName(normal);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new EnvironmentException(
                    "%s:%d: the encoding '%s' is not known here; save the file as UTF-8"
                            .formatted(file, line, name),
                    e);
        }
    }
}
