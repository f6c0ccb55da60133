package dev.blast.packaging;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A SHA-256 over a list of texts, each with its length before it: no two lists are written alike.
 * One thread.
 */
public final class Digest {
    private final MessageDigest sha256 = Hashes.digest("sha256");

    public static String of(String... texts) {
        var digest = new Digest();
        for (String text : texts) {
            digest.add(text);
        }
        return digest.hex();
    }

    /** A SHA-256 as RECORD writes it: {@code sha256=} and base64 for URLs without padding. */
    public static String recordHash(String hex) {
        return "sha256="
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(HexFormat.of().parseHex(hex));
    }

    public Digest add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    public Digest add(byte[] bytes) {
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        sha256.update(bytes);
        return this;
    }

    /** 64 hexadecimal digits; nothing can be added afterwards. */
    public String hex() {
        return HexFormat.of().formatHex(sha256.digest());
    }
}
