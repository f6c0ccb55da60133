package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.blast.cli.invocation.Exit;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From documents on disk to what check says and sync does about it. */
final class KnownHolesTest {
    @TempDir Path home;

    private final Map<String, String> variables = new HashMap<>();
    private LoopbackIndex index;
    private Path project;
    private String osv = "";

    @BeforeEach
    void aProject() throws IOException, URISyntaxException {
        index =
                new LoopbackIndex()
                        .with(
                                TestWheel.of("words", "1.0"),
                                TestWheel.of("words", "1.1"),
                                TestWheel.of("words", "2.0"),
                                TestWheel.of("greeter", "1.0", "words<1.1"));
        project = Files.createDirectories(home.resolve("shop"));
        variables.put("HOME", home.toString());
        variables.put("PATH", System.getenv("PATH"));
        variables.put("PIP_INDEX_URL", index.url());
        variables.put("PIP_CONFIG_FILE", "/dev/null");
        osv =
                Path.of(Objects.requireNonNull(KnownHolesTest.class.getResource("osv")).toURI())
                        .toString();
        ask("words==1.0");
        done("start");
        ask("words");
    }

    @AfterEach
    void noIndex() {
        index.close();
    }

    @Test
    void checkNamesTheHoleAndTheSecureStrategyMendsIt() throws IOException {
        assertThat(blast("check").out()).doesNotContain("advisories");
        assertThat(blast("check", "--explain").out())
                .contains("no holes are known here: blast advisories update");
        Cli.Said update = done("advisories", "update", "--from", osv);
        assertThat(update.out())
                .startsWith(
                        "4 advisories from %s (1 withdrawn): 2 holes in 1 package, the newest of 2025-02-02\n  that is "
                                .formatted(osv));
        Golden.check("e2e-check-holes.txt", advisories(blast("check", "--explain").out()));
        assertThat(blast("check", "--json").out())
                .contains("\"subject\" : \"advisories\"")
                .contains("words 1.0: CVE-2025-0001 (GHSA-wwww-rrrr-dddd, PYSEC-2025-1), high");
        assertThat(done("sync", "--strategy", "secure").out()).contains("1.1");
        assertThat(advisories(blast("check", "--explain").out()))
                .contains("no known holes in 2 packages");
    }

    @Test
    void whatExcludesTheMendedVersionIsNamed() throws IOException {
        done("advisories", "update", "--from", osv);
        ask("words<1.1", "greeter");
        done("sync");
        assertThat(blast("check", "--explain").out())
                .contains(
                        "mended in 1.1, which is not allowed: pyproject.toml:5 asks for words<1.1; greeter 1.0 needs words<1.1")
                .doesNotContain("--strategy secure");
    }

    /** No strategy chooses a version of what nothing asks for. */
    @Test
    void whatNothingAsksForIsNotMendedByAStrategy() throws IOException {
        Files.writeString(
                home.resolve("pip.json"),
                """
                {"id": "PYSEC-2030-1", "modified": "2025-02-02T00:00:00Z",
                 "affected": [{"package": {"ecosystem": "PyPI", "name": "pip"},
                  "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "999"}]}]}]}
                """);
        done("advisories", "update", "--from", home.resolve("pip.json").toString());
        assertThat(advisories(blast("check").out()))
                .contains(
                        "ask for pip>=999 in the project, then blast sync: nothing asks for pip, and sync leaves it as it is")
                .doesNotContain("--strategy secure");
        done("advisories", "update", "--from", osv);
        ask();
        assertThat(advisories(blast("check").out()))
                .contains("blast sync takes words away: nothing asks for it")
                .doesNotContain("--strategy secure");
        done("sync");
        assertThat(advisories(blast("check").out())).contains("no known holes in 1 package");
    }

    @Test
    void aRuleOfAFileThatIsTrustedSetsAHoleAside() throws IOException {
        done("advisories", "update", "--from", osv);
        Path rules = Files.createDirectories(project.resolve("policies"));
        Files.writeString(
                rules.resolve("own.drl"),
                """
                rule "not reachable"
                    @reason("we count no words")
                when
                    Advisory( name == "words", mended == false, severity != CRITICAL )
                then
                    ignore();
                end
                """);
        assertThat(done("sync", "--strategy", "secure").out()).contains("1.1");
        done("trust");
        assertThat(done("sync", "--strategy", "secure", "--upgrade").out()).contains("2.0");
        assertThat(advisories(blast("check", "--explain").out()))
                .contains(
                        "no known hole counts in 2 packages; set aside: CVE-2025-0002 of words (we count no words);")
                .contains(
                        "set aside: words 2.0: CVE-2025-0002 (PYSEC-2025-2), medium; rule \"not reachable\" policies/own.drl:1: we count no words");
    }

