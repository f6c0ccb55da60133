package dev.blast.environment.interpreter;

import dev.blast.packaging.Hashes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What interpreters answered, one file each, in the user's data: that an interpreter was started
 * once, because a person named it or because of where it stands, is what makes it known later. The
 * key is the file itself (device, inode, change time, size), which nobody can set back. Where
 * nothing can be written, each is asked again.
 */
final class KnownInterpreters {
    private static final int MOST = 10_000;

    private final KeptAnswers answers;

    KnownInterpreters(Path folder) {
        this.answers = new KeptAnswers(folder, MOST);
    }

    /**
     * The interpreter, if it was asked before and is the same file still.
     *
     * @param executable what it is called now
     */
    Optional<Interpreter> known(Path executable) throws IOException {
        Optional<String> kept = answers.read(key(executable));
        try {
            return kept.isPresent()
                    ? Optional.of(Probe.read(executable, kept.get()))
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty(); // by a Blast that asked otherwise
        }
    }

    /** The same without reading what it answered. */
    boolean isKnown(Path executable) throws IOException {
        return answers.has(key(executable));
    }

    /**
     * Starts it, and keeps what it answers.
     *
     * @throws ProbeException where it does not answer, or became another file meanwhile
     */
    Interpreter ask(Path executable) throws IOException {
        String before = key(executable);
        String answer = Probe.ask(executable);
        Interpreter interpreter = Probe.read(executable, answer);
        if (!key(executable).equals(before)) {
            throw new ProbeException("was replaced while it was asked; try again");
        }
        answers.write(before, answer);
        String program = key(interpreter.executable()); // another one behind a wrapper
        if (!program.equals(before)) {
            answers.write(program, answer);
        }
        return interpreter;
    }

    private static String key(Path executable) throws IOException {
        Path file = executable.toRealPath();
        Map<String, Object> identity = Files.readAttributes(file, "unix:dev,ino,ctime,size");
        String what =
                String.join(
                        "\n",
                        file.toString(),
                        String.valueOf(identity.get("dev")),
                        String.valueOf(identity.get("ino")),
                        String.valueOf(identity.get("ctime")),
                        String.valueOf(identity.get("size")));
        return Hashes.hex("sha256", what.getBytes(StandardCharsets.UTF_8)).substring(0, 32)
                + ".json";
    }
}
