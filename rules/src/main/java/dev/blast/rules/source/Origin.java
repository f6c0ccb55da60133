package dev.blast.rules.source;

/** A place in a policy file; line and column begin at 1, or are 0 where there is no file. */
public record Origin(String file, int line, int column) implements Comparable<Origin> {

    @Override
    public int compareTo(Origin other) {
        int byFile = file.compareTo(other.file);
        int byLine = Integer.compare(line, other.line);
        return byFile != 0 ? byFile : byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line;
    }
}
