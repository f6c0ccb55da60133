package dev.blast.environment.change;

import dev.blast.environment.Lines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What a transaction has set out to do and whether it is decided: {@code journal} in the {@link
 * Dossier}, append-only, each line with its CRC-32C before it.
 *
 * <pre>
 * begin ID GENERATION
 * remove SLOT KEEP PATH     each rename, in order
 * place PATH
 * edit SLOT PATH            each file of the project that gets other content, after the renames
 * publish SLOT PATH         each file to be written outside the packages once the change is decided
 * planned                   durable before the first rename
 * commit                    durable after the last: from here on the change has happened
 * </pre>
 *
 * Reading stops at the first line that is not whole. Without {@code planned} nothing has been
 * renamed; without {@code commit} the renames are to be undone; with it only finishing is left.
 * There is at most one journal, and it is removed <em>before</em> the staging folder: without its
 * private names a step's state could not be read any more.
 */
record Journal(
        String id,
        int generation,
        List<Rename> steps,
        List<Edit> edits,
        List<Publication> publications,
        boolean planned,
        boolean committed) {
    private static final String PLANNED = "planned";
    private static final String COMMIT = "commit";

    Journal {
        steps = List.copyOf(steps);
        edits = List.copyOf(edits);
        publications = List.copyOf(publications);
    }

    /**
     * A file whose text waits beside the journal until the change is decided; {@code target} is
     * absolute.
     */
    record Publication(int slot, Path target) {}

    /**
     * A file below the project's folder, whose content before and after waits beside the journal;
     * {@code file} is relative to that folder.
     */
    record Edit(int slot, Path file) {}

    /** The lines up to and with {@code planned}. */
    byte[] plan() {
        var text = new StringBuilder();
        line(text, "begin " + id + " " + generation);
        for (Rename step : steps) {
            line(
                    text,
                    switch (step) {
                        case Rename.Remove(String path, int slot, boolean keep) ->
                                "remove "
                                        + slot
                                        + " "
                                        + (keep ? "keep" : "drop")
                                        + " "
                                        + Lines.escaped(path);
                        case Rename.Place(String path) -> "place " + Lines.escaped(path);
                    });
        }
        for (Edit edit : edits) {
            line(text, "edit " + edit.slot() + " " + Lines.escaped(edit.file().toString()));
        }
        for (Publication publication : publications) {
            line(
                    text,
                    "publish "
                            + publication.slot()
                            + " "
                            + Lines.escaped(publication.target().toString()));
        }
        line(text, PLANNED);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static byte[] commit() {
        var text = new StringBuilder();
        line(text, COMMIT);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void line(StringBuilder text, String payload) {
        text.append(checksum(payload)).append(' ').append(payload).append('\n');
    }

    private static String checksum(String payload) {
        var crc = new CRC32C();
        crc.update(payload.getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(crc.getValue());
    }

    /** Empty where there is none, or where not even its first line is whole. */
    static Optional<Journal> read(Path file) throws IOException {
        String text;
        try {
            text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        String id = "";
        int generation = 0;
        var steps = new ArrayList<Rename>();
        var edits = new ArrayList<Edit>();
        var publications = new ArrayList<Publication>();
        boolean planned = false;
        boolean committed = false;
        int start = 0;
        for (int end; (end = text.indexOf('\n', start)) >= 0; start = end + 1) {
            int space = text.indexOf(' ', start);
            if (space < 0 || space > end) {
                break;
            }
            String payload = text.substring(space + 1, end);
            if (!text.substring(start, space).equals(checksum(payload))) {
                break;
            }
            String[] words = payload.split(" ", 4);
            try {
                switch (words[0]) {
                    case "begin" -> {
                        id = words[1];
                        generation = Integer.parseInt(words[2]);
                    }
                    case "remove" ->
                            steps.add(
                                    new Rename.Remove(
                                            Lines.unescaped(words[3]),
                                            Integer.parseInt(words[1]),
                                            words[2].equals("keep")));
                    case "place" ->
                            steps.add(
                                    new Rename.Place(
                                            Lines.unescaped(payload.substring("place ".length()))));
                    case "edit" ->
                            edits.add(
                                    new Edit(
                                            Integer.parseInt(words[1]),
                                            Path.of(Lines.unescaped(payload.split(" ", 3)[2]))));
                    case "publish" ->
                            publications.add(
                                    new Publication(
                                            Integer.parseInt(words[1]),
                                            Path.of(Lines.unescaped(payload.split(" ", 3)[2]))));
                    case PLANNED -> planned = true;
                    case COMMIT -> committed = true;
                    default ->
                            throw new IOException(
                                    "the journal %s was written by another Blast: '%s' is not known here"
                                            .formatted(file, words[0]));
                }
            } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
                throw new IOException(
                        "the journal %s has a line that no Blast writes: '%s'"
                                .formatted(file, payload),
                        e);
            }
        }
        return id.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Journal(
                                id, generation, steps, edits, publications, planned, committed));
    }
}
