package dev.blast.rules.trial;

/** Something in a test file that cannot be meant. */
final class CaseFlaw extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    /**
     * @param line of its place, 1 for the first
     * @param column 1 for the first
     */
    CaseFlaw(int line, int column, String message) {
        super(message, null, false, false); // a file may hold thousands
        this.line = line;
        this.column = column;
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }

    String said() {
        return String.valueOf(getMessage());
    }
}
