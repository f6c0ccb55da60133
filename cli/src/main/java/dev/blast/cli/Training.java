package dev.blast.cli;

import dev.blast.cli.terminal.Output;
import dev.blast.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the ways through the program that are worth having in an AOT cache, and ends as a JVM must
 * to write one. The launcher starts it after a build with a scratch folder as its argument; it asks
 * no index, and its exit code says whether all went well. With {@code light} as a second argument,
 * in a folder where it has run before, it runs only what should answer at once.
 */
final class Training {
    private static final String LIGHT = "light";

    private Training() {}

    public static void main(String[] argv) throws IOException {
        Path scratch = Files.createDirectories(Path.of(argv[0]));
        int failed = 0;
        for (List<String> line : List.of(argv).contains(LIGHT) ? light() : everything()) {
            var said = new ByteArrayOutputStream();
            var output = new Output(said);
            int code = new Main(output, output, Terminal.NONE, System.getenv(), scratch).run(line);
            System.out.println(code + " blast " + String.join(" ", line));
            if (code == Exit.BUG.code()) {
                failed++;
                System.out.print(said.toString(StandardCharsets.UTF_8));
            }
        }
        System.exit(failed == 0 ? 0 : 1);
    }

    /**
     * An environment without requirements needs no index, and yet goes through almost everything.
     */
    private static List<List<String>> everything() {
        var lines = new ArrayList<List<String>>();
        lines.add(List.of("start"));
        lines.add(List.of("start"));
        lines.add(List.of("sync", "--force"));
        lines.add(List.of("check"));
        lines.add(List.of("check", "--explain", "connect", "index.example:443"));
        lines.add(List.of("check", "--explain", "read", "/etc/shadow"));
        lines.add(List.of("check", "--explain", "run", "python"));
        lines.add(List.of("why", "pip"));
        lines.add(List.of("policy", "show"));
        lines.add(List.of("trust"));
        lines.add(List.of("run", "--", "python", "-c", "pass"));
        lines.addAll(light());
        return lines;
    }

    /** What should answer at once. A cache that holds more takes longer to open. */
    private static List<List<String>> light() {
        return List.of(
                List.of("--version"),
                List.of("list"),
                List.of("list", "--json"),
                List.of("sync"),
                List.of("snyc"));
    }
}
