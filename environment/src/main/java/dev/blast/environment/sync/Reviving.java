package dev.blast.environment.sync;

import dev.blast.environment.Caller;
import dev.blast.environment.Cause;
import dev.blast.environment.Directories;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.Disk;
import dev.blast.environment.change.Generation;
import dev.blast.environment.change.GenerationDiff;
import dev.blast.environment.change.Patience;
import dev.blast.environment.install.Contents;
import dev.blast.environment.install.InstallException;
import dev.blast.environment.install.RefusedFilesException;
import dev.blast.environment.install.Store;
import dev.blast.environment.interpreter.InterpreterSearch;
import dev.blast.environment.interpreter.Interpreters;
import dev.blast.environment.project.Project;
import dev.blast.environment.saves.RefusedSaveException;
import dev.blast.environment.saves.Save;
import dev.blast.environment.saves.SaveFile;
import dev.blast.packaging.Message;
import dev.blast.packaging.Version;
import dev.blast.rules.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Makes an environment what was saved, without an index. At the place where it was saved by this
 * user it becomes that again, file for file. Anywhere else, and from a file, what was saved is a
 * stranger's word: its packages are looked at as wheels are and put before the rules of the place,
 * and what a venv is made of is laid out anew. One at a time for each object.
 */
public final class Reviving {
    private final Tools tools;
    private final Disk disk;

    public Reviving(Tools tools) {
        this(tools, Disk.real());
    }

    /** On a disk that may stop. */
    Reviving(Tools tools, Disk disk) {
        this.tools = tools;
        this.disk = disk;
    }

    /**
     * What it works with.
     *
     * @param interpreters that start nothing in the project
     */
    public record Tools(
            Directories directories, Store store, Interpreters interpreters, Caller caller) {}

    /**
     * What is asked for.
     *
     * @param name what the environment is called
     * @param policy the rules of the place; may be empty where a save {@linkplain #comesBack comes
     *     back} to where it was, which nobody is asked about
     * @param python which interpreter is wanted; empty for one like that which it had
     * @param takesLock whether the lock of the save may replace another
     * @param command as it was typed
     */
    public record Job(
            Project project,
            Environment environment,
            String name,
            Optional<Policy> policy,
            Optional<String> python,
            boolean takesLock,
            String command,
            Patience patience) {}

    /** What came of it. */
    public sealed interface Answer {
        /**
         * It is there.
         *
         * @param found what had been made of the environment by others meanwhile, a generation now
         * @param other paths that are not as they were saved, since they name the place or the
         *     interpreter
         * @param remarks what should be known
         */
        record Done(
                Save save,
                Generation generation,
                GenerationDiff diff,
                Optional<Generation> found,
                Optional<String> recovered,
                List<String> other,
                List<String> remarks,
                Duration elapsed)
                implements Answer {}

        /** It was there already. */
        record There(Save save) implements Answer {}

        /**
         * It is for another interpreter than that which is here.
         *
         * @param here the version of the one that would be taken
         * @param platform what wheels for that one are named by
         * @param packages that were built for something else, as {@code NAME VERSION}
         */
        record Elsewhere(Save save, Version here, String platform, List<String> packages)
                implements Answer {}

        /** No interpreter is here that it could have. */
        record NoInterpreter(Save save, InterpreterSearch.NotFound search) implements Answer {}

        /** The rules of the place do not allow some of it. */
        record Refused(List<SyncResult.Refusal> refusals) implements Answer {}
    }

    /**
     * Whether a save of this user comes back to where it was, its interpreter still there.
     *
     * @param python which interpreter is wanted; empty for the one that it had
     */
    public static boolean comesBack(Save save, Environment environment, Optional<String> python) {
        return python.isEmpty() && Revival.isComingBack(save, environment);
    }

    /** Does it with a save of this user. */
    public Answer named(Save save, Job job) throws EnvironmentException {
        long began = System.nanoTime();
        return run(
                "the save '%s'".formatted(save.name()),
                job,
                () -> revive(save, Optional.empty(), job, began));
    }

    /** Does it with a file, which may be anybody's. */
    public Answer file(Path file, Job job) throws EnvironmentException {
        long began = System.nanoTime();
        return run(
                String.valueOf(file.getFileName()),
                job,
                () -> {
                    try (SaveFile opened = SaveFile.open(file)) {
                        return revive(opened.save(), Optional.of(opened), job, began);
                    }
                });
    }

    @FunctionalInterface
    private interface Attempt {
        Answer make() throws IOException, EnvironmentException;
    }

    private static Answer run(String what, Job job, Attempt attempt) throws EnvironmentException {
        try {
            return attempt.make();
        } catch (RefusedSaveException | RefusedFilesException e) {
            throw new EnvironmentException(
                    Message.of("%s is refused: %s\nnothing has been changed", what, e.getMessage()),
                    e);
        } catch (InstallException e) {
            throw new EnvironmentException(
                    Message.of(
                            "%s cannot be loaded: %s\nnothing has been changed",
                            what, e.getMessage()),
                    e);
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of(
                            "cannot load %s to %s: %s%s\nnothing has been changed",
                            what,
                            job.environment().root(),
                            Cause.of(e),
                            Cause.advice(e, job.environment().root())),
                    e);
        }
    }

    private Answer revive(Save save, Optional<SaveFile> file, Job job, long began)
            throws IOException, EnvironmentException {
        Base.requirePlace(job.environment());
        try (Contents contents =
                Contents.of(
                        tools.store(),
                        save.packages().stream().map(Generation.Installed::sha256).toList())) {
            if (file.isPresent()) {
                file.get().into(contents);
            }
            Revival revival;
            if (file.isEmpty() && comesBack(save, job.environment(), job.python())) {
                revival = Revival.back(save);
            } else {
                var arrival = new Arrival(tools, job, save, file.isPresent(), contents);
                Arrival.Outcome outcome = arrival.look();
                if (outcome instanceof Arrival.Outcome.No(Answer why)) {
                    return why;
                }
                revival = ((Arrival.Outcome.Yes) outcome).revival();
            }
            return new Placing(tools, disk, job, save, revival, contents).run(began);
        }
    }
}
