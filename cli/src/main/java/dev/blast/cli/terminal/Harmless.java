package dev.blast.cli.terminal;

import dev.blast.packaging.Credentials;

/**
 * Text that may hold what others wrote (names of files and rules, metadata, what an index
 * answered), as a terminal may show it: what would steer the terminal or turn the direction of
 * writing is shown as {@code \\u001b}, which JSON reads back, and addresses come without passwords.
 * Our own colours pass.
 */
final class Harmless {
    private Harmless() {}

    static String of(String text) {
        String hidden = text.contains("://") ? Credentials.hide(text) : text;
        if (hidden.chars().noneMatch(Harmless::steers)) {
            return hidden;
        }
        var shown = new StringBuilder(hidden.length() + 16);
        for (int i = 0; i < hidden.length(); i++) {
            char c = hidden.charAt(i);
            if (steers(c) && !Palette.colours(hidden, i)) {
                shown.append("\\u%04x".formatted((int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }

    /**
     * Controls of both sets but line feed and tab, and those of bidirectional text
     * (CVE-2021-42574).
     */
    private static boolean steers(int c) {
        return (c < 0x20 && c != '\n' && c != '\t')
                || (c >= 0x7f && c <= 0x9f)
                || (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069);
    }
}
