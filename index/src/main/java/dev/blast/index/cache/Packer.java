package dev.blast.index.cache;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the cache's binary form: numbers in seven-bit groups, texts in UTF-8 after their length.
 * {@link Unpacker} reads it.
 */
public final class Packer {
    private final ByteArrayOutputStream out;

    public Packer(int expectedBytes) {
        out = new ByteArrayOutputStream(expectedBytes);
    }

    /** How many bytes are written. */
    public int size() {
        return out.size();
    }

    public byte[] bytes() {
        return out.toByteArray();
    }

    public Packer number(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    public Packer text(String value) {
        return block(value.getBytes(StandardCharsets.UTF_8));
    }

    public Packer block(byte[] bytes) {
        number(bytes.length);
        return raw(bytes);
    }

    /** Bytes whose length the reader knows. */
    public Packer raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    public Packer optional(@Nullable String value) {
        number(value == null ? 0 : 1);
        return value == null ? this : text(value);
    }

    public Packer texts(Map<String, String> texts) {
        number(texts.size());
        texts.forEach((key, value) -> text(key).text(value));
        return this;
    }
}
