package dev.blast.environment.change;

import dev.blast.environment.Lines;
import dev.blast.environment.tree.Tree;
import dev.blast.environment.tree.TreeEntry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a generation left, as far as it takes to come back to it. What files hold is the store's to
 * keep.
 *
 * @param applied text of {@link Applied}; empty where Blast had not changed the environment
 * @param lock text of the lock file; empty where there was none
 * @param edits files of the project that it changed, with what they held before and after
 * @param notedNanos when the tree was noted, in nanoseconds since 1970: what has a later ctime may
 *     hold something else since
 */
public record Restorable(
        Tree tree,
        Optional<String> applied,
        Optional<String> lock,
        List<FileEdit> edits,
        long notedNanos) {
    /** Nothing is there. */
    public static final Restorable NOTHING =
            new Restorable(Tree.EMPTY, Optional.empty(), Optional.empty(), List.of(), 0);

    private static final String EDIT = "edit";

    public Restorable {
        edits = List.copyOf(edits);
    }

    /** An edit of a file of the project. */
    public static final class FileEdit {
        /** No text in Base64. */
        private static final String NONE = "-";

        private final Path file;
        private final byte @Nullable [] before;
        private final byte[] after;

        FileEdit(Path file, byte @Nullable [] before, byte[] after) {
            this.file = file;
            this.before = before == null ? null : before.clone();
            this.after = after.clone();
        }

        /** Relative to the project's folder. */
        public Path file() {
            return file;
        }

        /** What it held; empty where it was not there. */
        public Optional<byte[]> before() {
            return Optional.ofNullable(before).map(byte[]::clone);
        }

        /** What it holds since. */
        public byte[] after() {
            return after.clone();
        }

        private String line() {
            Base64.Encoder base64 = Base64.getEncoder();
            return (before == null ? NONE : base64.encodeToString(before))
                    + " "
                    + base64.encodeToString(after)
                    + " "
                    + file;
        }

        private static FileEdit parse(String line) {
            String[] words = line.split(" ", 3);
            Base64.Decoder base64 = Base64.getDecoder();
            return new FileEdit(
                    Path.of(words[2]),
                    words[0].equals(NONE) ? null : base64.decode(words[0]),
                    base64.decode(words[1]));
        }
    }

    /** As it lies in a database: {@link #text} in gzip. */
    byte[] packed() {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no disk in this
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #packed} wrote.
     *
     * @throws IllegalArgumentException where it did not
     */
    static Restorable unpacked(byte[] bytes) {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return parse(new String(gzip.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalArgumentException("not what was packed: " + e.getMessage(), e);
        }
    }

    String text() {
        var lines = new Lines.Writer();
        applied.ifPresent(it -> lines.add("applied", it));
        lock.ifPresent(it -> lines.add("lock", it));
        edits.forEach(it -> lines.add(EDIT, it.line()));
        lines.add("noted", Long.toString(notedNanos));
        tree.entries().forEach(it -> lines.add("entry", it.line()));
        return lines.text();
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException where it did not
     */
    static Restorable parse(String text) {
        Lines lines = Lines.parse(text);
        return new Restorable(
                Tree.of(lines.all("entry").stream().map(TreeEntry::parse).toList()),
                lines.all("applied").stream().findFirst(),
                lines.all("lock").stream().findFirst(),
                lines.all(EDIT).stream().map(FileEdit::parse).toList(),
                Long.parseLong(lines.one("noted")));
    }
}
