package dev.blast.environment.install;

import dev.blast.packaging.Hashes;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;

/**
 * Hashes in the spelling of RECORD: the algorithm, '=', the digest in URL-safe base64 without
 * padding (PEP 376, PEP 427).
 */
public final class RecordHash {
    static final String SHA256 = "sha256";

    /** What RECORD may use (PEP 427). */
    private static final Set<String> STRONG = Set.of(SHA256, "sha384", "sha512");

    private RecordHash() {}

    /** The algorithm of a hash from RECORD; "" where it has none. */
    static String algorithm(String hash) {
        return hash.substring(0, Math.max(0, hash.indexOf('=')));
    }

    static boolean isStrong(String algorithm) {
        return STRONG.contains(algorithm);
    }

    static String text(String algorithm, byte[] digest) {
        return algorithm + "=" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }

    /** The digest in lower-case hex, for a name of a file. */
    public static String hex(String hash) {
        String digest = unpadded(hash.substring(hash.indexOf('=') + 1));
        return HexFormat.of().formatHex(Base64.getUrlDecoder().decode(digest));
    }

    /** The hash whose digest this is in hex; "" where it is none. */
    public static String ofHex(String hex) {
        try {
            return text(SHA256, HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    static String of(byte[] content) {
        return text(SHA256, Hashes.digest(SHA256).digest(content));
    }

    /** Whether two spell the same digest; some writers leave the padding on. */
    static boolean same(String one, String other) {
        return unpadded(one).equals(unpadded(other));
    }

    private static String unpadded(String hash) {
        int end = hash.length();
        while (end > 0 && hash.charAt(end - 1) == '=') {
            end--;
        }
        return hash.substring(0, end);
    }
}
