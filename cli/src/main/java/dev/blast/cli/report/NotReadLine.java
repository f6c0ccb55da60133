package dev.blast.cli.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something of a project that its environment lacks, since Blast does not read it.
 *
 * @param file as people call it
 * @param line 0 where it is the whole file
 * @param text the sentence that people see
 */
public record NotReadLine(String file, int line, String text) {
    private static final Pattern PLACE = Pattern.compile("(?s)(.+?):([0-9]{1,9})");
    private static final Pattern SENTENCE =
            Pattern.compile("(?s)(?:(.+?):([0-9]{1,9}): |(.+?) is ).*");

    /** Of a sentence that begins with its place: {@code FILE:LINE: …} or {@code FILE is …}. */
    public static NotReadLine of(String sentence) {
        Matcher found = SENTENCE.matcher(sentence);
        return !found.matches()
                ? new NotReadLine("", 0, sentence)
                : found.group(3) == null
                        ? new NotReadLine(
                                found.group(1), Integer.parseInt(found.group(2)), sentence)
                        : new NotReadLine(found.group(3), 0, sentence);
    }

    /**
     * What is not read, as the reader of a document wants it.
     *
     * @param origin {@code FILE:LINE}
     */
    public static NotReadLine at(String origin, String sentence) {
        Matcher found = PLACE.matcher(origin);
        return found.matches()
                ? new NotReadLine(found.group(1), Integer.parseInt(found.group(2)), sentence)
                : new NotReadLine(origin, 0, sentence);
    }

    static JsonObject json(NotReadLine it) {
        @Nullable Long line = it.line() == 0 ? null : (long) it.line();
        return new JsonObject().with("file", it.file()).with("line", line).with("text", it.text());
    }
}
