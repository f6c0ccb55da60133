package dev.blast.environment.interpreter;

import dev.blast.packaging.InterpreterTraits;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.packaging.WheelName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Asks an interpreter about itself: starts it once, isolated ({@code -I -S}: no site-packages, no
 * variables, no current folder), in no folder of anybody's, with a script that prints one JSON
 * object.
 */
final class Probe {
    /** An interpreter answers in 20 ms; a disk that has to wake up, in a few seconds. */
    private static final long PATIENCE_SECONDS = 20;

    private static final long LAST_WORDS_SECONDS = 5;

    /** Ours has some 3 KB; EXTERNALLY-MANAGED is part of it. */
    private static final int LONGEST_ANSWER_BYTES = 1 << 20;

    private static final Version PIP_ALONE = Version.parse("3.12.dev0");
    private static final String SCRIPT = script();

    private Probe() {}

    /** Its answer, as text, so that it can be kept. */
    static String ask(Path executable) throws IOException {
        Process process;
        try {
            var builder =
                    new ProcessBuilder(executable.toString(), "-I", "-S", "-c", SCRIPT)
                            .redirectInput(
                                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            // a shim asks the folder that it is started in which program to start
            builder.directory(Path.of("/").toFile()).environment().put("PWD", "/");
            process = builder.start();
        } catch (IOException e) {
            throw new ProbeException("does not start: " + reason(e));
        }
        var output = reading(process.getInputStream());
        var complaint = reading(process.getErrorStream());
        await(process);
        if (process.exitValue() != 0) {
            String last = text(complaint).strip().lines().reduce("", (_, line) -> line);
            throw new ProbeException(
                    "exit code %d%s"
                            .formatted(process.exitValue(), last.isEmpty() ? "" : ": " + last));
        }
        return text(output);
    }

    /**
     * A process that has ended must not be destroyed: that would close its streams before they have
     * been read.
     */
    private static void await(Process process) throws ProbeException {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new ProbeException("did not answer within %d s".formatted(PATIENCE_SECONDS));
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new ProbeException("was not waited for: interrupted");
        }
    }

    /**
     * What was read of a process that has ended; nothing where one that it left behind holds the
     * stream.
     */
    private static String text(CompletableFuture<String> reading) {
        return reading.completeOnTimeout("", LAST_WORDS_SECONDS, TimeUnit.SECONDS).join();
    }

    private static CompletableFuture<String> reading(InputStream stream) {
        var text = new CompletableFuture<String>();
        Thread.ofVirtual()
                .start(() -> {
                    try (stream) {
                        byte[] bytes = stream.readNBytes(LONGEST_ANSWER_BYTES);
                        text.complete(new String(bytes, StandardCharsets.UTF_8));
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
            JsonFields json = JsonFields.parse(answer);
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
            var markers = new HashMap<String, String>();
            for (String name : json.object("markers").members().keySet()) {
                markers.put(name, json.object("markers").text(name));
            }
            markers.put("platform_release", kernel("osrelease")); // an answer outlives a kernel
            markers.put("platform_version", kernel("version"));
            Path prefix = real(Path.of(json.text("basePrefix")));
            return new Interpreter(
                    within(prefix, executable(asked, json.text("executable"))),
                    traits.implementation(),
                    version,
                    traits.freeThreaded(),
                    MarkerEnvironment.from(markers),
                    traits.tags(),
                    scheme(json.object("scheme"), version),
                    prefix,
                    real(Path.of(json.text("stdlib"))),
                    json.textOrNull("externallyManaged"),
                    bundled(json.texts("bundled"), version));
        } catch (IOException | IllegalArgumentException e) {
            throw new ProbeException("does not answer like an interpreter: " + e.getMessage());
        }
    }

    private static String kernel(String what) throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel", what)).strip();
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

    /** A sandbox shows the folder an interpreter is installed in, not the links that lead there. */
    private static Path within(Path prefix, Path executable) throws IOException {
        Path folder = real(Objects.requireNonNull(executable.toAbsolutePath().getParent()));
        Path named = folder.resolve(executable.getFileName());
        return folder.startsWith(prefix) || !Files.exists(executable)
                ? named
                : executable.toRealPath();
    }

    private static Path real(Path path) throws IOException {
        return Files.exists(path) ? path.toRealPath() : path;
    }

    /** The newest wheel of each project; since Python 3.12 a venv gets pip alone. */
    private static List<Path> bundled(List<String> paths, Version version) {
        var newest = new TreeMap<PackageName, Path>();
        for (String path : paths) {
            Path wheel = Path.of(path);
            WheelName name = WheelName.parse(wheel.getFileName().toString());
            boolean wanted =
                    name.name().normalized().equals("pip") || version.compareTo(PIP_ALONE) < 0;
            if (wanted) {
                newest.merge(name.name(), wheel, Probe::newer);
            }
        }
        return List.copyOf(newest.values());
    }

    private static Path newer(Path one, Path other) {
        Version first = WheelName.parse(one.getFileName().toString()).version();
        return first.compareTo(WheelName.parse(other.getFileName().toString()).version()) >= 0
                ? one
                : other;
    }

    private static InterpreterTraits.Libc libc(JsonFields json) throws IOException {
        return switch (json.text("family")) {
            case "glibc" ->
                    new InterpreterTraits.Libc.Glibc(json.number("major"), json.number("minor"));
            case "musl" ->
                    new InterpreterTraits.Libc.Musl(json.number("major"), json.number("minor"));
            default -> new InterpreterTraits.Libc.Other();
        };
    }

    private static Scheme scheme(JsonFields json, Version version) throws IOException {
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
