package dev.blast.cli;

import dev.blast.cli.terminal.Output;
import dev.blast.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the ways through the program that are worth having in an AOT cache, and ends as a JVM must
 * to write one. The launcher starts it after a build with a scratch folder as its argument; it asks
 * no index, and its exit code says whether all went well.
 */
final class Training {
    private Training() {}

    public static void main(String[] argv) throws IOException {
        Path scratch = Files.createDirectories(Path.of(argv[0]));
        int failed = 0;
        for (List<String> line : lines()) {
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
    private static List<List<String>> lines() {
        return List.of(
                List.of("--version"),
                List.of("--help"),
                List.of("start"),
                List.of("start"),
                List.of("sync"),
                List.of("sync", "--force"),
                List.of("list"),
                List.of("list", "--json"),
                List.of("check"),
                List.of("check", "--explain", "connect", "index.example:443"),
                List.of("check", "--explain", "read", "/etc/shadow"),
                List.of("check", "--explain", "run", "python"),
                List.of("why", "pip"),
                List.of("policy", "show"),
                List.of("trust"),
                List.of("run", "--", "python", "-c", "pass"),
                List.of("snyc"),
                List.of("clean"));
    }
}
