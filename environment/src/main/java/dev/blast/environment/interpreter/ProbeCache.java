package dev.blast.environment.interpreter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What interpreters answered, one file each, by path, modification time and size of the executable
 * behind it. The running kernel is part of the key, because platform_release is part of the answer.
 * A cache that cannot be written costs time, nothing else.
 */
final class ProbeCache {
    private final Path folder;
    private final @Nullable Path foreign;

    /**
     * @param foreign what lies in this folder is not started to be asked
     */
    ProbeCache(Path folder, @Nullable Path foreign) {
        this.folder = folder;
        this.foreign = foreign;
    }

    ProbeCache startingNothingIn(Path foreign) {
        return new ProbeCache(folder, foreign);
    }

    Interpreter interpreter(Path executable) throws IOException {
        Path kept = folder.resolve(key(executable));
        try {
            return Probe.read(executable, Files.readString(kept));
        } catch (IOException _) {
            // not asked yet, or by a version of Blast that asked otherwise, or the cache cannot be
            // read: it is asked now
        }
        if (foreign != null && executable.toRealPath().startsWith(foreign.toRealPath())) {
            throw new ProbeException(
                    "lies in the project, whose programs are not started unasked; --python %s names it"
                            .formatted(executable));
        }
        String answer = Probe.ask(executable);
        Interpreter interpreter = Probe.read(executable, answer);
        keep(kept, answer);
        return interpreter;
    }

    private static String key(Path executable) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(executable, BasicFileAttributes.class);
        String what =
                String.join(
                        "\n",
                        executable.toString(),
                        attributes.lastModifiedTime().toString(),
                        Long.toString(attributes.size()),
                        System.getProperty("os.version"));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(what.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16) + ".json";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keep(Path kept, String answer) {
        try {
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(folder, ".new", null);
            Files.writeString(fresh, answer);
            Files.move(fresh, kept, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException _) {
            // read-only home, full disk: the interpreter will be asked again
        }
    }
}
