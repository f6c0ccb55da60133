package dev.blast.enforcer.gate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.enforcer.gate.ForwardProxy.Kind;
import dev.blast.enforcer.gate.ForwardProxy.Login;
import dev.blast.packaging.Host;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProxyDialogueTest {
    private static final Login ADA = new Login("ada", "s3cret");

    private static ProxyDialogue with(Kind kind, @Nullable Login login, String host) {
        return ProxyDialogue.with(
                new ForwardProxy(kind, "p.example", 3128, login), Host.of(host), 443);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    @Test
    void whatHttpIsAsked() {
        assertThat(text(with(Kind.HTTP, null, "api.example").toSend()))
                .isEqualTo("CONNECT api.example:443 HTTP/1.1\r\nHost: api.example:443\r\n\r\n");
        assertThat(text(with(Kind.HTTP, ADA, "2001:db8::1").toSend()))
                .isEqualTo(
                        "CONNECT [2001:db8::1]:443 HTTP/1.1\r\nHost: [2001:db8::1]:443\r\nProxy-Authorization: Basic YWRhOnMzY3JldA==\r\n\r\n");
    }

    /** {@code |} stands for an end of line, {@code ¦} for one without a return. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '\t',
            quoteCharacter = '`',
            value = {
                "HTTP/1.1 200 OK||\tConnected[]\t0",
                "HTTP/1.0 200 Connection established|Via: x||\tConnected[]\t0",
                "HTTP/1.1 200||SSH-2.0-x|\tConnected[]\t11",
                "HTTP/1.1 204 OK|Content-Length: 9||123456789\tConnected[]\t9",
                "HTTP/1.1 200 OK¦A: b¦¦||\tConnected[]\t4",
                "HTTP/1.1 100 Continue||HTTP/1.1 200 OK||x\tConnected[]\t1",
                "HTTP/1.1 407 Proxy Authentication Required|Proxy-Authenticate: Basic||<html>\tLogin[]\t6",
                "HTTP/1.1 403 Forbidden||\tStatus[code=403]\t0",
                "HTTP/1.1 502 Bad Gateway||\tStatus[code=502]\t0",
                "HTTP/1.1 302 Found|Location: https://x||\tStatus[code=302]\t0",
                "HTTP/1.1  200 OK||\tConnected[]\t0",
                "HTTP/1.1 2000 OK||\tGarbled[]\t0",
                "HTTP/1.1 000 OK||\tGarbled[]\t0",
                "HTTP/1.1 20x OK||\tGarbled[]\t0",
                "HTTP/1.1||\tGarbled[]\t0",
                "HTTP/2 200||\tGarbled[]\t8",
                "||HTTP/1.1 200 OK||\tGarbled[]\t22",
                "SSH-2.0-OpenSSH_9.6|\tGarbled[]\t20",
                "220 mail.example ESMTP|\tGarbled[]\t23",
            })
    void whatHttpAnswers(String answer, String understood, int left) {
        byte[] come = answer.replace("|", "\r\n").replace("¦", "\n").getBytes(ISO_8859_1);
        for (long seed = 0; seed < 50; seed++) {
            ProxyDialogue dialogue = with(Kind.HTTP, null, "api.example");
            int rest = hear(dialogue, come, new Random(seed));
            assertThat(dialogue.answer()).as("seed %d", seed).hasToString(understood);
            assertThat(rest).as("seed %d", seed).isEqualTo(left);
        }
    }

    /** In pieces of any size; what is left when it has ended. */
    private static int hear(ProxyDialogue dialogue, byte[] come, Random random) {
        int at = 0;
        while (at < come.length && dialogue.answer() == null) {
            int end = at + 1 + random.nextInt(come.length - at);
            at += dialogue.take(Arrays.copyOfRange(come, at, end));
        }
        return come.length - at;
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nA: ", "HTTP/1.1 200 OK", "HTTP/1.1 100 C\r\n\r\n"})
    void endlessHeadersEnd(String begin) {
        ProxyDialogue dialogue = with(Kind.HTTP, null, "api.example");
        dialogue.take(begin.getBytes(ISO_8859_1));
        byte[] more = begin.contains("100") ? begin.getBytes(ISO_8859_1) : new byte[] {'a', 'b'};
        int taken = 0;
        while (dialogue.answer() == null) {
            taken += dialogue.take(more);
            assertThat(taken).isLessThanOrEqualTo(ProxyDialogue.MOST_BYTES);
        }
        assertThat(dialogue.answer()).isEqualTo(new ProxyAnswer.Garbled());
    }

    /** What the proxy says, what is sent to it, and in the end how it was understood. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "api.example | no  | 050100 | 0500 | 050100030b6170692e6578616d706c6501bb | 05000001c000020101bb | Connected[] | 0",
                "192.0.2.7   | no  | 050100 | 0500 | 05010001c000020701bb | 05000003036162630050ffff | Connected[] | 2",
                "2001:db8::1 | no  | 050100 | 0500 | 0501000420010db800000000000000000000000101bb | 0500000420010db80000000000000000000000010050 | Connected[] | 0",
                "192.0.2.7   | yes | 05020002 | 0500 | 05010001c000020701bb | 0505000100000000 | Reply[reply=5] | 3",
                "192.0.2.7   | yes | 05020002 | 0502 | 01036164610673336372657 4 | 0101 | Login[] | 0",
                "192.0.2.7   | no  | 050100 | 05ff |  |  | Login[] | 0",
                "192.0.2.7   | no  | 050100 | 0502 |  |  | Login[] | 0",
                "192.0.2.7   | no  | 050100 | 0400 |  |  | Garbled[] | 0",
                "192.0.2.7   | no  | 050100 | 4854 | | | Garbled[] | 0",
                "192.0.2.7   | no  | 050100 | 0500 | 05010001c000020701bb | 0500000200000000 | Garbled[] | 3",
                "192.0.2.7   | no  | 050100 | 0500 | 05010001c000020701bb | 0400000100000000 | Garbled[] | 3",
            })
    void socks(
            String host,
            String login,
            String greeting,
            String method,
            @Nullable String request,
            @Nullable String reply,
            String understood,
            int left) {
        for (long seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            ProxyDialogue dialogue = with(Kind.SOCKS5, login.equals("yes") ? ADA : null, host);
            assertThat(dialogue.toSend()).isEqualTo(bytes(greeting));
            int rest = hear(dialogue, bytes(method), random);
            assertThat(dialogue.toSend()).isEqualTo(bytes(request));
            assertThat(dialogue.toSend()).isEmpty();
            rest += hear(dialogue, bytes(reply), random);
            assertThat(dialogue.answer()).hasToString(understood);
            assertThat(rest).isEqualTo(left);
        }
    }

    private static byte[] bytes(@Nullable String hex) {
        return hex == null ? new byte[0] : HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    @Test
    void socksAsksOnceItHasSaidWhoItIs() {
        ProxyDialogue dialogue = with(Kind.SOCKS5, ADA, "192.0.2.7");
        dialogue.take(bytes("0502"));
        dialogue.toSend();
        dialogue.take(bytes("0100"));
        assertThat(dialogue.toSend()).isEqualTo(bytes("05010001c000020701bb"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.example\r\nX: y", "a b", "a.example:22", ""})
    void whatIsNoNameOfAHostIsAskedOfNobody(String host) {
        assertThatThrownBy(() -> with(Kind.HTTP, null, host))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "403, 111",
        "407, 111",
        "404, 111",
        "302, 111",
        "408, 110",
        "500, 113",
        "502, 113",
        "503, 113",
        "504, 110"
    })
    void whatAProgramIsTold(int status, int errno) {
        assertThat(new ProxyAnswer.Status(status).errno()).isEqualTo(errno);
    }

    @Test
    void noTextShowsAPassword() {
        assertThat(new ForwardProxy(Kind.HTTP, "p.example", 3128, ADA).toString())
                .doesNotContain("s3cret")
                .doesNotContain("ada");
    }
}
