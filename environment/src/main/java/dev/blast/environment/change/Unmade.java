package dev.blast.environment.change;

import dev.blast.environment.AtomicFile;
import dev.blast.environment.Cause;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Lines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Why an environment is not there: the answer that the last attempt to make it got. Whoever asks
 * for the environment later is told, and not sent to make it once more.
 *
 * @param command as it was typed
 * @param why the answer, a sentence each
 */
public record Unmade(Instant time, String command, List<String> why) {
    public Unmade {
        why = List.copyOf(why);
    }

    /** Empty where nobody has tried, or the last attempt got another answer than no. */
    public static Optional<Unmade> of(Dossier dossier) {
        try {
            Lines lines = Lines.parse(Files.readString(dossier.unmade()));
            return Optional.of(
                    new Unmade(
                            Instant.parse(lines.one("time")),
                            lines.one("command"),
                            lines.all("why")));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty(); // none, or one that says nothing: the next attempt will
        }
    }

    public void keep(Dossier dossier) {
        var lines = new Lines.Writer().add("time", time.toString()).add("command", command);
        why.forEach(sentence -> lines.add("why", sentence));
        try {
            AtomicFile.write(dossier.unmade(), lines.text());
        } catch (IOException e) {
            // the answer itself has been given; only who asks later hears less
        }
    }

    /** The environment has been made. */
    public static void forget(Dossier dossier) throws EnvironmentException {
        Path file = dossier.unmade();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot remove %s: %s".formatted(file, Cause.of(e, file)), e);
        }
    }
}
