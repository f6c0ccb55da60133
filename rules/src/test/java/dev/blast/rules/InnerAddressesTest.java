package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.fact.Connection;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What leads to this machine or into its network is opened only by a rule that means it. */
final class InnerAddressesTest {

    private static Judgement judged(String constraints, String host, String address) {
        Connection asked = Connection.to(host, 443, false);
        return Fixtures.policy(
                        "rule \"r\" when Connection( %s ) then allow(); end".formatted(constraints))
                .judge(
                        address.isEmpty() ? asked : asked.at(InetAddress.ofLiteral(address)),
                        Fixtures.SOMEBODY);
    }

    @ParameterizedTest
    @CsvSource({
        "'',api.example,93.184.215.14,true",
        "'',api.example,10.0.0.1,false",
        "'',api.example,127.0.0.1,false",
        "'',api.example,169.254.169.254,false",
        "'',api.example,::1,false",
        "'',api.example,fe80::1,false",
        "'',api.example,64:ff9b::a00:1,false",
        "'',10.0.0.1,'',false",
        "'',localhost,'',false",
        "'',metadata.google.internal,'',false",
        "'port == 443',api.example,10.0.0.1,false",
        "'toMetadataService == false',api.example,10.0.0.1,false",
        "'address not within \"192.168.0.0/16\"',api.example,10.0.0.1,false",
        "'address != null',api.example,10.0.0.1,false",
        "'host == \"api.example\"',api.example,10.0.0.1,false",
        "'host == \"api.example\", toPrivate == true',api.example,10.0.0.1,true",
        "'host == \"api.example\", toPrivate == true',api.example,93.184.215.14,false",
        "'host == \"api.example\", address within \"10.0.0.0/8\"',api.example,10.0.0.1,true",
        "'toPrivate == true',api.example,10.0.0.1,true",
        "'toLoopback == true',api.example,127.0.0.1,true",
        "'toPrivate == true',api.example,127.0.0.1,false",
        "'host == \"10.0.0.1\"',10.0.0.1,'',true",
        "'host == \"10.0.0.1\"',0xa000001,'',true",
        "'host glob \"10.*.*.*\"',10.0.0.1,'',true",
        "'host == \"localhost\"',localhost,'',true"
    })
    void isOpened(String constraints, String host, String address, boolean opened) {
        assertThat(judged(constraints, host, address).allowed()).isEqualTo(opened);
    }

    /** One that means it is enough, whatever else allows it too. */
    @Test
    void aWiderRuleDoesNotTakeItAway() {
        Policy policy =
                Fixtures.policy(
                        """
                        rule "all" when Connection( ) then allow(); end
                        rule "inner" when Connection( toPrivate == true ) then allow(); end
                        """);
        Judgement judgement =
                policy.judge(Connection.to("10.0.0.1", 443, false), Fixtures.SOMEBODY);
        assertThat(judgement.allowed()).isTrue();
        assertThat(judgement.deciding()).extracting(Reason::rule).containsExactly("inner");
        assertThat(judgement.overridden()).extracting(Reason::rule).containsExactly("all");
    }

    @Test
    void whyNotIsSaid() {
        Judgement judgement = judged("", "api.example", "10.0.0.1");
        assertThat(judgement.deciding())
                .extracting(Reason::text)
                .containsExactly(
                        "it leads to a private network, and only a rule that says so opens that: toPrivate == true");
        assertThat(judgement.overridden()).extracting(Reason::rule).containsExactly("r");
    }
}
