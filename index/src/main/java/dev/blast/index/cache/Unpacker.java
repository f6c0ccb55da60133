package dev.blast.index.cache;

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
public final class Unpacker {
    private final byte[] bytes;
    private int at;

    public Unpacker(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    public int position() {
        return at;
    }

    /** How many things follow: each has at least a byte. */
    public int count() {
        int count = small();
        if (count > bytes.length - at) {
            throw damaged();
        }
        return count;
    }

    /** A number that is none of bytes to come. */
    public int small() {
        long number = number();
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw damaged();
        }
        return (int) number;
    }

    public long number() {
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

    public String text() {
        int length = count();
        var text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    public byte[] raw(int length) {
        if (length > bytes.length - at) {
            throw damaged();
        }
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    public @Nullable String optional() {
        return number() == 0 ? null : text();
    }

    public Map<String, String> texts() {
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