    @Test
    void whatBecomesKnownIsLookedAtByTheNextSync() throws IOException {
        Path rules = Files.createDirectories(project.resolve("policies"));
        Files.writeString(
                rules.resolve("own.drl"),
                """
                rule "no holes"
                when
                    Candidate( advisories != null, $ids : advisories )
                then
                    deny( "it has ${$ids}" );
                end

                rule "new releases wait, unless they mend a hole"
                when
                    Candidate( mendsAdvisory == false, installed == false )
                then
                    hold( "let others try it" );
                end
                """);
        done("sync");
        assertThat(done("sync").out()).contains("nothing to do");
        done("advisories", "update", "--from", osv);
        assertThat(done("sync").out()).contains("1.1");
    }

    @Test
    void theRulesWarnOfAVersionWithHoles() {
        done("advisories", "update", "--from", osv);
        Cli.Said said = blast("check", "--explain", "package", "words==2.0");
        assertThat(said.out())
                .contains("warning    rule \"versions with known holes\"")
                .contains("known holes: CVE-2025-0002");
    }

    @Test
    void updatesComeFromAnAddressToo() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/PyPI/all.zip",
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    try (OutputStream body = exchange.getResponseBody()) {
                        zip(body);
                    }
                });
        server.start();
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        try {
            variables.put("BLAST_ADVISORIES", address + "/PyPI/all.zip");
            assertThat(done("advisories", "update").out())
                    .startsWith("4 advisories from " + address + "/PyPI/all.zip (1 withdrawn)");
            variables.put("BLAST_ADVISORIES", address + "/nowhere.zip");
            Cli.Said gone = blast("advisories", "update");
            assertThat(gone.exit()).isEqualTo(Exit.FINDINGS.code());
            assertThat(gone.err()).contains("nowhere.zip is not there (404)");
        } finally {
            server.stop(0);
        }
        assertThat(blast("check").out()).contains("words 1.0 has CVE-2025-0001, mended in 1.1");
        try (Stream<Path> left = Files.list(home.resolve(".cache/blast/advisories"))) {
            assertThat(left.map(Path::getFileName).map(Path::toString).sorted())
                    .hasSize(2)
                    .contains("current");
        }
    }

    @Test
    void nobodyIsAskedWhoWasNotNamed() {
        Cli.Said said = blast("advisories", "update");
        assertThat(said.exit()).isEqualTo(Exit.USAGE.code());
        assertThat(said.err())
                .contains("nobody says where advisories come from")
                .contains("--from names a file, a folder or an address; BLAST_ADVISORIES does so");
    }

    /** The lines of one subject; ages vary. */
    private String advisories(String check) {
        List<String> lines = check.lines().toList();
        var found = new StringBuilder();
        boolean inside = false;
        for (String line : lines) {
            boolean further = line.startsWith("          ");
            inside = line.contains("  advisories  ") || (inside && further);
            if (inside) {
                found.append(line.replaceAll("[0-9,]+ days old", "N days old")).append('\n');
            }
        }
        return found.toString();
    }

    private void zip(OutputStream out) throws IOException {
        try (var zip = new ZipOutputStream(out);
                Stream<Path> files = Files.list(Path.of(osv))) {
            for (Path file : files.sorted().toList()) {
                zip.putNextEntry(new ZipEntry(file.getFileName().toString()));
                zip.write(Files.readAllBytes(file));
                zip.closeEntry();
            }
        }
    }

    private void ask(String... requirements) throws IOException {
        Files.writeString(
                project.resolve("pyproject.toml"),
                "[project]\nname = \"shop\"\nversion = \"1\"\ndependencies = [\n  \"%s\",\n]\n"
                        .formatted(String.join("\",\n  \"", requirements))
                        .replace("  \"\",\n", ""));
    }

    private Cli.Said done(String... argv) {
        Cli.Said said = blast(argv);
        assertThat(said.exit()).as("%s%s", said.out(), said.err()).isZero();
        return said;
    }

    private Cli.Said blast(String... argv) {
        Cli.Said said = new Cli(project, variables).run(argv);
        assertThat(said.exit()).as("%s%s", said.out(), said.err()).isNotEqualTo(Exit.BUG.code());
        return said;
    }
}
