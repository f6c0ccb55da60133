package dev.blast.packaging;

/** The name of a file that a document or an index gives, and that will be one on this machine. */
public final class FileName {
    private FileName() {}

    /** Whether it is a name and no path, whatever platform reads it, and shows as it is. */
    public static boolean isBare(String filename) {
        return foreign(filename) == filename.length();
    }

    /**
     * Requires a bare name.
     *
     * @throws InvalidSyntaxException if it holds a separator or a control character
     */
    static void requireBare(String filename) {
        if (!isBare(filename)) {
            throw new InvalidSyntaxException(
                    "a file name has no folder", filename, foreign(filename));
        }
    }

    private static int foreign(String filename) {
        for (int i = 0; i < filename.length(); i++) {
            char c = filename.charAt(i);
            if (c == '/' || c == '\\' || Character.isISOControl(c)) {
                return i;
            }
        }
        return filename.length();
    }
}
