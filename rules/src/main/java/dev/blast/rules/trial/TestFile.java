package dev.blast.rules.trial;

/**
 * A {@code .test.toml} file: cases for the policy file of the same name beside it.
 *
 * @param displayPath how people call it: {@code policies/network.test.toml}
 * @param beside reads the files that its cases name
 */
public record TestFile(String displayPath, String text, Beside beside) {
    /** Characters; a lock file of a large project has fewer. */
    static final int MAX_LOCK = 4 * 1024 * 1024;

    /** Characters. */
    static final int MAX_CASES = 512 * 1024;

    /** Of brackets; those in texts count too. */
    private static final int MAX_DEPTH = 64;

    /** Reads a file by its path from the folder of the test file. */
    public interface Beside {
        /** No file may be named. */
        Beside NOTHING =
                path -> {
                    throw new IllegalArgumentException("no file can be read here: " + path);
                };

        /**
         * The text of a file.
         *
         * @throws IllegalArgumentException where it cannot be read
         */
        String read(String path);
    }

    /** Cases that name no files. */
    public TestFile(String displayPath, String text) {
        this(displayPath, text, Beside.NOTHING);
    }

    /** The policy file that its cases are about. */
    public String policy() {
        return displayPath.replaceFirst("\\.test\\.toml$", ".drl");
    }

    /** How people call the cases for a policy file. */
    public static String beside(String policy) {
        return policy.replaceFirst("(\\.drl)?$", ".test.toml");
    }

    /** What the parser of TOML, which recurses, is not given; empty where it is. */
    static String heavy(String text, int most) {
        if (text.length() > most) {
            return "longer than %,d characters".formatted(most);
        }
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
            if (depth > MAX_DEPTH) {
                return "brackets nested more than %d deep".formatted(MAX_DEPTH);
            }
        }
        return "";
    }
}
