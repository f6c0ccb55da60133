package dev.blast.packaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields at the head of METADATA, PKG-INFO or WHEEL, in the form of mail headers (RFC 822), and
 * what follows them. Read in one way or not at all: where readers differ about where a line or the
 * head itself ends, the text is refused as soon as a field depends on it.
 *
 * @param fields in the order of the file
 * @param body what follows the first empty line
 * @param problems lines that are no fields, and that nothing depends on
 */
record Headers(List<Field> fields, String body, List<String> problems) {

    /** One field; further lines of its value keep their blanks. */
    record Field(String name, String value) {}

    /** What decides about an installation, in lower case. */
    private static final Set<String> DECIDING =
            Set.of(
                    "metadata-version",
                    "name",
                    "version",
                    "requires-python",
                    "requires-dist",
                    "provides-extra",
                    "dynamic",
                    "wheel-version",
                    "root-is-purelib",
                    "tag");

    /** Whole texts are put here, old licences with their page breaks among them. */
    private static final Set<String> FREE_TEXT = Set.of("description", "license");

    /**
     * Reads a file.
     *
     * @throws InvalidSyntaxException where it could be read in more than one way
     */
    static Headers read(String text) {
        var reader = new Reader();
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            int lineEnd = end < 0 ? text.length() : end;
            if (lineEnd > at && text.charAt(lineEnd - 1) == '\r') {
                lineEnd--;
            }
            String line = text.substring(at, lineEnd);
            at = end < 0 ? text.length() : end + 1;
            if (line.isEmpty()) {
                break;
            }
            reader.line(line);
        }
        reader.finish();
        return new Headers(reader.fields, text.substring(at), reader.problems);
    }

    /** The same head as text, without the fields of one name. */
    String without(String name) {
        var text = new StringBuilder();
        for (Field field : fields) {
            if (!field.name().equalsIgnoreCase(name)) {
                text.append(field.name()).append(": ").append(field.value()).append('\n');
            }
        }
        return text.toString();
    }

    private static final class Reader {
        final List<Field> fields = new ArrayList<>();
        final List<String> problems = new ArrayList<>();
        private @Nullable String name;
        private StringBuilder value = new StringBuilder();

        void line(String line) {
            boolean continued = line.charAt(0) == ' ' || line.charAt(0) == '\t';
            int colon = continued ? -1 : line.indexOf(':');
            if (colon > 0 && isName(line, colon)) {
                finish();
                name = line.substring(0, colon);
                value = new StringBuilder(line.substring(colon + 1).strip());
                if (!problems.isEmpty() && isDeciding(name)) {
                    throw new InvalidSyntaxException(
                            "a line before this one is no field, and for others ends them",
                            shown(line),
                            0);
                }
            } else if (continued) {
                value.append('\n').append(line);
            } else {
                problems.add(
                        "'%s' is neither a field nor the continuation of one"
                                .formatted(shown(line)));
            }
            visible(line);
        }

        void finish() {
            if (name != null) {
                fields.add(new Field(name, value.toString()));
            }
        }

        private static String shown(String line) {
            return line.length() <= 100 ? line : line.substring(0, 100) + "…";
        }

        /** Visible ASCII, and no blank before the colon. */
        private static boolean isName(String line, int colon) {
            for (int i = 0; i < colon; i++) {
                if (line.charAt(i) <= ' ' || line.charAt(i) > '~') {
                    return false;
                }
            }
            return true;
        }

        private static boolean isDeciding(String name) {
            return DECIDING.contains(name.toLowerCase(Locale.ROOT));
        }

        /** Where some readers see the end of a line, or of the text, and others do not. */
        private void visible(String line) {
            for (int i = 0; i < line.length(); i++) {
                char c = line.charAt(i);
                if (c == '\t' || !(Character.isISOControl(c) || c == '\u2028' || c == '\u2029')) {
                    continue;
                }
                boolean free = name != null && FREE_TEXT.contains(name.toLowerCase(Locale.ROOT));
                String after = line.substring(i + 1);
                int colon = after.indexOf(':');
                if (!free
                        || c == '\r'
                        || c == 0
                        || (colon > 0 && isDeciding(after.substring(0, colon).strip()))) {
                    throw new InvalidSyntaxException(
                            "a control character (U+%04X) in a field".formatted((int) c),
                            shown(line),
                            i);
                }
            }
        }
    }
}
