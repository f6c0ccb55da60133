package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.packaging.Host;
import dev.blast.rules.explain.Explanation;
import dev.blast.rules.explain.Explanations;
import dev.blast.rules.fact.Artifact;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.rules.vocabulary.Records;
import java.net.InetAddress;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A host is one whoever writes it: in a literal, in a pattern, in what is asked, in a fact. */
final class HostsTest {

    private static boolean allowed(String constraint, Connection connection) {
        return Fixtures.policy(
                        "rule \"r\" when Connection( %s ) then allow(); end".formatted(constraint))
                .judge(connection, Fixtures.SOMEBODY)
                .allowed();
    }

    @ParameterizedTest
    @CsvSource({
        "'host == \"bücher.example\"',xn--bcher-kva.example,true",
        "'host == \"xn--bcher-kva.example\"',BÜCHER.example.,true",
        "'host == \"Api.Example.\"',api.example,true",
        "'host == \"api.example\"',API.EXAMPLE.,true",
        "'host in ( \"x\", \"127.1\" )',2130706433,true",
        "'host == \"127.0.0.1\"',[::ffff:127.0.0.1],true",
        "'host == \"localhost\"',127.0.0.1,false",
        "'host glob \"*.bücher.example\"',eu.xn--bcher-kva.example,true",
        "'host glob \"*.Bücher.Example.\"',EU.BÜCHER.example,true",
        "'host glob \"10.*.*.*\"',0xa000001,true",
        "'host glob \"127.1\"',127.0.0.1,true",
        "'host glob \"2001:db8::*\"','[2001:0db8:0::1]',true",
        "'host matches \"api[.]example\"',API.example.,true",
        "'address == \"127.1\"',127.0.0.1,true",
        "'address within \"127.0.0.0/8\"',0177.1,true",
        "'address within \"::ffff:127.0.0.0/104\"',127.1,true",
        "'address within \"fe80::/10\"',[fe80::1%eth0],true",
        "'address == null',api.example,true",
        "'toLoopback == true',127.0.0.1,true",
        "'toLoopback == true',[::1],true",
        "'toLoopback == true',localhost,true",
        "'toLoopback == true',api.example,false",
        "'toPrivate == true',192.168.1.1,true",
        "'toMetadataService == true',0xa9fea9fe,true",
        "'toMetadataService == true',metadata.google.internal,true"
    })
    void isOne(String constraint, String asked, boolean matches) {
        assertThat(allowed(constraint, Connection.to(asked, 443, false))).isEqualTo(matches);
    }

    @Test
    void whatIsDialledSaysWhatItIs() throws Exception {
        Connection named = Connection.to("localhost", 80, false);
        Connection away = named.at(InetAddress.getByAddress(new byte[] {8, 8, 8, 8}));
        assertThat(away.toLoopback()).isFalse();
        Connection rebound =
                Connection.to("api.example", 80, false)
                        .at(InetAddress.ofLiteral("::ffff:10.0.0.1"));
        assertThat(rebound.toPrivate()).isTrue();
        assertThat(rebound.address()).isEqualTo(Host.of("10.0.0.1").address());
        assertThat(rebound.host()).isEqualTo("api.example");
    }

    /** A change that is offered is another host, with nothing of the address that was asked for. */
    @Test
    void theShippedRuleDeniesAndNoUselessRuleIsOffered() {
        Explanation explanation =
                new Explanations(Fixtures.policy(Fixtures.shipped()), Fixtures.SOMEBODY)
                        .of(Connection.to("169.254.169.254", 80, false));
        assertThat(explanation.judgement().outcome()).isEqualTo(Outcome.DENIED);
        assertThat(explanation.judgement().deciding())
                .extracting(Reason::rule)
                .contains("metadata services of clouds");
        assertThat(explanation.remedies()).isEmpty();
    }

    @Test
    void indexesAreHostsToo() {
        Policy policy =
                Fixtures.policy(
                        """
                        rule "c" when Candidate( index == "pypi.example" ) then allow(); end
                        rule "a" when Artifact( index glob "*.bücher.example" ) then allow(); end
                        """);
        Candidate candidate =
                (Candidate) Records.with(Fixtures.candidate("x", "1"), "index", "PyPI.example.");
        assertThat(policy.judge(candidate, Fixtures.SOMEBODY).allowed()).isTrue();
        var artifact =
                Records.make(
                        Artifact.class,
                        java.util.Map.of(
                                "name", "x", "version", "1", "index", "EU.bücher.example"));
        assertThat(policy.judge(artifact, Fixtures.SOMEBODY).allowed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "released == \"2026-01-31\",true",
        "released <= \"2026-01-31\",true",
        "released >= \"2026-01-31\",true",
        "released > \"2026-01-31\",false",
        "released < \"2026-01-31\",false",
        "'released in ( \"2026-01-31\" )',true",
        "released > \"2026-01-30\",true",
        "released < \"2026-02-01\",true",
        "released != \"2026-01-31\",false"
    })
    void aDateIsADay(String constraint, boolean matches) {
        for (String moment :
                new String[] {
                    "2026-01-31T00:00:00Z", "2026-01-31T12:00:00Z", "2026-01-31T23:59:59.9Z"
                }) {
            var candidate =
                    (Candidate)
                            Records.with(
                                    Fixtures.candidate("x", "1"),
                                    "released",
                                    Instant.parse(moment));
            Judgement judgement =
                    Fixtures.policy(
                                    "rule \"r\" when Candidate( %s, $r : released ) then deny( \"${$r}\" ); end"
                                            .formatted(constraint))
                            .judge(candidate, Fixtures.SOMEBODY);
            assertThat(judgement.deciding().isEmpty()).as(moment).isEqualTo(!matches);
            judgement.deciding().forEach(it -> assertThat(it.text()).isEqualTo("2026-01-31"));
        }
    }
}
