package dev.blast.environment.copy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How many lines came and went; one that only moved did neither. */
public record LineCounts(int come, int gone) {

    /** Empty where one of them is no text in UTF-8. */
    static Optional<LineCounts> between(byte[] before, byte[] after) {
        var counts = new HashMap<String, Integer>();
        if (!count(before, -1, counts) || !count(after, 1, counts)) {
            return Optional.empty();
        }
        int come = 0;
        int gone = 0;
        for (int difference : counts.values()) {
            come += Math.max(0, difference);
            gone += Math.max(0, -difference);
        }
        return Optional.of(new LineCounts(come, gone));
    }

    private static boolean count(byte[] bytes, int by, Map<String, Integer> counts) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            if (text.indexOf('\0') >= 0) {
                return false;
            }
            text.lines().forEach(line -> counts.merge(line, by, Integer::sum));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }
}
