package dev.blast.environment.interpreter;

import dev.blast.packaging.Hashes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What interpreters answered, one file each, in the user's data: that an interpreter was started
 * once, because a person named it or because of where it stands, is what makes it known later. The
 * key is the file itself (device, inode, change time, size), which nobody can set back. Where
 * nothing can be written, each is asked again.
 */
final class KnownInterpreters {
    private static final int WRITABLE_BY_OTHERS = 022;

    private final Path folder;

    KnownInterpreters(Path folder) {
        this.folder = folder;
    }

    /**
     * The interpreter, if it was asked before and is the same file still.
     *
     * @param executable what it is called now
     */
    Optional<Interpreter> known(Path executable) throws IOException {
        Path kept = folder.resolve(key(executable));
        try {
            return isOurs(folder) && isOurs(kept)
                    ? Optional.of(Probe.read(executable, Files.readString(kept)))
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty(); // not asked yet, or by a Blast that asked otherwise
        }
    }

    /** The same without reading what it answered. */
    boolean isKnown(Path executable) throws IOException {
        Path kept = folder.resolve(key(executable));
        return Files.exists(kept) && isOurs(folder) && isOurs(kept);
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
        keep(folder.resolve(before), answer);
        String program = key(interpreter.executable()); // another one behind a wrapper
        if (!program.equals(before)) {
            keep(folder.resolve(program), answer);
        }
        return interpreter;
    }

    /** Root may be at work with somebody else's variables. */
    private static boolean isOurs(Path file) throws IOException {
        Map<String, Object> attributes =
                Files.readAttributes(file, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
        return Processes.own().equals(attributes.get("uid"))
                && ((int) Objects.requireNonNull(attributes.get("mode")) & WRITABLE_BY_OTHERS) == 0;
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

    private void keep(Path kept, String answer) {
        try {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            Path fresh = Files.createTempFile(folder, ".new", null);
            Files.writeString(fresh, answer);
            Files.move(fresh, kept, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException _) {
            // read-only home, full disk: the interpreter will be asked again
        }
    }
}
