package dev.blast.environment.copy;

import dev.blast.environment.Lines;
import java.nio.file.Path;

/**
 * One step by which changes come into a folder. Each can be repeated and taken back: how far it has
 * come is read off the disk, by the number of what lies where.
 */
sealed interface KeepStep {
    Path path();

    /**
     * What is there goes aside.
     *
     * @param slot where it waits
     * @param number its inode's
     */
    record Take(Path path, int slot, long number) implements KeepStep {}

    /** An empty folder goes; one that somebody has put something in stays. */
    record TakeFolder(Path path) implements KeepStep {}

    /** A folder comes. */
    record MakeFolder(Path path) implements KeepStep {}

    /**
     * What waits in a slot comes where nothing is.
     *
     * @param number its inode's
     */
    record Place(Path path, int slot, long number) implements KeepStep {}

    /**
     * What waits in a slot and what is there change places.
     *
     * @param number of what comes
     * @param before of what was there
     * @param modifiedNanos of that
     * @param sizeBytes of that
     */
    record Replace(
            Path path, int slot, long number, long before, long modifiedNanos, long sizeBytes)
            implements KeepStep {}

    /** In one line. */
    default String line() {
        String place = Lines.escaped(path().toString());
        return switch (this) {
            case Take(Path _, int slot, long number) -> "take " + slot + " " + number + " " + place;
            case TakeFolder _ -> "take-folder " + place;
            case MakeFolder _ -> "make-folder " + place;
            case Place(Path _, int slot, long number) ->
                    "place " + slot + " " + number + " " + place;
            case Replace(Path _, int slot, long number, long before, long modified, long size) ->
                    "replace %d %d %d %d %d %s"
                            .formatted(slot, number, before, modified, size, place);
        };
    }

    /**
     * Reads what {@link #line} wrote.
     *
     * @throws IllegalArgumentException where it did not
     */
    static KeepStep parse(String line) {
        String kind = line.substring(0, Math.max(0, line.indexOf(' ')));
        int numbers =
                switch (kind) {
                    case "take", "place" -> 2;
                    case "take-folder", "make-folder" -> 0;
                    case "replace" -> 5;
                    default ->
                            throw new IllegalArgumentException(
                                    "'%s' is no step".formatted(Lines.escaped(line)));
                };
        String[] words = line.split(" ", numbers + 2);
        if (words.length != numbers + 2) {
            throw new IllegalArgumentException("'%s' is not whole".formatted(Lines.escaped(line)));
        }
        Path path = Path.of(Lines.unescaped(words[numbers + 1]));
        return switch (kind) {
            case "take" -> new Take(path, Integer.parseInt(words[1]), Long.parseLong(words[2]));
            case "place" -> new Place(path, Integer.parseInt(words[1]), Long.parseLong(words[2]));
            case "take-folder" -> new TakeFolder(path);
            case "make-folder" -> new MakeFolder(path);
            default ->
                    new Replace(
                            path,
                            Integer.parseInt(words[1]),
                            Long.parseLong(words[2]),
                            Long.parseLong(words[3]),
                            Long.parseLong(words[4]),
                            Long.parseLong(words[5]));
        };
    }
}
