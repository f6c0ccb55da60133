package dev.blast.packaging;

/** The one normal form that projects, extras and groups share (PEP 503, 508, 685). */
final class Names {
    private Names() {}

    /**
     * The name in normal form.
     *
     * @throws InvalidSyntaxException if it is not letters and digits of ASCII and inner {@code . _
     *     -}
     */
    static String normalized(String name, String complaint) {
        return normalized(name, complaint, false);
    }

    /** The same, with letters and digits of every script: as file names have them. */
    static String normalizedOfFile(String name, String complaint) {
        return normalized(name, complaint, true);
    }

    private static String normalized(String name, String complaint, boolean foreign) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean edge = i == 0 || i == name.length() - 1;
            if (!isAlphanumeric(c) && !(foreign && isForeign(c)) && (edge || !isSeparator(c))) {
                throw new InvalidSyntaxException(complaint, name, i);
            }
        }
        if (name.isEmpty()) {
            throw new InvalidSyntaxException(complaint, name, 0);
        }
        return folded(name);
    }

    /**
     * ASCII in lower case, with each run of separators as one hyphen; whatever else there is stays:
     * the Kelvin sign is no k.
     */
    static String folded(String name) {
        var folded = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isSeparator(c)) {
                folded.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
            } else if (i == 0 || !isSeparator(name.charAt(i - 1))) {
                folded.append('-');
            }
        }
        return folded.toString();
    }

    /**
     * A letter or digit beyond ASCII: no requirement can name it, but the file name of a wheel can
     * (PEP 427).
     */
    private static boolean isForeign(char c) {
        return c > 0x7f && Character.isLetterOrDigit(c);
    }

    static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
    }

    static boolean isSeparator(char c) {
        return c == '-' || c == '_' || c == '.';
    }
}
