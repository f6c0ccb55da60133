package dev.blast.environment.ledger;

import dev.blast.environment.Cause;
import dev.blast.environment.Directories;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.Digest;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the runs of one environment tried to reach, a file each in the user's own state, for their
 * user alone: the last hundred of a month.
 */
public final class Ledgers {
    private static final int MOST_RUNS = 100;
    private static final Duration LONGEST = Duration.ofDays(30);

    private final Path folder;

    public Ledgers(Directories directories, Environment environment) {
        this.folder =
                directories
                        .state()
                        .resolve("ledgers")
                        .resolve(Digest.of(environment.root().toString()).substring(0, 16));
    }

    /**
     * Keeps a run that begins now. Nothing is written before it tries anything.
     *
     * @param command as it was typed
     * @param says a line about a proxy that does not connect
     * @param trouble told once, if it cannot be written
     */
    public RunLedger begin(
            String command,
            RefusalLines refusals,
            Consumer<String> says,
            Consumer<String> trouble) {
        return new RunLedger(this, command, refusals, new ProxyLines(says), trouble);
    }

    /** The runs that tried anything, the oldest first. */
    public List<LoggedRun> runs() throws EnvironmentException {
        var runs = new ArrayList<LoggedRun>();
        try {
            for (int number : numbers()) {
                read(number).ifPresent(runs::add);
            }
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of("cannot read %s: %s", folder, Cause.of(e, folder)), e);
        }
        return runs;
    }

    /** The number of a run that is to be written; older ones than are kept are removed. */
    int enter() throws EnvironmentException, IOException {
        Directories.createPrivate(folder);
        forget();
        forgetOthers();
        List<Integer> known = numbers();
        int number = known.isEmpty() ? 1 : known.getLast() + 1;
        while (true) {
            try {
                Files.createFile(file(number));
                return number;
            } catch (FileAlreadyExistsException e) {
                number++; // a run that begins at the same time
            }
        }
    }

    /** Replaces what is written of a run. Not made durable: it is written again soon. */
    void write(LoggedRun run) throws EnvironmentException, IOException {
        Directories.createPrivate(folder); // forgotten, where this run was silent for a month
        Path aside = folder.resolve("." + run.number());
        try {
            Files.writeString(aside, run.text());
            Files.move(aside, file(run.number()), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(aside); // half of it, where the disk is full
            throw e;
        }
    }

    Path folder() {
        return folder;
    }

    private Path file(int number) {
        return folder.resolve(Integer.toString(number));
    }

    /** The last one stays, so that no number comes again. */
    private void forget() throws IOException {
        List<Integer> numbers = numbers();
        Instant oldest = Instant.now().minus(LONGEST);
        for (int i = 0; i < numbers.size() - 1; i++) {
            Path file = file(numbers.get(i));
            boolean tooMany = i < numbers.size() - MOST_RUNS + 1;
            if (tooMany || isOlder(file, oldest)) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Environments in which nothing was tried for so long, or that are no more. */
    private void forgetOthers() {
        Instant oldest = Instant.now().minus(LONGEST);
        try (DirectoryStream<Path> all =
                Files.newDirectoryStream(folder.resolveSibling("."), Files::isDirectory)) {
            for (Path other : all) {
                if (!name(other).equals(name(folder)) && isOlder(other, oldest)) {
                    forget(other);
                }
            }
        } catch (IOException e) {
            // the next run tries again, and this one does not depend on it
        }
    }

    private static void forget(Path other) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(other)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(other);
        } catch (NoSuchFileException | DirectoryNotEmptyException _) {
            // another run forgets it too, or writes into it again
        }
    }

    private static boolean isOlder(Path file, Instant than) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(than);
        } catch (NoSuchFileException _) {
            return false; // another run forgot it meanwhile
        }
    }

    /** In ascending order. */
    private List<Integer> numbers() throws IOException {
        var numbers = new ArrayList<Integer>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder, file -> name(file).matches("[1-9][0-9]{0,8}"))) {
            files.forEach(file -> numbers.add(Integer.valueOf(name(file))));
        } catch (NoSuchFileException e) {
            return List.of();
        }
        numbers.sort(null);
        return numbers;
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    /** One that another version wrote, that is not whole or that is forgotten says nothing. */
    private Optional<LoggedRun> read(int number) throws IOException {
        try {
            return Optional.of(LoggedRun.of(number, Files.readString(file(number))));
        } catch (IllegalArgumentException
                | DateTimeException
                | CharacterCodingException
                | NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
