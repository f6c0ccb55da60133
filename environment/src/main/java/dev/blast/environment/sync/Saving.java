package dev.blast.environment.sync;

import dev.blast.environment.Caller;
import dev.blast.environment.Cause;
import dev.blast.environment.Directories;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.Disk;
import dev.blast.environment.change.Dossier;
import dev.blast.environment.change.Generation;
import dev.blast.environment.change.History;
import dev.blast.environment.change.Patience;
import dev.blast.environment.change.Recovery;
import dev.blast.environment.change.Snapshot;
import dev.blast.environment.change.Transaction;
import dev.blast.environment.change.WriterLock;
import dev.blast.environment.install.RefusedFilesException;
import dev.blast.environment.install.Store;
import dev.blast.environment.install.TravelledPackages;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.interpreter.InterpreterRequest;
import dev.blast.environment.interpreter.InterpreterSearch;
import dev.blast.environment.interpreter.Interpreters;
import dev.blast.environment.saves.Save;
import dev.blast.environment.saves.SaveName;
import dev.blast.environment.saves.SavedPython;
import dev.blast.environment.saves.Saves;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what an environment is under a name, or writes it into a file with all that it holds. The
 * environment is not changed. One at a time for each object.
 */
public final class Saving {
    private final Directories directories;
    private final Store store;
    private final Interpreters interpreters;
    private final Caller caller;

    /**
     * @param interpreters that start nothing in the project
     */
    public Saving(Directories directories, Store store, Interpreters interpreters, Caller caller) {
        this.directories = directories;
        this.store = store;
        this.interpreters = interpreters;
        this.caller = caller;
    }

    /** What came of it. */
    public sealed interface Answer {
        /**
         * It is saved.
         *
         * @param fileBytes length of the file; 0 where there is none
         * @param found what had been made of the environment by others, now a generation
         * @param remarks what is not in it
         */
        record Saved(
                Save save,
                long fileBytes,
                Optional<Generation> found,
                Optional<String> recovered,
                List<String> remarks,
                Duration elapsed)
                implements Answer {}

        /** There is one of that name, or a file, and it stays. */
        record Taken() implements Answer {}
    }

    /**
     * Does it.
     *
     * @param file where all of it goes; empty where its name is kept, and what it holds in the
     *     store
     * @param replaces whether what is there of that name may be replaced
     * @param command as it was typed
     * @throws dev.blast.environment.change.LockedException where another command is changing the
     *     environment and the patience ends
     */
    public Answer run(
            Dossier dossier,
            String environment,
            SaveName name,
            Optional<Path> file,
            boolean replaces,
            String command,
            Patience patience)
            throws EnvironmentException {
        long began = System.nanoTime();
        var saves = new Saves(directories);
        if (file.isEmpty() && !replaces && saves.has(name)) {
            return new Answer.Taken(); // before anything is looked at
        }
        try (WriterLock _ = dossier.lock(command, patience.longest(), patience.waiting());
                History history = History.of(dossier)) {
            Recovery recovery = Recovery.of(dossier, Disk.real());
            Optional<String> recovered = recovery.recover(history);
            history.verify();
            Instant now = Instant.now();
            try (Snapshot snapshot = Snapshot.take(dossier, history, store, caller, now)) {
                Save save = save(name, now, command, environment, dossier.environment(), snapshot);
                long bytes = 0;
                List<String> remarks = List.of();
                if (file.isPresent()) {
                    try {
                        Interpreter interpreter = interpreter(dossier.environment());
                        Travelling.Luggage luggage = luggage(save, interpreter, snapshot);
                        remarks = luggage.remarks(save.packages());
                        save = save.travelling(luggage.tree(), luggage.of(save.packages()));
                        bytes = write(save, interpreter, snapshot, file.get(), replaces);
                    } catch (FileAlreadyExistsException _) {
                        return new Answer.Taken();
                    }
                } else if (!saves.add(save, replaces)) {
                    return new Answer.Taken();
                }
                return new Answer.Saved(
                        save,
                        bytes,
                        snapshot.found(),
                        recovered,
                        remarks,
                        Duration.ofNanos(System.nanoTime() - began));
            } finally {
                recovery.tidy();
            }
        }
    }

    private Save save(
            SaveName name,
            Instant now,
            String command,
            String called,
            Environment environment,
            Snapshot snapshot)
            throws EnvironmentException {
        if (snapshot.tree().isEmpty()) {
            throw new EnvironmentException(
                    Message.of("nothing is in %s that could be saved", environment.root()));
        }
        Generation generation = snapshot.generation().orElseThrow();
        Optional<Applied> applied = Applied.of(environment);
        return new Save(
                name,
                now,
                command,
                called,
                environment.root().toString(),
                SavedPython.of(interpreter(environment)),
                generation.strategy(),
                applied.map(Applied::policy).orElse(generation.policy()),
                generation.packages(),
                generation.requirements(),
                applied.map(Applied::text),
                Transaction.there(environment.lockFile()),
                snapshot.tree());
    }

    private Interpreter interpreter(Environment environment) throws EnvironmentException {
        return switch (interpreters.find(
                new InterpreterRequest.At(environment.root().resolve("bin/python")))) {
            case InterpreterSearch.Found(Interpreter found, _) -> found;
            case InterpreterSearch.NotFound none ->
                    throw new EnvironmentException(
                            Message.of(
                                    "%s cannot be saved: its interpreter does not work\n%s",
                                    environment.root(), none.message()));
        };
    }

    private static Travelling.Luggage luggage(Save save, Interpreter interpreter, Snapshot snapshot)
            throws EnvironmentException {
        try {
            return Travelling.of(save.tree(), interpreter, snapshot.contents());
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of(
                            "cannot read what is in %s: %s\nnothing was saved",
                            save.root(), Cause.of(e)),
                    e);
        }
    }

    private long write(
            Save save, Interpreter interpreter, Snapshot snapshot, Path file, boolean replaces)
            throws EnvironmentException, FileAlreadyExistsException {
        try {
            TravelledPackages.of(
                    Travelling.files(save.tree(), interpreter, snapshot.contents()),
                    interpreter.venvScheme(),
                    interpreter.standardLibrary());
            return new Saves(directories).write(save, snapshot.contents(), file, replaces);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (RefusedFilesException e) {
            throw new EnvironmentException(
                    Message.of(
                            "no file can be made of %s, since nobody would load it: %s\nwithout --file it is saved as it is, for this place alone",
                            save.root(), e.getMessage()),
                    e);
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of(
                            "cannot write %s: %s%s\nnothing was saved",
                            file, Cause.of(e, file), Cause.advice(e, file)),
                    e);
        }
    }
}
