package dev.blast.packaging;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Digests by the names that Python's hashlib gives them. */
public final class Hashes {
    /**
     * From strong to weak; those that Java has. md5 and sha1 are listed by old indexes and catch
     * accidents only.
     */
    private static final Map<String, String> JAVA_NAMES = new LinkedHashMap<>();

    static {
        JAVA_NAMES.put("sha512", "SHA-512");
        JAVA_NAMES.put("sha3_512", "SHA3-512");
        JAVA_NAMES.put("sha384", "SHA-384");
        JAVA_NAMES.put("sha3_384", "SHA3-384");
        JAVA_NAMES.put("sha256", "SHA-256");
        JAVA_NAMES.put("sha3_256", "SHA3-256");
        JAVA_NAMES.put("sha224", "SHA-224");
        JAVA_NAMES.put("sha1", "SHA-1");
        JAVA_NAMES.put("md5", "MD5");
    }

    private Hashes() {}

    /** Whether a value can be one; of algorithms that nobody here knows, anything can. */
    public static boolean isPossible(String algorithm, String hex) {
        return !isKnown(algorithm)
                || (hex.length() == 2 * digest(algorithm).getDigestLength()
                        && hex.chars().allMatch(HexFormat::isHexDigit));
    }

    /** Whether one of them tells a file from every other; md5 and sha1 do not. */
    public static boolean isStrong(Map<String, String> hashes) {
        return hashes.containsKey("sha256")
                || strongest(hashes)
                        .filter(name -> !name.equals("md5") && !name.equals("sha1"))
                        .isPresent();
    }

    public static boolean isKnown(String algorithm) {
        return JAVA_NAMES.containsKey(algorithm);
    }

    /** The strongest that an index gave, if Java knows any of them. */
    public static Optional<String> strongest(Map<String, String> hashes) {
        return JAVA_NAMES.keySet().stream().filter(hashes::containsKey).findFirst();
    }

    /** The digest of bytes in lower-case hex. */
    public static String hex(String algorithm, byte[] bytes) {
        return HexFormat.of().formatHex(digest(algorithm).digest(bytes));
    }

    public static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(JAVA_NAMES.getOrDefault(algorithm, algorithm));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // all in the table are part of every JDK
        }
    }
}
