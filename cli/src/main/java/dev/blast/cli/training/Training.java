package dev.blast.cli.training;

import dev.blast.cli.Main;
import dev.blast.cli.invocation.Exit;
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
 * no index but its own, and its exit code says whether all went well. In a folder where it has run
 * before it can be given a second argument: {@code confined} runs only what judges and confines,
 * without an index, and {@code light} only what should answer at once.
 */
final class Training {
    private static final String CONFINED = "confined";
    private static final String LIGHT = "light";

    private static final String BARE = "[project]\nname = 'training'\nversion = '1'\n";

    private static final String PROJECT =
            BARE
                    + """
                    requires-python = '>=3.9'
                    dependencies = ['example']

                    [dependency-groups]
                    dev = [{ include-group = 'test' }]
                    test = ['other; python_version > "3"']
                    """;

    private static final String RULES =
            """
            package training

            rule "no old packages"
            when
                Candidate( name == "needed", version < "1" )
            then
                deny( "made before the first release" );
            end

            rule "the index"
                @reason("packages come from there")
            when
                Connection( host glob "*.index.example", port == 443 )
            then
                allow();
            end
            """;

    private static final String ADVISORY =
            """
            {
              "id": "PYSEC-2025-1",
              "aliases": ["CVE-2025-0001"],
              "published": "2025-01-01T00:00:00Z",
              "modified": "2025-01-01T00:00:00Z",
              "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"}],
              "affected": [{
                "package": {"ecosystem": "PyPI", "name": "needed"},
                "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "0.9"}]}],
                "versions": ["0.8"]
              }]
            }
            """;

    /** To an address that is nobody's (RFC 5737), and which no rule allows. */
    private static final String CONNECTS =
            """
            import socket
            try:
                socket.create_connection(("192.0.2.1", 443))
            except OSError:
                pass
            """;

    private static final List<String> UPDATE =
            List.of("advisories", "update", "--from", "osv.json");

    private Training() {}

    public static void main(String[] argv) throws IOException {
        Path scratch = Files.createDirectories(Path.of(argv[0]));
        Files.writeString(scratch.resolve("pyproject.toml"), BARE);
        Files.writeString(scratch.resolve("osv.json"), ADVISORY);
        Path resolved = scratch.resolveSibling("resolved");
        boolean wentWell =
                switch (argv.length == 1 ? "" : argv[1]) {
                    case LIGHT -> run(light(), scratch);
                    case CONFINED -> run(confined(), scratch) && run(confined(), resolved);
                    default -> run(everything(), scratch) && resolve(resolved);
                };
        System.exit(wentWell ? 0 : 1);
    }

    private static boolean run(List<List<String>> lines, Path folder) {
        boolean wentWell = true;
        for (List<String> line : lines) {
            var said = new ByteArrayOutputStream();
            var output = new Output(said);
            int code = new Main(output, output, Terminal.NONE, System.getenv(), folder).run(line);
            System.out.println(code + " blast " + String.join(" ", line));
            if (code == Exit.BUG.code()) {
                wentWell = false;
                System.out.print(said.toString(StandardCharsets.UTF_8));
            }
        }
        return wentWell;
    }

    /** A project with rules and requirements of its own: resolved, installed, installed again. */
    private static boolean resolve(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("policies"));
        Files.writeString(folder.resolve("pyproject.toml"), PROJECT);
        Files.writeString(folder.resolve("policies/training.drl"), RULES);
        TrainingIndex.loadSecureTransport();
        try (var index = new TrainingIndex()) {
            var dryRun = List.of("sync", "--dry-run", "--index-url", index.url());
            var sync = List.of("sync", "--index-url", index.url());
            var light =
                    List.of("sync", "--dry-run", "--strategy", LIGHT, "--index-url", index.url());
            boolean resolved = run(List.of(light, dryRun, dryRun, sync, sync), folder);
            Path made = folder.resolve(".venv");
            if (Files.exists(made)) { // not where there is no Python
                Files.move(made, folder.resolveSibling("removed"));
            }
            return run(
                            List.of(
                                    sync,
                                    List.of("sync"),
                                    List.of("check"),
                                    List.of("why", "needed"),
                                    List.of("run", "--", "true")),
                            folder)
                    && resolved;
        }
    }

    /**
     * An environment without requirements needs no index, and yet goes through almost everything.
     */
    private static List<List<String>> everything() {
        var lines = new ArrayList<List<String>>();
        lines.add(List.of("start"));
        lines.add(List.of("start"));
        lines.add(List.of("sync", "--force"));
        lines.add(List.of("why", "pip"));
        lines.addAll(confined());
        lines.addAll(light());
        return lines;
    }

    /** What asks the rules and no index. */
    private static List<List<String>> confined() {
        return List.of(
                UPDATE,
                List.of("check"),
                List.of("check", "--explain", "connect", "index.example:443"),
                List.of("check", "--explain", "read", "/etc/shadow"),
                List.of("check", "--explain", "run", "python"),
                List.of("policy", "show"),
                List.of("trust"),
                List.of("run", "--", "true"),
                List.of("run", "--", "python", "-c", CONNECTS),
                List.of("save", "trained", "--overwrite"),
                List.of("save", "trained", "--overwrite", "--file", "trained.blast"),
                List.of("clean"),
                List.of("load", "trained"),
                List.of("clean"),
                List.of("load", "trained.blast"));
    }

    /** What should answer at once. A cache that holds more takes longer to open. */
    private static List<List<String>> light() {
        return List.of(
                List.of("--version"), List.of("list"), List.of("list", "--json"), List.of("snyc"));
    }
}
