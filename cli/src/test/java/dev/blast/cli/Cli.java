package dev.blast.cli;

import dev.blast.cli.terminal.Output;
import dev.blast.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs command lines in this JVM, with a world of their own, and keeps what they said. */
record Cli(Path directory, Map<String, String> environment) {

    record Said(int exit, String out, String err) {}

    static {
        System.setProperty("blast.home", System.getProperty("blast.root"));
    }

    Said run(String... argv) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int exit =
                new Main(new Output(out), new Output(err), Terminal.NONE, environment, directory)
                        .run(List.of(argv));
        return new Said(
                exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
