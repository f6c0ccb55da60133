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
     * @param modifiedNanos of what was there
     * @param sizeBytes of that
     */
    record Take(Path path, int slot, long number, long modifiedNanos, long sizeBytes)
            implements KeepStep {}

    /**
     * An empty folder goes; one that somebody has put something in stays.
     *
     * @param permissions that it had, as the bits of chmod(2)
     */
    record TakeFolder(Path path, int permissions) implements KeepStep {}

    /**
     * An empty folder that waits in a slot comes where none is.
     *
     * @param number its inode's
     */
    record PlaceFolder(Path path, int slot, long number) implements KeepStep {}

    /**
     * What waits in a slot comes where nothing is.
     *
     * @param number its inode's
     * @param newModifiedNanos of it
     * @param newSizeBytes of it
     */
    record Place(Path path, int slot, long number, long newModifiedNanos, long newSizeBytes)
            implements KeepStep {}

    /**
     * What waits in a slot and what is there change places.
     *
     * @param number of what comes
     * @param newModifiedNanos of that
     * @param newSizeBytes of that
     * @param before of what was there
     * @param modifiedNanos of that
     * @param sizeBytes of that
     */
    record Replace(
            Path path,
            int slot,
            long number,
            long newModifiedNanos,
            long newSizeBytes,
            long before,
            long modifiedNanos,
            long sizeBytes)
            implements KeepStep {}

    /** In one line. */
    default String line() {
        String place = Lines.escaped(path().toString());
        return switch (this) {
            case Take(Path _, int slot, long number, long modified, long size) ->
                    "take %d %d %d %d %s".formatted(slot, number, modified, size, place);
            case TakeFolder(Path _, int permissions) -> "take-folder " + permissions + " " + place;
            case PlaceFolder(Path _, int slot, long number) ->
                    "place-folder " + slot + " " + number + " " + place;
            case Place(Path _, int slot, long number, long modified, long size) ->
                    "place %d %d %d %d %s".formatted(slot, number, modified, size, place);
            case Replace replace ->
                    "replace %d %d %d %d %d %d %d %s"
                            .formatted(
                                    replace.slot(),
                                    replace.number(),
                                    replace.newModifiedNanos(),
                                    replace.newSizeBytes(),
                                    replace.before(),
                                    replace.modifiedNanos(),
                                    replace.sizeBytes(),
                                    place);
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
                    case "take-folder" -> 1;
                    case "place-folder" -> 2;
                    case "take", "place" -> 4;
                    case "replace" -> 7;
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
            case "take" ->
                    new Take(
                            path,
                            Integer.parseInt(words[1]),
                            Long.parseLong(words[2]),
                            Long.parseLong(words[3]),
                            Long.parseLong(words[4]));
            case "take-folder" -> new TakeFolder(path, Integer.parseInt(words[1]));
            case "place" ->
                    new Place(
                            path,
                            Integer.parseInt(words[1]),
                            Long.parseLong(words[2]),
                            Long.parseLong(words[3]),
                            Long.parseLong(words[4]));
            case "place-folder" ->
                    new PlaceFolder(path, Integer.parseInt(words[1]), Long.parseLong(words[2]));
            default ->
                    new Replace(
                            path,
                            Integer.parseInt(words[1]),
                            Long.parseLong(words[2]),
                            Long.parseLong(words[3]),
                            Long.parseLong(words[4]),
                            Long.parseLong(words[5]),
                            Long.parseLong(words[6]),
                            Long.parseLong(words[7]));
        };
    }
}
