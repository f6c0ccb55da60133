package dev.blast.index;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link Packer} wrote. For one thread. Bytes are checked by their sum before they come
 * here, which says nothing of who wrote them: each method throws {@link IllegalArgumentException}
 * where they are none of Packer's, and what is made of them may too.
 */
final class Unpacker {
    private final byte[] bytes;
    private int at;

    Unpacker(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    int position() {
        return at;
    }

    /** How many things follow: each has at least a byte. */
    int count() {
        int count = small();
        if (count > bytes.length - at) {
            throw damaged();
        }
        return count;
    }

    /** A number that is none of bytes to come. */
    int small() {
        long number = number();
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw damaged();
        }
        return (int) number;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = raw();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw damaged();
    }

    private byte raw() {
        if (at < 0 || at >= bytes.length) {
            throw damaged();
        }
        return bytes[at++];
    }

    String text() {
        int length = count();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    byte[] raw(int length) {
        if (length > bytes.length - at) {
            throw damaged();
        }
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    @Nullable String optional() {
        return number() == 0 ? null : text();
    }

    Map<String, String> texts() {
        int count = count();
        var texts = new LinkedHashMap<String, String>(count * 2);
        for (int i = 0; i < count; i++) {
            String key = text();
            texts.put(key, text());
        }
        return texts;
    }

    private static IllegalArgumentException damaged() {
        return new IllegalArgumentException("not what was packed");
    }
}
