package dev.blast.environment.interpreter;

import dev.blast.packaging.InterpreterTraits;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Asks an interpreter about itself: starts it once, isolated ({@code -I -S}: no site-packages, no
 * variables, no current folder), with a script that prints one JSON object.
 */
final class Probe {
    /** An interpreter answers in 20 ms; a disk that has to wake up, in a few seconds. */
    private static final long PATIENCE_SECONDS = 20;

    private static final String SCRIPT = script();

    private Probe() {}

    /** Its answer, as text, so that it can be kept. */
    static String ask(Path executable) throws IOException {
        Process process;
        try {
            process =
                    new ProcessBuilder(executable.toString(), "-I", "-S", "-c", SCRIPT)
                            .redirectInput(
                                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                            .start();
        } catch (IOException e) {
            throw new ProbeException("does not start: " + reason(e));
        }
        var output = reading(process.getInputStream());
        var complaint = reading(process.getErrorStream());
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new ProbeException("did not answer within %d s".formatted(PATIENCE_SECONDS));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new ProbeException("was not waited for: interrupted");
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            String last = complaint.join().strip().lines().reduce("", (_, line) -> line);
            throw new ProbeException(
                    "exit code %d%s"
                            .formatted(process.exitValue(), last.isEmpty() ? "" : ": " + last));
        }
        return output.join();
    }

    private static CompletableFuture<String> reading(InputStream stream) {
        var text = new CompletableFuture<String>();
        Thread.ofVirtual()
                .start(() -> {
                    try (stream) {
                        text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        text.complete("");
                    }
                });
        return text;
    }

    private static String reason(IOException e) {
        String message = Objects.requireNonNullElse(e.getMessage(), e.toString());
        int text = message.lastIndexOf("error=");
        return text < 0 ? message : message.substring(message.indexOf(' ', text) + 1);
    }

    /**
     * The interpreter that an answer describes.
     *
     * @param asked the file that gave the answer
     */
    static Interpreter read(Path asked, String answer) throws IOException {
        try {
            Json json = Json.parse(answer);
            Version version = Version.parse(json.text("version"));
            var traits =
                    new InterpreterTraits(
                            json.text("implementation"),
                            version.major(),
                            version.minor(),
                            json.flag("freeThreaded"),
                            json.flag("debug"),
                            json.text("architecture"),
                            libc(json.object("libc")));
            Map<String, String> markers = new HashMap<>();
            for (String name : json.object("markers").members().keySet()) {
                markers.put(name, json.object("markers").text(name));
            }
            return new Interpreter(
                    executable(asked, json.text("executable")),
                    traits.implementation(),
                    version,
                    traits.freeThreaded(),
                    MarkerEnvironment.from(markers),
                    traits.tags(),
                    scheme(json.object("scheme"), version),
                    Path.of(json.text("stdlib")),
                    json.textOrNull("externallyManaged"),
                    json.texts("bundled").stream().map(Path::of).toList());
        } catch (IOException | IllegalArgumentException e) {
            throw new ProbeException("does not answer like an interpreter: " + e.getMessage());
        }
    }

    /**
     * A wrapper script answers with the program behind it. Otherwise the name it was found by is
     * kept: it outlives updates.
     */
    private static Path executable(Path asked, String answered) throws IOException {
        Path program = Path.of(answered);
        boolean same = Files.isExecutable(program) && Files.isSameFile(program, asked);
        return same || !Files.isExecutable(program) ? asked : program;
    }

    private static InterpreterTraits.Libc libc(Json json) throws IOException {
        return switch (json.text("family")) {
            case "glibc" ->
                    new InterpreterTraits.Libc.Glibc(json.number("major"), json.number("minor"));
            case "musl" ->
                    new InterpreterTraits.Libc.Musl(json.number("major"), json.number("minor"));
            default -> new InterpreterTraits.Libc.Other();
        };
    }

    private static Scheme scheme(Json json, Version version) throws IOException {
        return new Scheme(
                throughLib(json.text("purelib")),
                throughLib(json.text("platlib")),
                json.text("scripts"),
                "include/site/python%d.%d".formatted(version.major(), version.minor()));
    }

    /**
     * In a venv lib64 is a link to lib: one folder must have one name, or a file would be listed
     * under two.
     */
    private static String throughLib(String folder) {
        return folder.startsWith("lib64/") ? "lib/" + folder.substring("lib64/".length()) : folder;
    }

    private static String script() {
        try (InputStream stream =
                Objects.requireNonNull(Probe.class.getResourceAsStream("probe.py"), "probe.py")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
