package dev.blast.index;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the cache's binary form: numbers in seven-bit groups, texts in UTF-8 after their length.
 * {@link Unpacker} reads it.
 */
final class Packer {
    private final ByteArrayOutputStream out;

    Packer(int expectedBytes) {
        out = new ByteArrayOutputStream(expectedBytes);
    }

    /** How many bytes are written. */
    int size() {
        return out.size();
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    Packer number(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    Packer text(String value) {
        return block(value.getBytes(StandardCharsets.UTF_8));
    }

    Packer block(byte[] bytes) {
        number(bytes.length);
        return raw(bytes);
    }

    /** Bytes whose length the reader knows. */
    Packer raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    Packer optional(@Nullable String value) {
        number(value == null ? 0 : 1);
        return value == null ? this : text(value);
    }

    Packer texts(Map<String, String> texts) {
        number(texts.size());
        texts.forEach((key, value) -> text(key).text(value));
        return this;
    }
}
