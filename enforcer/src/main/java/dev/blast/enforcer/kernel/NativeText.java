package dev.blast.enforcer.kernel;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Arguments and variables as the kernel has them, bytes of no encoding, in strings: what is UTF-8
 * is that text, every other byte is half a surrogate pair, U+DC80 to U+DCFF (PEP 383).
 */
public final class NativeText {
    private static final char FIRST = 0xdc80;
    private static final char LAST = 0xdcff;

    private NativeText() {}

    /** No byte is lost: {@link #bytes} gives them back. */
    public static String of(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        while (decoder.decode(in, out, true).isMalformed()) {
            out.put(
                    (char)
                            ((FIRST - 0x80)
                                    | (in.get() & 0xff))); // never an ASCII one: that is a start
            decoder.reset();
        }
        return out.flip().toString();
    }

    /** Whether all of it is text; a path of Java's can be nothing else. */
    public static boolean isText(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (Character.isHighSurrogate(c)) {
                at++;
            } else if (c >= FIRST && c <= LAST) {
                return false;
            }
        }
        return true;
    }

    static byte[] bytes(String text) {
        if (isText(text)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        var bytes = new ByteArrayOutputStream(text.length() + 16);
        text.codePoints()
                .forEach(c -> {
                    if (c >= FIRST && c <= LAST) {
                        bytes.write(c);
                    } else {
                        bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
                    }
                });
        return bytes.toByteArray();
    }
}
