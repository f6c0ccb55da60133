package dev.blast.index.page;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The time of an upload (PEP 700). A page holds thousands, all but always in one form, which is
 * read without a formatter.
 */
final class UploadTime {
    /** {@code 2024-01-02T03:04:05Z}, with or without a fraction of a second. */
    private static final Pattern USUAL =
            Pattern.compile(
                    "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z");

    private UploadTime() {}

    /** Milliseconds since 1970; {@link Link#NO_TIME} for what is none. */
    static long millis(@Nullable String text) {
        if (text == null) {
            return Link.NO_TIME;
        }
        try {
            return USUAL.matcher(text).matches()
                    ? usual(text)
                    : OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) { // beyond what milliseconds hold
            return Link.NO_TIME;
        }
    }

    private static long usual(String text) {
        long day =
                LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                        .toEpochDay();
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (hour > 23 || minute > 59 || second > 59) {
            throw new DateTimeException(text);
        }
        String fraction = text.charAt(19) == '.' ? text.substring(20, text.length() - 1) : "";
        long millis = fraction.isEmpty() ? 0 : number((fraction + "00").substring(0, 3), 0, 3);
        return (((day * 24 + hour) * 60 + minute) * 60 + second) * 1000 + millis;
    }

    private static int number(String text, int begin, int end) {
        return Integer.parseInt(text, begin, end, 10);
    }
}
