package dev.blast.enforcer.gate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.blast.packaging.Host;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The method CONNECT, RFC 9110, 9.3.6. A success has no body, whatever its headers say; an answer
 * that only informs is followed by another.
 */
final class HttpDialogue implements ProxyDialogue {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] +([1-9][0-9]{2})(?: .*)?");
    private static final byte[] VERSION = "HTTP/1.".getBytes(US_ASCII);
    private static final int LOGIN_WANTED = 407;

    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private byte[] request;
    private int read;
    private boolean lineIsEmpty = true;
    private @Nullable ProxyAnswer answer;

    HttpDialogue(ForwardProxy.@Nullable Login login, Host target, int port) {
        String place = Host.withPort(target.text(), port);
        var text = new StringBuilder("CONNECT " + place + " HTTP/1.1\r\nHost: " + place + "\r\n");
        if (login != null) {
            byte[] pair = (login.user() + ":" + login.password()).getBytes(UTF_8);
            text.append("Proxy-Authorization: Basic ")
                    .append(Base64.getEncoder().encodeToString(pair))
                    .append("\r\n");
        }
        request = text.append("\r\n").toString().getBytes(US_ASCII);
    }

    @Override
    public byte[] toSend() {
        byte[] all = request;
        request = new byte[0];
        return all;
    }

    @Override
    public int take(byte[] come) {
        for (int i = 0; i < come.length; i++) {
            take(come[i]);
            if (answer != null) {
                return i + 1;
            }
        }
        return come.length;
    }

    /** A header ends with an empty line; lines may end without a return (RFC 9112, 2.2). */
    private void take(byte one) {
        int at = head.size();
        head.write(one);
        read++;
        if (read > MOST_BYTES || (at < VERSION.length && one != VERSION[at])) {
            answer = new ProxyAnswer.Garbled();
        } else if (one == '\n' && lineIsEmpty) {
            ended();
        } else if (one != '\r') {
            lineIsEmpty = one == '\n';
        }
    }

    private void ended() {
        String first = head.toString(ISO_8859_1).lines().findFirst().orElse("");
        Matcher status = STATUS.matcher(first);
        if (!status.matches()) {
            answer = new ProxyAnswer.Garbled();
            return;
        }
        int code = Integer.parseInt(status.group(1));
        switch (code / 100) {
            case 1 -> {
                head.reset();
                lineIsEmpty = true;
            }
            case 2 -> answer = new ProxyAnswer.Connected();
            default ->
                    answer =
                            code == LOGIN_WANTED
                                    ? new ProxyAnswer.Login()
                                    : new ProxyAnswer.Status(code);
        }
    }

    @Override
    public @Nullable ProxyAnswer answer() {
        return answer;
    }
}
