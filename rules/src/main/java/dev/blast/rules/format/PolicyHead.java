package dev.blast.rules.format;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the first comment of a policy file says of it as a whole: what it does, and behind words of
 * their own who wants it, what has to be made one's own, and what it does not protect from.
 *
 * @param gist what it does; of a file without a comment empty, as are the others where they are not
 *     said
 */
public record PolicyHead(String gist, String wantedBy, String change, String leavesOpen) {
    private static final String COMMENT = "//";
    private static final String GIST = "";
    private static final String WANTED_BY = "Wanted by: ";
    private static final String CHANGE = "Change: ";
    private static final String LEAVES_OPEN = "Leaves open: ";

    /** The head of a policy file. */
    public static PolicyHead of(String text) {
        List<String> lines =
                text.lines()
                        .dropWhile(line -> !line.startsWith(COMMENT))
                        .takeWhile(line -> line.startsWith(COMMENT))
                        .map(line -> line.substring(COMMENT.length()).strip())
                        .toList();
        Map<String, String> parts = new LinkedHashMap<>();
        String part = GIST;
        for (String line : lines) {
            String label = label(line);
            part = label.isEmpty() ? part : label;
            parts.merge(
                    part, line.substring(label.length()), (before, more) -> before + " " + more);
        }
        return new PolicyHead(
                parts.getOrDefault(GIST, ""),
                parts.getOrDefault(WANTED_BY, ""),
                parts.getOrDefault(CHANGE, ""),
                parts.getOrDefault(LEAVES_OPEN, ""));
    }

    private static String label(String line) {
        return List.of(WANTED_BY, CHANGE, LEAVES_OPEN).stream()
                .filter(line::startsWith)
                .findFirst()
                .orElse("");
    }

    /** The first sentence of what it does, or half of one. */
    public String summary() {
        int end = gist.indexOf(". ");
        return end < 0 ? gist : gist.substring(0, end + 1);
    }
}
