package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.cli.invocation.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was refused is asked about afterwards, by its id, and a comparison of policies knows it. */
final class KeptDecisionsTest extends ShopFixture {
    private static final Pattern ID = Pattern.compile("blast check --explain '(#[0-9a-f]{4,8})'");
    private static final String ALLOWS =
            "rule \"read by us\" when StartupHook( distribution == \"tracing\" ) then allow(); end\n";

    KeptDecisionsTest() {
        super(
                TestWheel.of("words", "1.0"),
                TestWheel.of("tracing", "2.4").holding("tracing.pth", "import tracing\n"));
    }

    @BeforeEach
    void anEnvironment() throws IOException {
        ask("words");
        done("sync");
        ask("tracing==2.4");
    }

    private String refused() {
        Matcher id = ID.matcher(blast("sync").err());
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    @Test
    void whatASyncRefusedIsExplainedLaterAndAskedAgain() throws IOException {
        String id = refused();
        Cli.Said then = blast("check", "--explain", id);
        assertThat(then.exit()).isEqualTo(1);
        assertThat(then.out())
                .startsWith("decision " + id)
                .contains("from blast sync\nDENIED", "tracing.pth", "\ntoday the same:\nDENIED")
                .contains("to allow   add to policies/startup.drl");
        rules(project.resolve("policies"), ALLOWS);
        done("trust");
        Cli.Said now = blast("check", "--explain", id, "--json");
        assertThat(now.exit()).isZero();
        assertThat(now.out())
                .contains(
                        "\"verdict\" : \"ALLOWED\"", "\"same\" : false", "\"by\" : \"blast sync\"");
        assertThat(blast("check", "--explain", id).out())
                .contains("\ntoday otherwise:\nALLOWED", "rule \"read by us\" policies/own.drl:1");
    }

    @Test
    void whatWasAskedIsWhatIsComparedFirst() throws IOException {
        refused();
        blast("check", "--explain", "connect", "api.example:443");
        rules(
                project.resolve("policies"),
                ALLOWS
                        + "rule \"ours\" when Connection( host glob \"*.example\" ) then allow(); end\n");
        assertThat(done("policy", "diff").out())
                .contains(
                        "(asked by blast sync)",
                        "api.example",
                        "(asked by blast check --explain connect api.example:443)");
        assertThat(blast("trust").out()).contains("(asked by blast sync)");
    }

    @Test
    void theyAreTheUsersAloneAndNotMoreThanSo() throws IOException {
        blast("check", "--explain", "connect", "api.example:443");
        Path one = kept().getFirst();
        for (int more = 0; more < 305; more++) {
            Path old = Files.writeString(one.resolveSibling("%08x".formatted(more)), "half");
            Files.setLastModifiedTime(old, FileTime.fromMillis(more));
        }
        blast("check", "--explain", "connect", "api.example:80");
        List<Path> files = kept();
        assertThat(files).hasSize(300).contains(one);
        Path folder = files.getFirst().getParent();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(blast("check", "--explain", "#00000130").err())
                .contains("no decision #00000130 is kept of this environment");
    }

    @Test
    void whatIsNoIdIsSaid() {
        for (String word : List.of("#", "#12", "#xyzw", "#123456789", "#../../..")) {
            Cli.Said said = blast("check", "--explain", word);
            assertThat(said.exit()).isEqualTo(Exit.USAGE.code());
            assertThat(said.err()).contains("is no id of a decision", "'#a41f'");
        }
        Cli.Said as = blast("check", "--explain", "#a41f", "--as", "sh");
        assertThat(as.exit()).isEqualTo(Exit.USAGE.code());
        assertThat(as.err()).contains("asked again as who asked then");
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> all = Files.walk(home.resolve(".local/share/blast/environments"))) {
            return all.filter(it -> it.toString().contains("/decisions/")).toList();
        }
    }
}
