package dev.blast.environment.install;

import dev.blast.packaging.InvalidSyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RECORD as text: comma separated values, quoted where needed, three to a line. */
final class RecordText {
    private RecordText() {}

    /** One line: hash as "sha256=…", null where there is none; size null where there is none. */
    record Line(String path, @Nullable String hash, @Nullable Long sizeBytes) {}

    static List<Line> parse(String text) {
        List<Line> lines = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            fields.clear();
            at = line(text, at, fields);
            if (fields.size() == 1 && fields.getFirst().isEmpty()) {
                continue;
            }
            if (fields.size() > 3) {
                throw new InvalidSyntaxException("a line has more than three fields", text, at);
            }
            lines.add(new Line(fields.getFirst(), field(fields, 1), size(fields, text, at)));
        }
        return lines;
    }

    private static int line(String text, int from, List<String> fields) {
        int at = from;
        while (true) {
            if (at < text.length() && text.charAt(at) == '"') {
                var field = new StringBuilder();
                at++;
                while (true) {
                    int quote = text.indexOf('"', at);
                    if (quote < 0) {
                        throw new InvalidSyntaxException("a quote is not closed", text, at);
                    }
                    field.append(text, at, quote);
                    at = quote + 1;
                    if (at >= text.length() || text.charAt(at) != '"') {
                        break;
                    }
                    field.append('"');
                    at++;
                }
                fields.add(field.toString());
            } else {
                int end = at;
                while (end < text.length() && ",\r\n".indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                fields.add(text.substring(at, end));
                at = end;
            }
            if (at >= text.length()) {
                return at;
            }
            char separator = text.charAt(at++);
            if (separator == '\r' && at < text.length() && text.charAt(at) == '\n') {
                return at + 1;
            }
            if (separator == '\n' || separator == '\r') {
                return at;
            }
            if (separator != ',') {
                throw new InvalidSyntaxException("something follows a closing quote", text, at - 1);
            }
        }
    }

    private static @Nullable String field(List<String> fields, int index) {
        return index < fields.size() && !fields.get(index).isEmpty() ? fields.get(index) : null;
    }

    private static @Nullable Long size(List<String> fields, String text, int at) {
        String field = field(fields, 2);
        try {
            return field == null ? null : Long.valueOf(field);
        } catch (NumberFormatException _) {
            throw new InvalidSyntaxException("a size is not a number: " + field, text, at);
        }
    }

    static void append(StringBuilder text, String path, @Nullable String hash, @Nullable Long sizeBytes) {
        boolean quoted = path.indexOf(',') >= 0 || path.indexOf('"') >= 0 || path.indexOf('\n') >= 0;
        text.append(quoted ? '"' + path.replace("\"", "\"\"") + '"' : path);
        text.append(',').append(hash == null ? "" : hash);
        text.append(',').append(sizeBytes == null ? "" : sizeBytes).append('\n');
    }
}
