package dev.blast.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Programs started as a shell starts them, with an environment that holds nothing but what is said.
 *
 * @param folder the current folder
 * @param environment every variable there is
 */
record Shell(Path folder, Map<String, String> environment) {
    /** How a program ended, and what it wrote. */
    record Ended(int status, String out, String err) {}

    /** A program that runs; its output goes to files, so that nothing waits for a reader. */
    record Running(Process process, Path out, Path err) {
        Ended ended() throws IOException, InterruptedException {
            if (!process.waitFor(300, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running; so far it wrote " + Files.readString(err));
            }
            var ended =
                    new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return ended;
        }
    }

    Shell with(String name, String value) {
        var more = new HashMap<>(environment);
        more.put(name, value);
        return new Shell(folder, more);
    }

    Shell without(String name) {
        var fewer = new HashMap<>(environment);
        fewer.remove(name);
        return new Shell(folder, fewer);
    }

    Shell in(Path elsewhere) {
        return new Shell(elsewhere, environment);
    }

    Ended run(String... command) throws IOException, InterruptedException {
        return start(command).ended();
    }

    Running start(String... command) throws IOException {
        Path out = Files.createTempFile("out", ".txt");
        Path err = Files.createTempFile("err", ".txt");
        var builder = new ProcessBuilder(List.of(command)).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new Running(
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start(), out, err);
    }

    /** Waits until {@code file} is there: programs tell each other by files how far they are. */
    static void await(Path file) throws InterruptedException {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60); ; ) {
            if (Files.exists(file)) {
                return;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("never came: " + file);
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    static void script(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!file.toFile().setExecutable(true)) {
            throw new AssertionError("cannot be made executable: " + file);
        }
    }
}
