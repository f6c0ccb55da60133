package dev.blast.index.settings;

import dev.blast.index.IndexException;
import dev.blast.index.IndexException.Kind;
import dev.blast.index.IndexLocation;
import dev.blast.index.IndexLocation.Form;
import dev.blast.index.cache.Cache;
import dev.blast.index.cache.Packer;
import dev.blast.index.cache.Unpacker;
import dev.blast.packaging.IoFailure;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The index that the pip of this machine has built in. Interpreters are asked in order; each for
 * its own pip, then for the bundle of its ensurepip. The answer is kept by the interpreter's path,
 * size and time of change, so an interpreter is started once.
 */
public final class InstalledPip implements BuiltInIndex {
    private static final long PATIENCE_SECONDS = 30;

    /** How the script says so. */
    private static final int NO_PIP = 3;

    private static final String SCRIPT = script();

    private final Iterable<Path> interpreters;
    private final Cache cache;

    /**
     * @param interpreters those that may be started, that of the environment before all others;
     *     gone through only as far as needed
     * @param cacheFolder the index cache
     */
    public InstalledPip(Iterable<Path> interpreters, Path cacheFolder) {
        this.interpreters = interpreters;
        this.cache = new Cache(cacheFolder);
    }

    @Override
    public IndexLocation location() throws IndexException {
        var tried = new LinkedHashMap<Path, String>();
        for (Path interpreter : interpreters) {
            Path entry = cache.folder("built-in").resolve(Cache.key(identity(interpreter)));
            String kept = cache.read(entry, Unpacker::text);
            if (kept != null) {
                return location(kept);
            }
            Answer answer = ask(interpreter);
            if (answer.address() != null) {
                IndexLocation location = location(answer.address());
                cache.write(entry, new Packer(128).text(answer.address()).bytes());
                return location;
            }
            tried.put(interpreter, answer.problem());
        }
        throw new IndexException(
                Kind.CONFIGURATION,
                Message.of(
                        "no package index is known: none is configured, and no pip was found to ask which one it has built in%s\nname one with --index-url, PIP_INDEX_URL or UV_DEFAULT_INDEX",
                        Message.joined(
                                tried.entrySet().stream()
                                        .map(entry ->
                                                Message.of(
                                                        "\n  %s: %s",
                                                        entry.getKey(), entry.getValue()))
                                        .toList(),
                                "")));
    }

    private static IndexLocation location(String address) throws IndexException {
        return Addresses.location(address, Form.SIMPLE, Path.of("/"));
    }

    /**
     * What changes when the interpreter does. The path is as given: a link into an environment
     * means that environment's pip.
     */
    private static String identity(Path interpreter) {
        try {
            return "%s %d %d"
                    .formatted(
                            interpreter.toAbsolutePath(),
                            Files.getLastModifiedTime(interpreter).toMillis(),
                            Files.size(interpreter));
        } catch (IOException e) {
            return interpreter.toString(); // it will fail to start, and that is said
        }
    }

    /** One of the two is there. */
    private record Answer(@Nullable String address, String problem) {}

    private static Answer ask(Path interpreter) throws IndexException {
        Process process;
        try {
            process =
                    new ProcessBuilder(interpreter.toString(), "-I", "-c", SCRIPT)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .directory(Path.of("/").toFile())
                            .start();
        } catch (IOException e) {
            return new Answer(null, "cannot be started: " + IoFailure.words(e));
        }
        try {
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Answer(null, "no answer within %d s".formatted(PATIENCE_SECONDS));
            }
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                            .strip();
            if (process.exitValue() == 0 && !said.isEmpty()) {
                return new Answer(said, "");
            }
            return new Answer(
                    null,
                    process.exitValue() == NO_PIP
                            ? "has no pip and no ensurepip"
                            : "ended with exit code " + process.exitValue());
        } catch (IOException e) {
            return new Answer(null, "is not understood: " + IoFailure.words(e));
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IndexException(
                    Kind.CONFIGURATION,
                    "interrupted while asking %s for its index".formatted(interpreter),
                    e);
        }
    }

    private static String script() {
        try (InputStream in = InstalledPip.class.getResourceAsStream("built_in_index.py")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
