package dev.blast.enforcer.kernel;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What a path is to the kernel: bytes, which need be no text. Where a name is not UTF-8, the text
 * of a path is not its name, and calls that were given it would miss.
 */
public final class PathBytes {
    private static final char NO_TEXT = '\ufffd';
    private static final int HEXADECIMAL = 16;

    private PathBytes() {}

    /** Of an absolute path, without a NUL behind it. */
    public static byte[] of(Path path) {
        String text = path.toString();
        if (text.indexOf(NO_TEXT) < 0) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        String escaped = path.toUri().getRawPath(); // each byte as it is, or as %XX
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int at = 0; at < escaped.length(); at++) {
            char letter = escaped.charAt(at);
            if (letter == '%') {
                bytes.write(Integer.parseInt(escaped, at + 1, at + 3, HEXADECIMAL));
                at += 2;
            } else {
                bytes.write(letter);
            }
        }
        byte[] all = bytes.toByteArray();
        boolean folder = escaped.endsWith("/") && all.length > 1;
        return folder ? java.util.Arrays.copyOf(all, all.length - 1) : all;
    }

    /** The same bytes as characters, for comparing with what the kernel says. */
    public static String asLatin1(Path path) {
        return new String(of(path), StandardCharsets.ISO_8859_1);
    }
}
