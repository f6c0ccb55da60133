package dev.blast.environment.change;

import dev.blast.environment.Cause;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Lines;
import dev.blast.environment.install.OrdinaryFile;
import dev.blast.environment.sync.Fingerprint;
import dev.blast.environment.sync.SyncOptions;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the last committed change left in an environment: one small text file, {@code
 * .blast/applied}, replaced whole by the transaction that changed the packages. A prompt, {@code
 * list} and a sync with nothing to do read only this, not the history.
 *
 * @param name the environment's name
 * @param generation number of the last change, from 1
 * @param python the interpreter's version, such as {@code 3.12.1}
 * @param interpreter the base interpreter's executable
 * @param sitePackages relative to the environment
 * @param inputs the files and folders that the change followed from, for {@link Fingerprint}
 * @param options how it was asked for ({@link SyncOptions#identity})
 * @param fingerprint over inputs and options; equal means that nothing could come out differently.
 *     Empty where something else can change the answer: time, since the strategy does not keep what
 *     is there, or variables that a requirements file names
 * @param policy revision of the policy in force, or empty
 * @param strategies what the change followed, the whole sync's first; empty after everything was
 *     taken away
 * @param lifted holds on versions that are there
 * @param distributions names of the dist-info folders that we left in site-packages, sorted
 * @param folders that packages were built from, as they were then, a line each
 */
public record Applied(
        String name,
        int generation,
        Instant time,
        String python,
        Path interpreter,
        String sitePackages,
        List<Path> inputs,
        String options,
        String fingerprint,
        String policy,
        List<FollowedStrategy> strategies,
        List<LiftedHold> lifted,
        List<String> distributions,
        List<String> folders) {
    private static final String FORMAT = "applied-1";

    public Applied {
        inputs = List.copyOf(inputs);
        strategies = List.copyOf(strategies);
        lifted = List.copyOf(lifted);
        distributions = List.copyOf(distributions);
        folders = List.copyOf(folders);
    }

    /** The same after everything was taken away by this change. */
    public Applied emptied(Generation generation) {
        return new Applied(
                name,
                generation.number(),
                generation.time(),
                python,
                interpreter,
                sitePackages,
                inputs,
                options,
                "",
                policy,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /** The same as another change left it. */
    public Applied as(Generation generation) {
        return new Applied(
                name,
                generation.number(),
                generation.time(),
                python,
                interpreter,
                sitePackages,
                inputs,
                options,
                fingerprint,
                policy,
                strategies,
                lifted,
                distributions,
                folders);
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException where it did not
     */
    public static Applied parse(String text) {
        return parse(Lines.parse(text));
    }

    /** What is kept in the environment's folder; empty before the first change. */
    public static Optional<Applied> of(Environment environment) throws EnvironmentException {
        return read(file(environment));
    }

    /** The same; empty too where it is not what Blast wrote, for those who do without. */
    public static Optional<Applied> left(Environment environment) {
        try {
            return of(environment);
        } catch (EnvironmentException _) {
            return Optional.empty();
        }
    }

    public static Path file(Environment environment) {
        return environment.folder().resolve("applied");
    }

    static Optional<Applied> read(Path file) throws EnvironmentException {
        String text;
        try {
            text = OrdinaryFile.text(file);
        } catch (CharacterCodingException e) {
            throw new EnvironmentException(
                    Message.of(
                            "%s is not what Blast wrote: it is not text in UTF-8\nblast sync --force writes it anew",
                            file),
                    e);
        } catch (IOException e) {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            throw new EnvironmentException(
                    Message.of(
                            "cannot read %s: %s\nblast sync --force writes it anew",
                            file, Cause.of(e, file)),
                    e);
        }
        try {
            return Optional.of(parse(text));
        } catch (RuntimeException e) {
            throw new EnvironmentException(
                    Message.of(
                            "%s is not what Blast wrote: %s\nblast sync --force writes it anew",
                            file, e.getMessage()),
                    e);
        }
    }

    private static Applied parse(Lines lines) {
        if (!lines.one("format").equals(FORMAT)) {
            throw new IllegalArgumentException(
                    "format '%s' is of another Blast".formatted(lines.one("format")));
        }
        return new Applied(
                lines.one("name"),
                Integer.parseInt(lines.one("generation")),
                Instant.parse(lines.one("time")),
                lines.one("python"),
                Path.of(lines.one("interpreter")),
                lines.one("site-packages"),
                lines.all("input").stream().map(Path::of).toList(),
                lines.one("options"),
                lines.one("fingerprint"),
                lines.one("policy"),
                lines.all("strategy").stream().map(FollowedStrategy::parse).toList(),
                lines.all("lifted").stream().map(LiftedHold::parse).toList(),
                lines.all("distribution"),
                lines.all("folder"));
    }

    public String text() {
        var lines =
                new Lines.Writer()
                        .add("format", FORMAT)
                        .add("name", name)
                        .add("generation", Integer.toString(generation))
                        .add("time", time.toString())
                        .add("python", python)
                        .add("interpreter", interpreter.toString())
                        .add("site-packages", sitePackages)
                        .add("options", options)
                        .add("fingerprint", fingerprint)
                        .add("policy", policy);
        strategies.forEach(strategy -> lines.add("strategy", strategy.line()));
        lifted.forEach(hold -> lines.add("lifted", hold.line()));
        inputs.forEach(input -> lines.add("input", input.toString()));
        distributions.forEach(folder -> lines.add("distribution", folder));
        folders.forEach(folder -> lines.add("folder", folder));
        return lines.text();
    }
}
