package dev.blast.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The language server of the distribution, as editors start it. */
final class EditorIT {
    private static final Path DIST = Path.of(System.getProperty("blast.dist"));
    private static final String BLAST = DIST.resolve("bin/blast").toString();

    @TempDir Path folder;

    @Test
    void itsLibrariesAreOnTheClassPathOfItAlone() throws IOException {
        assertThat(names("lib")).noneMatch(it -> it.contains("lsp4j") || it.contains("gson"));
        assertThat(names("lib/editor")).hasSize(3);
    }

    private static List<String> names(String of) throws IOException {
        try (Stream<Path> files = Files.list(DIST.resolve(of))) {
            return files.map(it -> it.getFileName().toString()).toList();
        }
    }

    @Test
    void stdoutHoldsTheProtocolAloneAndTheEndIsTheEditors() throws Exception {
        Process server =
                new ProcessBuilder(BLAST, "-C", folder.toString(), "policy", "lsp").start();
        String hello =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"capabilities\":{}}}";
        String garbage = "no message\r\n\r\n";
        String all =
                garbage
                        + message(hello)
                        + message("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"shutdown\"}")
                        + message("{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}");
        server.getOutputStream().write(all.getBytes(StandardCharsets.UTF_8));
        server.getOutputStream().flush();
        String out = new String(server.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isZero();
        assertThat(out).startsWith("Content-Length: ").contains("\"blast policy lsp\"");
        assertThat(out.split("Content-Length: ")).hasSize(3);
    }

    private static String message(String json) {
        return "Content-Length: %d\r\n\r\n%s".formatted(json.length(), json);
    }

    /** What the guide shows for a Neovim as old as distributions have. */
    private static String settings() throws IOException {
        return Guide.read("docs/editors.md").blocks().stream()
                .map(Guide.Block::text)
                .filter(it -> it.contains("nvim_create_autocmd"))
                .findFirst()
                .orElseThrow();
    }

    /** Neovim's own client, without a window. */
    @Test
    void neovimMarksMendsExplainsFindsAndRenames() throws Exception {
        Path neovim = Path.of("/usr/bin/nvim");
        assumeTrue(Files.isExecutable(neovim), "Neovim is not installed");
        Path project = Files.createDirectories(folder.resolve("shop/policies")).getParent();
        Files.writeString(
                project.resolve("pyproject.toml"), "[project]\nname = \"shop\"\nversion = \"1\"\n");
        Files.writeString(
                project.resolve("policies/net.drl"),
                """
                rule "our store 😀"
                when
                    Connection( hots glob "*.example", port == 443 )
                then
                  alow( );
                end
                """);
        Files.writeString(
                project.resolve("policies/net.test.toml"),
                """
                [[case]]
                name    = "fixtures"
                ask     = { Connection = { host = "eu.example", port = 443 } }
                expect  = "allow"
                because = "our store 😀"
                """);
        Path said = folder.resolve("said");
        Path scripts = Path.of(System.getProperty("blast.root"), "cli/src/test/resources/neovim");
        var command =
                new ProcessBuilder(
                        neovim.toString(),
                        "--headless",
                        "-u",
                        Files.writeString(folder.resolve("init.lua"), settings()).toString(),
                        "policies/net.drl",
                        "-c",
                        "luafile " + scripts.resolve("drive.lua"));
        command.directory(project.toFile()).redirectErrorStream(true);
        String path = DIST.resolve("bin") + ":" + System.getenv("PATH");
        command.environment().put("PATH", path);
        command.environment().put("SAID", said.toString());
        command.environment().put("HOME", folder.toString());
        Path log = folder.resolve("log");
        Process editor = command.redirectOutput(log.toFile()).start();
        boolean ended = editor.waitFor(240, TimeUnit.SECONDS);
        editor.destroyForcibly();
        assertThat(ended).as("%s", Files.readString(log)).isTrue();
        assertThat(Files.readString(said))
                .as("%s", Files.readString(log))
                .isEqualTo(
                        """
                        3:17-21 unknown field 'hots' of Connection
                        5:3-7 unknown verb 'alow'
                        Write 'host' in place of 'hots'
                        Mend all that can be mended (2)
                        **host** of Connection: a host name
                        net.drl:1
                        net.test.toml:5
                        net.drl
                        1:1-9 expected deny, came out allow
                        """);
        assertThat(project.resolve("policies/net.drl"))
                .content()
                .contains("rule \"the store\"\n", "\n    allow();\n");
        assertThat(project.resolve("policies/net.test.toml"))
                .content()
                .contains("because = \"the store\"\n");
    }
}
