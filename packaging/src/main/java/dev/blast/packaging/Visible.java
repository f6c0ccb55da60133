package dev.blast.packaging;

/**
 * Text from elsewhere (names of files and rules, metadata, what a server answered) as visible
 * characters on one line: it can neither steer a terminal nor forge a line of Blast's own. What is
 * left is shown in the manner of JSON and Java, {@code \n} and {@code \u001b}.
 */
public final class Visible {
    private Visible() {}

    /** The text itself where all of it is visible. */
    public static String of(String text) {
        int at = firstHidden(text);
        if (at == text.length()) {
            return text;
        }
        var shown = new StringBuilder(text.length() + 16).append(text, 0, at);
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (isVisible(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(escaped(c));
            }
            at += Character.charCount(c);
        }
        return shown.toString();
    }

    private static int firstHidden(String text) {
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (!isVisible(c)) {
                return at;
            }
            at += Character.charCount(c);
        }
        return at;
    }

    /**
     * Whether a reader sees something, or a space. Not so: controls, line ends, what turns the
     * direction of writing (CVE-2021-42574) or has no width, halves of a character, and the letters
     * that Unicode gives no form (Hangul fillers, the empty Braille pattern).
     */
    public static boolean isVisible(int c) {
        if (c >= ' ' && c < 0x7f) {
            return true;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> c != 0x115f && c != 0x1160 && c != 0x3164 && c != 0xffa0 && c != 0x2800;
        };
    }

    /** One character as an escape; beyond the basic plane two, as JSON wants them. */
    public static String escaped(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> {
                var text = new StringBuilder();
                for (char unit : Character.toChars(c)) {
                    text.append("\\u%04x".formatted((int) unit));
                }
                yield text.toString();
            }
        };
    }
}
