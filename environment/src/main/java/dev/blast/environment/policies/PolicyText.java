package dev.blast.environment.policies;

import dev.blast.environment.Cause;
import dev.blast.environment.EnvironmentException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a policy, or the tests beside it: UTF-8, with or without a byte order mark, of a size that
 * a person could have written. One for the files of one layer.
 */
public final class PolicyText {
    /** What the rules take is an eighth of it. */
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    private long left = MAX_BYTES;

    /**
     * The text without a byte order mark.
     *
     * @throws EnvironmentException where it cannot be read, or is not UTF-8, with the place
     */
    public String read(Path file) throws EnvironmentException {
        if (Files.exists(file) && !Files.isRegularFile(file)) { // a FIFO would never end
            throw new EnvironmentException(
                    "the policy %s is no ordinary file: remove it, or put a file there"
                            .formatted(file));
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes((int) Math.max(0, left) + 1);
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot read the policy %s: %s".formatted(file, Cause.of(e, file)), e);
        }
        left -= bytes.length;
        if (left < 0) {
            throw new EnvironmentException(
                    "with the policy %s those of its folder are larger than %d MiB: nothing else belongs there"
                            .formatted(file, MAX_BYTES >> 20));
        }
        return decoded(bytes, file);
    }

    static String decoded(byte[] bytes, Path file) throws EnvironmentException {
        String other = otherEncoding(bytes);
        if (!other.isEmpty()) {
            throw new EnvironmentException(
                    "the policy %s is %s, by the mark at its beginning: save it as UTF-8"
                            .formatted(file, other));
        }
        int mark = startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder(); // reports what it cannot read
        ByteBuffer in = ByteBuffer.wrap(bytes, mark, bytes.length - mark);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isUnderflow()) {
            result = decoder.flush(out);
        }
        String text = out.flip().toString();
        if (result.isError()) {
            String line = text.substring(text.lastIndexOf('\n') + 1);
            throw new EnvironmentException(
                    "the policy %s is not UTF-8 at line %d, column %d: save it as UTF-8"
                            .formatted(
                                    file,
                                    text.chars().filter(c -> c == '\n').count() + 1,
                                    line.length() + 1));
        }
        return text;
    }

    /** Empty where no mark says so. */
    private static String otherEncoding(byte[] bytes) {
        if (startsWith(bytes, 0xFF, 0xFE, 0, 0) || startsWith(bytes, 0, 0, 0xFE, 0xFF)) {
            return "UTF-32";
        }
        return startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF) ? "UTF-16" : "";
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        if (bytes.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((bytes[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
