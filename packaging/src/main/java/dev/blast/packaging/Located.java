package dev.blast.packaging;

/**
 * A value and the line that it was read from.
 *
 * @param line from 1; 0 where it is not known
 */
public record Located<T>(T value, int line) {
    @Override
    public String toString() {
        return line == 0 ? value.toString() : value + " (line " + line + ")";
    }
}
