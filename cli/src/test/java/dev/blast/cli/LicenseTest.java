package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Licenses are read of versions that are about to be chosen, and the rules have their word then.
 */
final class LicenseTest extends ShopFixture {
    private static final String RULE =
            """
            rule "no copyleft"
            when
                Candidate( license matches "GPL.*", $license : license )
            then
                %s( "its license is ${$license}" );
            end
            """;

    LicenseTest() {
        super(
                TestWheel.of("words", "1.0").under("MIT"),
                TestWheel.of("words", "2.0").under("GPL-3.0-only"),
                TestWheel.of("words", "2.1").under("GPL-3.0-only"));
    }

    @BeforeEach
    void words() throws IOException {
        ask("words");
    }

    @Test
    void whatADeniedLicenseIsOnIsNotChosen() throws IOException {
        rules(project.resolve("policies"), RULE.formatted("deny"));
        assertThat(done("sync").out()).contains("+ words 1.0");
        assertThat(Files.readString(project.resolve("pylock.toml"))).contains("license = \"MIT\"");
        assertThat(done("check", "--explain", "package", "words==1.0").out()).contains("ALLOWED");
        Cli.Said denied = blast("check", "--explain", "package", "words==2.0");
        assertThat(denied.exit()).isEqualTo(1);
        assertThat(denied.out())
                .contains("DENIED", "its license is GPL-3.0-only", "policies/own.drl:1");
        ask("words>=2");
        Cli.Said stuck = blast("sync");
        assertThat(stuck.exit()).isEqualTo(3);
        assertThat(stuck.out() + stuck.err())
                .contains("words >=2 is forbidden: its license is GPL-3.0-only");
    }

    @Test
    void aHeldOneIsLifted() throws IOException {
        rules(project.resolve("policies"), RULE.formatted("hold"));
        assertThat(done("sync").out())
                .contains(
                        "+ words 1.0",
                        "held: 2.1 its license is GPL-3.0-only (policies/own.drl:1); blast sync --lift words==2.1");
        assertThat(done("sync", "--lift", "words==2.0").out())
                .contains("^ words 1.0 → 2.0", "hold lifted: its license is GPL-3.0-only");
        assertThat(done("sync").out()).contains("nothing to do", "hold lifted");
    }

    @Test
    void aLockWithoutLicensesIsNotEnoughForARuleThatLooksAtThem() throws IOException {
        done("sync");
        Path lock = project.resolve("pylock.toml");
        String text = Files.readString(lock);
        assertThat(text).contains("version = \"2.1\"", "license = \"GPL-3.0-only\"");
        Files.writeString(lock, text.replace("license = \"GPL-3.0-only\"\n", ""));
        assertThat(done("sync", "--frozen").out()).contains("nothing to do");
        rules(project.resolve("policies"), RULE.formatted("deny"));
        assertThat(blast("sync", "--frozen").err())
                .contains("--frozen: it does not say the license of words, and a rule looks at it");
        Files.writeString(lock, text);
        assertThat(blast("sync", "--frozen").exit()).isEqualTo(1);
        assertThat(done("sync").out()).contains("v words 2.1 → 1.0");
    }
}
