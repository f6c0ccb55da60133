package dev.blast.packaging;

import java.util.ArrayList;
import java.util.List;

/**
 * The file {@code RECORD} of an installed distribution or a wheel (PEP 376, 427, 627): one line of
 * comma-separated values for each file.
 */
public record RecordFile(List<RecordEntry> entries) {
    public RecordFile {
        entries = List.copyOf(entries);
    }

    /**
     * Reads the file.
     *
     * @throws InvalidSyntaxException if a line has not three fields, or its size is no number
     */
    public static RecordFile read(String text) {
        var entries = new ArrayList<RecordEntry>();
        var fields = new ArrayList<String>();
        int at = 0;
        while (at < text.length()) {
            int lineStart = at;
            fields.clear();
            at = line(text, at, fields);
            if (fields.size() == 1 && fields.getFirst().isEmpty()) {
                continue;
            }
            entries.add(entry(fields, text, lineStart));
        }
        return new RecordFile(entries);
    }

    /** The text of the file: as few quotes as possible, a line feed at each end. */
    public String write() {
        var text = new StringBuilder();
        for (RecordEntry entry : entries) {
            text.append(quoted(entry.path()))
                    .append(',')
                    .append(entry.hash() == null ? "" : quoted(entry.hash()))
                    .append(',')
                    .append(entry.size() == null ? "" : entry.size())
                    .append('\n');
        }
        return text.toString();
    }

    /** Reads one line into fields and returns where the next one begins. */
    private static int line(String text, int from, List<String> fields) {
        var field = new StringBuilder();
        boolean quoted = false;
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (quoted) {
                if (c != '"') {
                    field.append(c);
                } else if (at < text.length() && text.charAt(at) == '"') {
                    field.append(text.charAt(at++));
                } else {
                    quoted = false;
                }
            } else if (c == '"' && field.isEmpty()) {
                quoted = true;
            } else if (c == ',') {
                fields.add(field.toString());
                field.setLength(0);
            } else if (c == '\n' || c == '\r') {
                break;
            } else {
                field.append(c);
            }
        }
        if (quoted) {
            throw new InvalidSyntaxException("no quote closes this field of RECORD", text, from);
        }
        fields.add(field.toString());
        return at;
    }

    private static RecordEntry entry(List<String> fields, String text, int at) {
        if (fields.size() != 3 || fields.getFirst().isEmpty()) {
            throw new InvalidSyntaxException(
                    "a line of RECORD has a path, a hash and a size", text, at);
        }
        String hash = fields.get(1).isEmpty() ? null : fields.get(1);
        if (fields.get(2).isEmpty()) {
            return new RecordEntry(fields.getFirst(), hash, null);
        }
        try {
            return new RecordEntry(fields.getFirst(), hash, Long.valueOf(fields.get(2)));
        } catch (NumberFormatException e) {
            throw new InvalidSyntaxException("a size in RECORD is a number of bytes", text, at);
        }
    }

    private static String quoted(String field) {
        boolean plain =
                field.indexOf(',') < 0
                        && field.indexOf('"') < 0
                        && field.indexOf('\n') < 0
                        && field.indexOf('\r') < 0;
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
