package dev.blast.index;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A user name and a password (or token) for HTTP Basic. Its text form shows neither, so it cannot
 * slip into a message.
 */
public record Credentials(String user, String password) {

    /** The value of an {@code Authorization} header (RFC 7617). */
    public String authorization() {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String toString() {
        return "Credentials[***]";
    }
}
