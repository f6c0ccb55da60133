package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What policies of the cookbook say of files, in syncs: another version is looked for where it
 * might do, and where none does the rule is named.
 */
final class RefusedFilesTest extends ShopFixture {
    RefusedFilesTest() {
        super(
                Stream.concat(
                                Stream.of(
                                        TestWheel.of("words", "1.0"),
                                        TestWheel.of("words", "2.0"),
                                        TestWheel.of("words", "3.0")
                                                .tagged("py3-none-linux_x86_64"),
                                        TestWheel.of("acme-tracing", "2.4.1")
                                                .holding(
                                                        "acme_tracing.pth",
                                                        "import acme_tracing\n"),
                                        TestWheel.of("acme-tracing", "2.5.0")
                                                .holding(
                                                        "acme_tracing.pth",
                                                        "import acme_tracing\n")),
                                IntStream.range(1, 15)
                                        .mapToObj(minor ->
                                                TestWheel.of("large", "1." + minor)
                                                        .tagged("py3-none-linux_x86_64")))
                        .toArray(TestWheel[]::new));
    }

    @Test
    void inCiTheLockDecidesAndNoOtherVersionIsTried() throws IOException {
        ask("words<3");
        done("policy", "new", "hashed-wheels");
        variables.put("CI", "true");
        Cli.Said refused = blast("sync");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err())
                .contains(
                        "words-2.0-py3-none-any.whl: what a server sends there is held against the lock",
                        "(\"in CI nothing without a hash\", policies/hashed-wheels.drl:9)")
                .doesNotContain("words-1.0");
        ask("words<2");
        variables.remove("CI");
        assertThat(done("sync").out()).contains("+ words 1.0");
        ask("words<3");
        variables.put("CI", "true");
        assertThat(done("sync").out()).contains("nothing to do");
        Cli.Said other = blast("sync", "--upgrade");
        assertThat(other.exit()).as("another version than the locked one").isEqualTo(1);
        assertThat(other.err()).contains("words-2.0-py3-none-any.whl: what a server sends");
    }

    @Test
    void anotherVersionIsTakenWhereItMightDo() throws IOException {
        ask("words");
        done("policy", "new", "small-image");
        assertThat(done("sync").out()).contains("+ words 2.0");
        ask("large");
        Cli.Said refused = blast("sync");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err())
                .contains(
                        "refused by policy",
                        "large-1.14-",
                        "(\"no compiled code\", policies/small-image.drl:8)");
    }

    @Test
    void noOlderVersionIsBroughtWhereNoRuleWouldAllowItsHook() throws IOException {
        ask("acme-tracing");
        Cli.Said refused = blast("sync");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err())
                .contains("acme_tracing.pth of acme-tracing 2.5.0, which Python reads")
                .doesNotContain("2.4.1");
    }

    @Test
    void theRuleThatWaitsForTrustIsNamed() throws IOException {
        ask("acme-tracing");
        done("policy", "new", "startup-hooks");
        assertThat(blast("sync").err())
                .contains(
                        "acme_tracing.pth of acme-tracing 2.5.0, which Python reads at every start: no rule allows it",
                        "acme_tracing.pth of acme-tracing 2.4.1, which Python reads at every start: \"tracing, as somebody has read it\" (policies/startup-hooks.drl:9) would allow it, and is not trusted: blast trust");
        done("trust");
        assertThat(done("sync").out()).contains("+ acme-tracing 2.4.1");
    }
}
