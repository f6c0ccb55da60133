package dev.blast.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One form for every spelling of a host, and no form for two hosts. */
final class HostTest {

    @ParameterizedTest
    @CsvSource({
        "127.1,127.0.0.1",
        "127.0.1,127.0.0.1",
        "0x7f000001,127.0.0.1",
        "0X7F.1,127.0.0.1",
        "017700000001,127.0.0.1",
        "0177.0.0.01,127.0.0.1",
        "2130706433,127.0.0.1",
        "127.0.0.1.,127.0.0.1",
        "010.0.0.1,8.0.0.1",
        "０１２７.1,87.0.0.1",
        "１２７．０．０．１,127.0.0.1",
        "127。0。0。1,127.0.0.1",
        "[::1],::1",
        "::1,::1",
        "0:0:0:0:0:0:0:1,::1",
        "0000:0000::0001,::1",
        "::,::",
        "0,0.0.0.0",
        "::ffff:127.0.0.1,127.0.0.1",
        "[::FFFF:7F00:1],127.0.0.1",
        "::127.0.0.1,127.0.0.1",
        "::169.254.169.254,169.254.169.254",
        "fe80::1%eth0,fe80::1",
        "[FE80::1%25lo],fe80::1",
        "2001:DB8:0:0:1:0:0:1,2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1,2001:db8:0:1:1:1:1:1",
        "64:ff9b::127.0.0.1,64:ff9b::7f00:1"
    })
    void anAddressIsThatAddress(String spelling, String form) {
        Host host = Host.of(spelling);
        assertThat(host.text()).isEqualTo(form);
        assertThat(host.address()).isNotNull().isEqualTo(InetAddress.ofLiteral(form));
    }

    @ParameterizedTest
    @CsvSource({
        "API.Example,api.example",
        "api.example.,api.example",
        "bücher.example,xn--bcher-kva.example",
        "BÜCHER.Example.,xn--bcher-kva.example",
        "bu\u0308cher.example,xn--bcher-kva.example",
        "XN--BCHER-KVA.example,xn--bcher-kva.example",
        "日本。jp,xn--wgv71a.jp",
        "ı.example,xn--cfa.example",
        "\u212Aube.example,kube.example",
        "1.2.3.4.example,1.2.3.4.example",
        "256.1.1.1,256.1.1.1",
        "1.2.3.4.5,1.2.3.4.5",
        "4294967296,4294967296",
        "0x,0x",
        "08.1.1.1,08.1.1.1",
        "1password.example,1password.example",
        "a_b.example,a_b.example",
        "1::2::3,1::2::3",
        "'',''",
        ".,."
    })
    void aNameIsThatName(String spelling, String form) {
        assertThat(Host.of(spelling)).isEqualTo(new Host(form, null));
    }

    /** By ASCII rules, whatever the machine's language makes of I and i. */
    @Test
    void onlyAsciiLettersAreFolded() {
        assertThat(Host.lower("AZ\u212A\u0130\u0131ÄI")).isEqualTo("az\u212A\u0130\u0131Äi");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "straße.example",
                "faß.example",
                "σίγμας.example",
                "a\u200Db.example",
                "a\u200Cb.example",
                "😀.example",
                "\u212Aube.example",
                "１２７．０．０．１",
                "ｅxample.com",
                "api.ⓔxample"
            })
    void whatPeopleOrProgramsWouldReadAsAnotherNameIsNotWritten(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Host.written(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bücher.example", "日本。jp", "ı.example", "xn--strae-oqa.example", "127.1"})
    void theRestMay(String text) {
        assertThat(Host.written(text)).isEqualTo(Host.of(text));
    }

    @ParameterizedTest
    @CsvSource({
        "localhost,true,false,false",
        "api.LOCALHOST.,true,false,false",
        "localhost.example,false,false,false",
        "127.255.0.3,true,false,false",
        "::1,true,false,false",
        "0,true,true,false",
        "::,true,false,false",
        "::ffff:127.0.0.1,true,false,false",
        "0.1.2.3,false,true,false",
        "10.1.2.3,false,true,false",
        "172.31.0.1,false,true,false",
        "172.32.0.1,false,false,false",
        "192.168.1.1,false,true,false",
        "100.64.0.1,false,true,false",
        "100.128.0.1,false,false,false",
        "169.254.169.254,false,true,true",
        "0xa9fea9fe,false,true,true",
        "::ffff:a9fe:a9fe,false,true,true",
        "169.254.170.2,false,true,true",
        "100.100.100.200,false,true,true",
        "168.63.129.16,false,false,true",
        "fd00:ec2::254,false,true,true",
        "fd12::1,false,true,false",
        "fe80::1%3,false,true,false",
        "64:ff9b::10.0.0.1,false,true,false",
        "64:ff9b::7f00:1,false,true,false",
        "64:ff9b::169.254.169.254,false,true,true",
        "64:ff9b::8.8.8.8,false,false,false",
        "2002:7f00:1::,false,true,false",
        "2002:a9fe:a9fe::1,false,true,true",
        "2002:808:808::1,false,false,false",
        "metadata.google.internal,false,false,true",
        "8.8.8.8,false,false,false",
        "2001:4860:4860::8888,false,false,false"
    })
    void whatAnAddressIs(String text, boolean loopback, boolean inner, boolean metadata) {
        Host host = Host.of(text);
        assertThat(host.isLoopback()).as("loopback").isEqualTo(loopback);
        assertThat(host.isPrivate()).as("private").isEqualTo(inner);
        assertThat(host.isMetadataService()).as("metadata service").isEqualTo(metadata);
    }

    @Test
    void theFormOfAFormIsItself() {
        String pieces = "aZ0.:x7-ü日ıK%[]ß ";
        for (long seed = 0; seed < 20_000; seed++) {
            var random = new Random(seed);
            var text = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                text.append(pieces.charAt(random.nextInt(pieces.length())));
            }
            Host host = Host.of(text.toString());
            // What is no host has no form, and may lose a bracket or a dot at each reading.
            if (host.address() != null || host.text().matches("[a-z0-9-]+([.][a-z0-9-]+)*")) {
                assertThat(Host.of(host.text())).as("seed %d: %s", seed, text).isEqualTo(host);
            }
        }
    }

    @Test
    void addressesOfEverySpellingAreOne() {
        for (long seed = 0; seed < 5_000; seed++) {
            int number = new Random(seed).nextInt();
            String dotted =
                    "%d.%d.%d.%d"
                            .formatted(
                                    number >>> 24,
                                    number >>> 16 & 255,
                                    number >>> 8 & 255,
                                    number & 255);
            Host host = Host.of(dotted);
            for (String spelling :
                    new String[] {
                        Integer.toUnsignedString(number),
                        "0x" + Integer.toHexString(number),
                        "0" + Integer.toOctalString(number),
                        "%d.0x%x".formatted(number >>> 24, number & 0xffffff),
                        "%d.%d.0%o".formatted(number >>> 24, number >>> 16 & 255, number & 0xffff),
                        "::ffff:" + dotted,
                        "[::ffff:%x:%x]".formatted(number >>> 16, number & 0xffff)
                    }) {
                assertThat(Host.of(spelling)).as("seed %d: %s", seed, spelling).isEqualTo(host);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "example.org, 443, example.org:443",
        "192.0.2.1, 80, 192.0.2.1:80",
        "2001:db8::1, 53, [2001:db8::1]:53"
    })
    void withAPort(String host, int port, String text) {
        assertThat(Host.withPort(host, port)).isEqualTo(text);
    }
}
