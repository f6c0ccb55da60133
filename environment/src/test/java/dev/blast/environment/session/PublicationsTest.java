package dev.blast.environment.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Direction;
import dev.blast.rules.fact.Protocol;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Outcome;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person wants to be reached from outside, beside what rules say of it. */
class PublicationsTest {
    private static final Reason OF_A_RULE =
            new Reason(new Origin("own.drl", 3, 1), "no servers", Layer.USER, "deny", "");

    private final List<String> said = new ArrayList<>();

    private static Judgement denied(List<Reason> deciding) {
        return new Judgement(
                Outcome.DENIED, deciding, List.of(), List.of(), List.of(), List.of(), null, null);
    }

    private static Connection asked(String address, int port) {
        var place = InetAddress.ofLiteral(address);
        return new Connection(
                address,
                port,
                place,
                Protocol.TCP,
                Direction.IN,
                null,
                false,
                place.isLoopbackAddress(),
                false,
                false);
    }

    @ParameterizedTest
    @CsvSource({
        "8080:5000,5000,8080,127.0.0.1,true",
        "8080:5000,8080,8080,127.0.0.1,false", // the port that another server is to have
        "8080:5000,5001,5001,127.0.0.1,false",
        "5000,5000,5000,127.0.0.1,true",
        "5000,5000,5000,0.0.0.0,false"
    })
    void whatIsWantedIsHad(String wanted, int inside, int port, String at, boolean had) {
        var publications = new Publications(List.of(wanted), said::add);
        assertThat(publications.judged(inside, asked(at, port), denied(List.of())).allowed())
                .isEqualTo(had);
    }

    @Test
    void aRuleThatDeniesWinsAndAReasonOfBlastsOwnDoesNot() {
        var publications = new Publications(List.of("5000"), said::add);
        Connection asked = asked("127.0.0.1", 5000);
        assertThat(publications.judged(5000, asked, denied(List.of(OF_A_RULE))).allowed())
                .isFalse();
        Reason ofBlast = Reason.ofBlast("servers", "deny", "no rule means it");
        assertThat(publications.judged(5000, asked, denied(List.of(ofBlast))).allowed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0", "65536", ":1", "1:", "-1", " 1", "08x"})
    void nothingElseIsAPort(String wanted) {
        assertThatThrownBy(() -> new Publications(List.of(wanted), said::add))
                .hasMessage("--publish takes PORT or OUTSIDE:INSIDE, not '%s'".formatted(wanted));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1:2:3", "0.0.0.0:80:5000", "127.0.0.1:5000:5000", "[::1]:80:5000"})
    void anAddressTakesARule(String wanted) {
        assertThatThrownBy(() -> new Publications(List.of(wanted), said::add))
                .hasMessageStartingWith(
                        "--publish takes PORT or OUTSIDE:INSIDE, not '%s': it opens ports of 127.0.0.1;",
                        wanted)
                .hasMessageEndingWith(
                        "Connection( direction == IN, port == 8000, address == \"0.0.0.0\" )");
    }

    @Test
    void whoAskedReadsWhichRuleKeepsItClosed() {
        var publications = new Publications(List.of("8000"), said::add);
        publications.judged(8000, asked("127.0.0.1", 8000), denied(List.of(OF_A_RULE)));
        publications.listens(InetAddress.ofLiteral("127.0.0.1"), 8000, Optional.empty());
        assertThat(said)
                .containsExactly(
                        "blast: listening on 127.0.0.1:8000 inside, which nobody outside reaches; rule \"no servers\", own.drl:3, keeps it closed");
    }

    @Test
    void whatTheMachineRefusesIsToldOfOnce() {
        var publications = new Publications(List.of("81:8000"), said::add);
        publications.isNotPublished(8000, asked("127.0.0.1", 81), 13);
        publications.isNotPublished(8000, asked("127.0.0.1", 81), 13);
        assertThat(said)
                .containsExactly(
                        "blast: 127.0.0.1:81 of this machine cannot lead to 8000 inside: permission denied (EACCES); --publish OTHER:8000 takes another port");
    }

    @Test
    void eachServerIsToldOfOnce() {
        var publications = new Publications(List.of(), said::add);
        var any = InetAddress.ofLiteral("::");
        publications.listens(any, 40000, Optional.empty()); // a port that was given out
        for (int i = 0; i < 2; i++) {
            publications.listens(any, 8000, Optional.of(asked("127.0.0.1", 8080)));
            publications.listens(any, 8001 + i, Optional.empty());
        }
        assertThat(said)
                .containsExactly(
                        "blast: 127.0.0.1:8080 of this machine leads to [::]:8000 inside",
                        "blast: listening on [::]:8001 inside, which nobody outside reaches; --publish 8001 opens it to this machine");
    }
}
