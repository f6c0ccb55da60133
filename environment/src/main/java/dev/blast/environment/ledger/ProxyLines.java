package dev.blast.environment.ledger;

import dev.blast.enforcer.gate.ConnectionAttempt;
import dev.blast.enforcer.gate.ProxyAnswer;
import dev.blast.enforcer.gate.ThroughProxy;
import dev.blast.packaging.Host;
import dev.blast.packaging.Message;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells where a proxy does not connect, once for each host and answer. Of what it says only the
 * number is told. One thread.
 */
final class ProxyLines {
    private static final int MOST_LINES = 10;

    private static final int FORBIDDEN = 403;

    private final Consumer<String> says;
    private final Set<String> told = new HashSet<>();

    ProxyLines(Consumer<String> says) {
        this.says = says;
    }

    void tell(ConnectionAttempt attempt) {
        ThroughProxy through = attempt.proxy();
        if (through == null || through.answer() instanceof ProxyAnswer.Connected) {
            return;
        }
        String host = attempt.asked().host();
        String place = Host.withPort(host, attempt.asked().port());
        String line =
                Message.of(
                                "blast: not connected to %s: the proxy %s %s; NO_PROXY=%s would go there without it",
                                place,
                                through.answer() instanceof ProxyAnswer.NotSpoken
                                        ? "that is set"
                                        : through.proxy(),
                                what(through, attempt.asked().port()),
                                host)
                        .text();
        if (told.size() < MOST_LINES && told.add(line)) {
            says.accept(line);
        }
    }

    private static String what(ThroughProxy through, int port) {
        return switch (through.answer()) {
            case ProxyAnswer.Connected() -> "connected";
            case ProxyAnswer.Status(int code) ->
                    "answers " + code + (code == FORBIDDEN ? forbidden(port) : "");
            case ProxyAnswer.Reply(int reply) -> "answers with reason " + reply + of(reply);
            case ProxyAnswer.Login() ->
                    through.login()
                            ? "does not take the user and password it was told"
                            : "wants a user and a password, which stand before its host where it is set";
            case ProxyAnswer.Garbled() -> "answers nothing that a proxy would";
            case ProxyAnswer.Ended() -> "ends the conversation without an answer";
            case ProxyAnswer.Silent() -> "does not answer in time";
            case ProxyAnswer.Unreached _ -> "is not reached itself";
            case ProxyAnswer.NotFound() -> "is a name that nobody knows";
            case ProxyAnswer.NotSpoken() ->
                    "cannot be used (it must be http://HOST:PORT or socks5://HOST:PORT)";
        };
    }

    private static String forbidden(int port) {
        return port == 443 ? ", it does not allow it" : ", many proxies allow port 443 alone";
    }

    /** RFC 1928, 6. */
    private static String of(int reply) {
        return switch (reply) {
            case 2 -> ", it does not allow it";
            case 3, 4, 6 -> ", it finds no way there";
            case 5 -> ", nothing listens there";
            default -> "";
        };
    }
}
