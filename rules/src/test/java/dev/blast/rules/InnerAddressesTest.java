package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Direction;
import dev.blast.rules.fact.Protocol;
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

    @ParameterizedTest
    @CsvSource({
        "'',127.0.0.1,false",
        "'port == 8000',127.0.0.1,false",
        "'toLoopback == true',127.0.0.1,false",
        "'host == \"127.0.0.1\"',127.0.0.1,false",
        "'direction == IN',127.0.0.1,true",
        "'direction == IN, port == 8000',127.0.0.1,true",
        "'direction != OUT',127.0.0.1,true",
        "'direction == IN, port == 8001',127.0.0.1,false",
        "'direction == IN',0.0.0.0,false",
        "'direction == IN, toLoopback == true',0.0.0.0,false",
        "'direction == IN, address != null',0.0.0.0,false",
        "'direction == IN, address == \"0.0.0.0\"',0.0.0.0,true",
        "'direction == IN, address == \"0.0.0.0\"',127.0.0.1,false"
    })
    void isPublished(String constraints, String address, boolean published) {
        var place = InetAddress.ofLiteral(address);
        var asked =
                new Connection(
                        address,
                        8000,
                        place,
                        Protocol.TCP,
                        Direction.IN,
                        null,
                        false,
                        place.isLoopbackAddress(),
                        false,
                        false);
        assertThat(
                        Fixtures.policy(
                                        "rule \"r\" when Connection( %s ) then allow(); end"
                                                .formatted(constraints))
                                .judge(asked, Fixtures.SOMEBODY)
                                .allowed())
                .isEqualTo(published);
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
