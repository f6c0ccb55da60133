package dev.blast.rules.source;

import java.util.Comparator;

/**
 * A place between two characters of a file, as editors count: a character is a code point of
 * Unicode, whatever it takes in memory or on the screen, and a tab is one.
 *
 * @param line 1 for the first
 * @param column 1 before the first character of the line
 */
public record Position(int line, int column) implements Comparable<Position> {
    private static final Comparator<Position> ORDER =
            Comparator.comparingInt(Position::line).thenComparingInt(Position::column);

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }
}
