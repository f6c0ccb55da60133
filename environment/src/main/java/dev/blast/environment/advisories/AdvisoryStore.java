package dev.blast.environment.advisories;

import dev.blast.environment.AtomicFile;
import dev.blast.environment.Cause;
import dev.blast.environment.Directories;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Lines;
import dev.blast.environment.install.OrdinaryFile;
import dev.blast.packaging.Digest;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The known holes in the user's cache: a text of holes, named by its content, and beside it a small
 * file that says which text counts. That file alone is replaced, whole, and last: an update that is
 * interrupted anywhere leaves what was there. It is also what an answer followed from, so that a
 * sync looks again when it is another.
 */
public final class AdvisoryStore {
    private static final String CURRENT = "current";
    private static final String ENDING = ".holes";
    private static final Duration FORGOTTEN = Duration.ofDays(1);

    private final Path folder;

    public AdvisoryStore(Directories directories) {
        this.folder = directories.cache().resolve("advisories");
    }

    /** Where all of it lies; it need not be there. */
    public Path folder() {
        return folder;
    }

    /** The file that is another when other holes are known; it need not be there. */
    public Path current() {
        return folder.resolve(CURRENT);
    }

    /**
     * What an update brought.
     *
     * @param documents how many were read
     * @param withdrawn how many of them their authors have taken back
     * @param unclear ranges that say nothing, since a version in them is none by PEP 440
     * @param holes one for each package that has it
     * @param newest when the newest document was written
     */
    public record Update(
            int documents, int withdrawn, int unclear, int holes, int packages, Instant newest) {

        /** Whether much may have become known since. */
        public boolean isOld(Instant now) {
            return AdvisorySet.isOld(newest, now);
        }
    }

    /** A set that is written and does not count yet. */
    record Draft(Update update, String file, String entry) {}

    /**
     * Takes the documents of a file or folder for what is known from now on.
     *
     * @param place a zip or folder of OSV's documents, or one of them
     * @throws EnvironmentException where any of them cannot be read; then nothing is changed
     */
    public Update update(Path place, Instant now) throws EnvironmentException {
        Draft draft = write(place, now);
        commit(draft);
        return draft.update();
    }

    Draft write(Path place, Instant now) throws EnvironmentException {
        List<OsvDocument> documents = OsvFiles.read(place);
        List<Hole> holes = Holes.of(documents);
        Instant newest =
                documents.stream()
                        .map(OsvDocument::modified)
                        .flatMap(Stream::ofNullable)
                        .max(Comparator.naturalOrder())
                        .filter(it -> it.isBefore(now))
                        .orElse(now);
        var text = new StringBuilder();
        holes.forEach(hole -> text.append(hole.line()).append('\n'));
        String content = text.toString();
        String file = Digest.of(content).substring(0, 16) + ENDING;
        var update =
                new Update(
                        documents.size(),
                        (int) documents.stream().filter(OsvDocument::withdrawn).count(),
                        documents.stream().mapToInt(OsvDocument::unclear).sum(),
                        holes.size(),
                        (int) holes.stream().map(Hole::name).distinct().count(),
                        newest);
        String entry =
                new Lines.Writer()
                        .add("file", file)
                        .add("crc32", checksum(content.getBytes(StandardCharsets.UTF_8)))
                        .add("newest", newest.toString())
                        .text();
        replace(folder.resolve(file), content);
        return new Draft(update, file, entry);
    }

    void commit(Draft draft) throws EnvironmentException {
        replace(current(), draft.entry());
        tidy(draft.file());
    }

    /** CRC-32 is quick in a process of some hundred milliseconds, and finds what a disk does. */
    private static String checksum(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes);
        return Long.toHexString(crc.getValue());
    }

    private static void replace(Path file, String text) throws EnvironmentException {
        try {
            AtomicFile.write(file, text);
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of(
                            "cannot write %s: %s%s",
                            file, Cause.of(e, file), Cause.advice(e, file)),
                    e);
        }
    }

    /** Those of before go when nobody can be about to read them, or to let them count. */
    private void tidy(String file) {
        try (DirectoryStream<Path> others = Files.newDirectoryStream(folder, "*" + ENDING)) {
            Instant forgotten = Instant.now().minus(FORGOTTEN);
            for (Path other : others) {
                if (!other.endsWith(file)
                        && Files.getLastModifiedTime(other).toInstant().isBefore(forgotten)) {
                    Files.deleteIfExists(other);
                }
            }
        } catch (IOException _) {
            // they take room, and the next update tries again
        }
    }

    /** What is known; empty where nobody has fetched anything. */
    public Optional<AdvisorySet> read() throws EnvironmentException {
        try {
            Lines entry = Lines.parse(OrdinaryFile.text(current()));
            byte[] holes = Files.readAllBytes(folder.resolve(entry.one("file")));
            if (!checksum(holes).equals(entry.one("crc32"))) {
                throw damaged("its text is not the one that was written", null);
            }
            return Optional.of(new AdvisorySet(holes, Instant.parse(entry.one("newest"))));
        } catch (NoSuchFileException e) {
            if (current().toString().equals(Objects.requireNonNullElse(e.getFile(), ""))) {
                return Optional.empty();
            }
            throw damaged("the text of holes is gone", e);
        } catch (IOException e) {
            throw damaged(Cause.of(e, current()), e);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw damaged(String.valueOf(e.getMessage()), e);
        }
    }

    private EnvironmentException damaged(String why, @Nullable Exception cause) {
        return new EnvironmentException(
                Message.of(
                        "cannot read the known holes in %s: %s\nblast advisories update fetches them anew; without the folder none are known",
                        folder, why),
                cause);
    }
}
