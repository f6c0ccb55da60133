package dev.blast.cli.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A sentence about a place of one of the files of a project.
 *
 * @param file as people call it
 * @param line 0 where it is the whole file
 * @param text the sentence that people see
 */
public record ProjectLine(String file, int line, String text) {
    private static final Pattern PLACE = Pattern.compile("(?s)(.+?):([0-9]{1,9})");
    private static final Pattern SENTENCE =
            Pattern.compile("(?s)(?:(.+?):([0-9]{1,9}): |(.+?) is ).*");

    /** Of a sentence that begins with its place: {@code FILE:LINE: …} or {@code FILE is …}. */
    public static ProjectLine of(String sentence) {
        Matcher found = SENTENCE.matcher(sentence);
        return !found.matches()
                ? new ProjectLine("", 0, sentence)
                : found.group(3) == null
                        ? new ProjectLine(
                                found.group(1), Integer.parseInt(found.group(2)), sentence)
                        : new ProjectLine(found.group(3), 0, sentence);
    }

    /**
     * The same, where the place is known by itself.
     *
     * @param origin {@code FILE:LINE}
     */
    public static ProjectLine at(String origin, String sentence) {
        Matcher found = PLACE.matcher(origin);
        return found.matches()
                ? new ProjectLine(found.group(1), Integer.parseInt(found.group(2)), sentence)
                : new ProjectLine(origin, 0, sentence);
    }

    static JsonObject json(ProjectLine it) {
        @Nullable Long line = it.line() == 0 ? null : (long) it.line();
        return new JsonObject().with("file", it.file()).with("line", line).with("text", it.text());
    }
}
