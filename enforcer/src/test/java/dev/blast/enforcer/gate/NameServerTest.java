package dev.blast.enforcer.gate;

import static dev.blast.enforcer.gate.DnsBytes.A;
import static dev.blast.enforcer.gate.DnsBytes.AAAA;
import static dev.blast.enforcer.gate.DnsBytes.PTR;
import static dev.blast.enforcer.gate.DnsBytes.TXT;
import static dev.blast.enforcer.gate.DnsBytes.hex;
import static dev.blast.enforcer.gate.DnsBytes.labels;
import static dev.blast.enforcer.gate.DnsBytes.opt;
import static dev.blast.enforcer.gate.DnsBytes.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.gate.NameServer.Transport;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameServerTest {
    private final List<String> asked = new ArrayList<>();
    private final SyntheticAddresses addresses = new SyntheticAddresses();
    private final NameServer server = new NameServer(this::find, addresses);

    /** A small world; a name that begins with a number has so many addresses of each kind. */
    private RealAddresses.Lead find(String name) {
        asked.add(name);
        return switch (name) {
            case "both.example" -> found("192.0.2.1", "2001:db8::1", "192.0.2.2");
            case "four.example", "xn--bcher-kva.example" -> found("192.0.2.4");
            case "six.example" -> found("2001:db8::6");
            case "bare.example" -> found();
            case "twice.example" -> found("192.0.2.9", "192.0.2.9");
            case "mapped.example" -> found("::ffff:192.0.2.7");
            case "refused.example" -> new RealAddresses.Lead.Refused();
            case "failed.example" -> new RealAddresses.Lead.Failed();
            default ->
                    name.matches("[0-9]+\\.many\\.example")
                            ? many(Integer.parseInt(name.replaceFirst("\\..*", "")))
                            : new RealAddresses.Lead.NoSuchName();
        };
    }

    private static RealAddresses.Lead found(String... addresses) {
        return new RealAddresses.Lead.Found(
                Arrays.stream(addresses).map(InetAddress::ofLiteral).toList());
    }

    private static RealAddresses.Lead many(int count) {
        return new RealAddresses.Lead.Found(
                IntStream.range(0, count)
                        .mapToObj(i ->
                                List.of("10.0.%d.%d", "2001:db8::%x%02x").stream()
                                        .map(text -> text.formatted(i / 256, i % 256)))
                        .flatMap(both -> both)
                        .map(InetAddress::ofLiteral)
                        .toList());
    }

    @ParameterizedTest(name = "{0} of type {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    both.example            | 1   | NOERROR 198.18.0.2 198.18.0.3
                    both.example            | 28  | NOERROR fd00:b1a5:0:0:0:0:0:2
                    four.example            | 1   | NOERROR 198.18.0.2
                    four.example            | 28  | NODATA
                    six.example             | 1   | NODATA
                    six.example             | 28  | NOERROR fd00:b1a5:0:0:0:0:0:2
                    bare.example            | 1   | NODATA
                    twice.example           | 1   | NOERROR 198.18.0.2
                    mapped.example          | 1   | NOERROR 198.18.0.2
                    mapped.example          | 28  | NODATA
                    both.example            | 2   | NODATA
                    both.example            | 5   | NODATA
                    both.example            | 12  | NODATA
                    both.example            | 15  | NODATA
                    both.example            | 16  | NODATA
                    both.example            | 33  | NODATA
                    both.example            | 64  | NODATA
                    both.example            | 65  | NODATA
                    both.example            | 252 | NODATA
                    both.example            | 255 | NODATA
                    both.example            | 65280 | NODATA
                    no-such.example         | 1   | NXDOMAIN
                    no-such.example         | 65  | NXDOMAIN
                    refused.example         | 1   | NXDOMAIN
                    refused.example         | 28  | NXDOMAIN
                    refused.example         | 65  | NXDOMAIN
                    failed.example          | 1   | SERVFAIL
                    failed.example          | 16  | SERVFAIL
                    XN--BCHER-KVA.example   | 1   | NOERROR 198.18.0.2
                    ''                      | 2   | NODATA
                    """)
    void aNameHasAddressesAndNothingElse(String name, int type, String answer) {
        assertThat(ask(query(name, type)).summary()).isEqualTo(answer);
    }

    @ParameterizedTest(name = "{0} of type {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    localhost               | 1   | NOERROR 127.0.0.1
                    LocalHost               | 28  | NOERROR 0:0:0:0:0:0:0:1
                    shop.localhost          | 1   | NOERROR 127.0.0.1
                    localhost               | 16  | NODATA
                    127.1                   | 1   | NXDOMAIN
                    0x7f000001              | 1   | NXDOMAIN
                    2130706433              | 1   | NXDOMAIN
                    192.0.2.1               | 1   | NXDOMAIN
                    08.8.8.8                | 1   | NXDOMAIN
                    a.example.0x            | 1   | NXDOMAIN
                    1.0.0.127.in-addr.arpa  | 12  | NOERROR localhost
                    1.2.0.192.in-addr.arpa  | 12  | NXDOMAIN
                    1.2.0.192.in-addr.arpa  | 1   | NXDOMAIN
                    2.0.18.198.IN-ADDR.ARPA | 12  | NXDOMAIN
                    18.198.in-addr.arpa     | 12  | NXDOMAIN
                    in-addr.arpa            | 12  | NXDOMAIN
                    ip6.arpa                | 12  | NXDOMAIN
                    a b.example             | 1   | NXDOMAIN
                    b\u00fccher.example     | 1   | NXDOMAIN
                    [192.example            | 1   | NXDOMAIN
                    """)
    void nobodyIsAskedAboutWhatIsNoNameOfAnother(String name, int type, String answer) {
        assertThat(ask(query(name, type)).summary()).isEqualTo(answer);
        assertThat(asked).isEmpty();
    }

    @Test
    void aSyntheticAddressHasItsName() {
        String reverse = "2" + ".0".repeat(23) + ".5.a.1.b.0.0.d.f.ip6.arpa";
        ask(query("Both.Example", A));
        ask(query("both.example", AAAA));
        assertThat(ask(query("3.0.18.198.in-addr.arpa", PTR)).summary())
                .isEqualTo("NOERROR both.example");
        assertThat(ask(query(reverse, PTR)).summary()).isEqualTo("NOERROR both.example");
        assertThat(ask(query(reverse.toUpperCase(Locale.ROOT), TXT)).summary()).isEqualTo("NODATA");
        assertThat(addresses.behind(InetAddress.ofLiteral("198.18.0.3")))
                .contains(
                        new SyntheticAddresses.Behind(
                                "both.example", InetAddress.ofLiteral("192.0.2.2")));
    }

    @Test
    void aNameIsAskedForInItsOneFormAndEchoedAsItCame() {
        byte[] question = query("BoTh.eXAMPLE", A);
        byte[] answer = server.answer(question, Transport.UDP).orElseThrow();
        assertThat(asked).containsExactly("both.example");
        assertThat(Arrays.copyOfRange(answer, 12, question.length))
                .isEqualTo(Arrays.copyOfRange(question, 12, question.length));
        assertThat(DnsBytes.read(answer).answers())
                .allMatch(each -> each.name().equals("BoTh.eXAMPLE"))
                .allMatch(each -> each.secondsToLive() == 5 && each.type() == A);
    }

    @Test
    void aDotInsideALabelIsNoDotBetweenLabels() {
        byte[] name = hex("04 622e6363 07 6578616d706c65 00");
        assertThat(ask(query(0x0100, name, A, 1, new byte[0])).summary()).isEqualTo("NXDOMAIN");
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {A, AAAA, TXT})
    void whatIsNotThereMayBeRememberedForSeconds(int type) {
        for (String name : List.of("refused.example", "no-such.example", "bare.example")) {
            assertThat(ask(query(name, type)).authority())
                    .as(name)
                    .containsExactly(
                            new DnsBytes.ResourceRecord(
                                    "",
                                    DnsBytes.SOA,
                                    1,
                                    5,
                                    "0000"
                                            + "00000001"
                                            + "00000e10"
                                            + "00000258"
                                            + "00015180"
                                            + "00000005"));
        }
        assertThat(ask(query("failed.example", type)).authority()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0 | ''                                              | nothing
                    1 | 12                                              | nothing
                    2 | 1234                                            | 1234 8081 0000 0000 0000 0000
                    3 | 123401                                          | 1234 8081 0000 0000 0000 0000
                    header alone, cut | 1234 0100 0001 0000 0000 00     | 1234 8181 0000 0000 0000 0000
                    no question       | 1234 0100 0000 0000 0000 0000   | 1234 8181 0000 0000 0000 0000
                    an answer         | 1234 8100 0001 0000 0000 0000 00 0001 0001 | nothing
                    an answer, cut    | 1234 8100                       | nothing
                    an update         | 1234 2800 0001 0000 0000 0000 00 0006 0001 | 1234 a884 0000 0000 0000 0000
                    two questions     | 1234 0000 0002 0000 0000 0000 00 0001 0001 00 0001 0001 | 1234 8081 0000 0000 0000 0000
                    with an answer    | 1234 0000 0001 0001 0000 0000 00 0001 0001 00 0001 0001 00000000 0000 | 1234 8081 0000 0000 0000 0000
                    no type           | 1234 0010 0001 0000 0000 0000 00 00     | 1234 8091 0000 0000 0000 0000
                    a label cut       | 1234 0000 0001 0000 0000 0000 05 6162   | 1234 8081 0000 0000 0000 0000
                    no end of a name  | 1234 0000 0001 0000 0000 0000 01 61     | 1234 8081 0000 0000 0000 0000
                    a pointer         | 1234 0000 0001 0000 0000 0000 c00c 0001 0001 | 1234 8081 0000 0000 0000 0000
                    a pointer behind  | 1234 0000 0001 0000 0000 0000 01 61 c00c 0001 0001 | 1234 8081 0000 0000 0000 0000
                    a label of 64     | 1234 0000 0001 0000 0000 0000 40 61 00 0001 0001 | 1234 8081 0000 0000 0000 0000
                    something behind  | 1234 0000 0001 0000 0000 0000 00 0001 0001 00 | 1234 8081 0000 0000 0000 0000
                    a record missing  | 1234 0000 0001 0000 0000 0001 00 0001 0001 | 1234 8081 0000 0000 0000 0000
                    two OPT           | 1234 0000 0001 0000 0000 0002 00 0001 0001 00 0029 0200 00000000 0000 00 0029 0200 00000000 0000 | 1234 8081 0000 0000 0000 0000
                    an OPT with name  | 1234 0000 0001 0000 0000 0001 00 0001 0001 01 61 00 0029 0200 00000000 0000 | 1234 8081 0000 0000 0000 0000
                    half an option    | 1234 0000 0001 0000 0000 0001 00 0001 0001 00 0029 0200 00000000 0003 000a00 | 1234 8081 0000 0000 0000 0000
                    an option cut     | 1234 0000 0001 0000 0000 0001 00 0001 0001 00 0029 0200 00000000 0005 000a 0002 00 | 1234 8081 0000 0000 0000 0000
                    """)
    void whatIsMalformedIsSaidToBe(String what, String message, String answer) {
        String said =
                server.answer(hex(message), Transport.UDP)
                        .map(HexFormat.of()::formatHex)
                        .orElse("nothing");
        assertThat(said).isEqualTo(answer.replace(" ", ""));
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    A of both.example          | 1234 0100 0001 0000 0000 0000 04626f7468 076578616d706c65 00 0001 0001 | 1234 8180 0001 0002 0000 0000 04626f7468 076578616d706c65 00 0001 0001 c00c 0001 0001 00000005 0004 c6120002 c00c 0001 0001 00000005 0004 c6120003
                    the same with OPT and DO   | 1234 0120 0001 0000 0000 0001 04626f7468 076578616d706c65 00 001c 0001 00 0029 04d0 00008000 0000 | 1234 8180 0001 0001 0000 0001 04626f7468 076578616d706c65 00 001c 0001 c00c 001c 0001 00000005 0010 fd00b1a5000000000000000000000002 00 0029 04d0 00008000 0000
                    TXT of both.example        | 1234 0000 0001 0000 0000 0000 04626f7468 076578616d706c65 00 0010 0001 | 1234 8080 0001 0000 0001 0000 04626f7468 076578616d706c65 00 0010 0001 00 0006 0001 00000005 0016 00 00 00000001 00000e10 00000258 00015180 00000005
                    version.bind of chaos      | 1234 0100 0001 0000 0000 0000 0776657273696f6e 0462696e64 00 0010 0003 | 1234 8185 0001 0000 0000 0000 0776657273696f6e 0462696e64 00 0010 0003
                    EDNS of version 1          | 1234 0100 0001 0000 0000 0001 04626f7468 00 0001 0001 00 0029 1000 00010000 0000 | 1234 8180 0001 0000 0000 0001 04626f7468 00 0001 0001 00 0029 04d0 01000000 0000
                    with a cookie and padding  | 1234 0110 0001 0000 0000 0001 00 0002 0001 00 0029 1000 00000000 0010 000a 0008 0102030405060708 000c 0000 | 1234 8190 0001 0000 0001 0001 00 0002 0001 00 0006 0001 00000005 0016 00 00 00000001 00000e10 00000258 00015180 00000005 00 0029 04d0 00000000 0000
                    another record behind      | 1234 0000 0001 0000 0000 0001 00 0002 0001 c00c 00fa 00ff 00000000 0001 00 | 1234 8080 0001 0000 0001 0000 00 0002 0001 00 0006 0001 00000005 0016 00 00 00000001 00000e10 00000258 00015180 00000005
                    """)
    void anAnswerIsTheseBytes(String what, String message, String answer) {
        assertThat(server.answer(hex(message), Transport.UDP).orElseThrow())
                .asHexString()
                .isEqualToIgnoringCase(answer.replace(" ", ""));
    }

    @ParameterizedTest(name = "{0} addresses, {1} bytes of UDP: {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    29   | 0    | 29
                    30   | 0    | 29 and cut
                    30   | 100  | 29 and cut
                    30   | 600  | 30
                    74   | 1232 | 74
                    75   | 1232 | 74 and cut
                    400  | 4096 | 74 and cut
                    """)
    void whatDoesNotFitIsCutAndSaidToBe(int count, int udpBytes, String answer) {
        String name = count + ".many.example";
        byte[] query = udpBytes == 0 ? query(name, A) : query(name, A, udpBytes);
        byte[] bytes = server.answer(query, Transport.UDP).orElseThrow();
        DnsBytes.Read read = DnsBytes.read(bytes);
        assertThat(read.answers().size() + (read.truncated() ? " and cut" : "")).isEqualTo(answer);
        assertThat(bytes.length).isLessThanOrEqualTo(Math.clamp(udpBytes, 512, 1232));
        DnsBytes.Read whole = ask(query, Transport.TCP);
        assertThat(whole.answers()).hasSize(count);
        assertThat(whole.truncated()).isFalse();
        assertThat(whole.data()).startsWith(read.data().toArray(String[]::new));
    }

    @Test
    void tcpHasAnEndToo() {
        byte[] query = query("5000.many.example", AAAA, 4096);
        byte[] bytes = server.answer(query, Transport.TCP).orElseThrow();
        assertThat(bytes.length).isBetween(65_535 - 28, 65_535);
        assertThat(DnsBytes.read(bytes).truncated()).isTrue();
    }

    @Test
    void theLongestNameIsAName() {
        String longest = ("a".repeat(63) + ".").repeat(3) + "b".repeat(61);
        byte[] name = labels(longest);
        assertThat(name).hasSize(255);
        assertThat(ask(query(0, name, A, 1, opt(512, 0, 0))).summary()).isEqualTo("NXDOMAIN");
        assertThat(asked).containsExactly(longest);
        assertThat(ask(query(longest + "c", A)).summary()).isEqualTo("FORMERR");
    }

    private DnsBytes.Read ask(byte[] query) {
        return ask(query, Transport.UDP);
    }

    private DnsBytes.Read ask(byte[] query, Transport transport) {
        return DnsBytes.read(server.answer(query, transport).orElseThrow());
    }
}
