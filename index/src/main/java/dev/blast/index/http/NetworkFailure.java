package dev.blast.index.http;

import dev.blast.index.IndexException;
import dev.blast.index.IndexException.Kind;
import dev.blast.index.ServerOrigin;
import dev.blast.index.settings.IndexConfiguration;
import dev.blast.packaging.Message;
import dev.blast.packaging.Redaction;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why one attempt at an exchange gave nothing.
 *
 * @param what a clause that goes after the address
 * @param mayPass whether the same request may succeed later
 * @param pauseWanted by the server, zero where it said nothing
 */
record NetworkFailure(
        Message what, boolean mayPass, Duration pauseWanted, @Nullable IOException cause) {

    private static final Message ADVICE =
            new Message(
                    "\ncheck the address and the network; --offline works with what is in the cache");

    static final Message UNKNOWN_TO_PROXY =
            new Message(
                    "the proxy wants to know who asks, and does not take what it was told\nhttp://user:password@host:port in HTTPS_PROXY or HTTP_PROXY says it");

    static NetworkFailure answered(HttpAnswer answer) {
        Duration pause;
        try {
            pause = Duration.ofSeconds(Integer.parseUnsignedInt(answer.header("retry-after")));
        } catch (NumberFormatException e) {
            pause = Duration.ZERO; // none, or a date: our own pause will do
        }
        return new NetworkFailure(
                Message.line("the server answered " + answer.status()), true, pause, null);
    }

    static NetworkFailure broke(IOException cause, URI uri, IndexConfiguration configuration) {
        String patience = seconds(configuration.timeout());
        return switch (cause) {
            case SocketTimeoutException e when String.valueOf(e.getMessage()).contains("onnect") ->
                    passing("no connection within %s s".formatted(patience), e);
            case SocketTimeoutException e ->
                    passing("no answer within %s s".formatted(patience), e);
            case BoundedStream.TooLongException e -> lasting(Message.line(said(e)), e);
            case WireStream.TooSlowException e -> lasting(Message.line(said(e)), e);
            case NearAddressException e -> lasting(Message.of(e), e);
            case UnknownHostException e -> passing("the name of its host is not known here", e);
            case ConnectException e ->
                    passing("no connection (refused, or nobody can be reached there)", e);
            case SSLException e -> tls(e, uri, configuration);
            case ZipException e -> lasting(Message.line("it cannot be unpacked: " + said(e)), e);
            default ->
                    said(cause).contains("authenticate with proxy")
                            ? lasting(UNKNOWN_TO_PROXY, cause)
                            : passing(said(cause), cause);
        };
    }

    private static NetworkFailure tls(SSLException e, URI uri, IndexConfiguration configuration) {
        Message problem = TlsProblem.of(e, configuration);
        if (problem == null) {
            return passing("no TLS connection: " + said(e), e);
        }
        boolean trusted = configuration.trustedHosts().contains(ServerOrigin.of(uri));
        return lasting(
                trusted ? Message.of("%s%s", problem, TlsProblem.STILL_CHECKED) : problem, e);
    }

    private static String said(IOException cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    private static NetworkFailure passing(String what, IOException cause) {
        return new NetworkFailure(Message.line(what), true, Duration.ZERO, cause);
    }

    private static NetworkFailure lasting(Message what, IOException cause) {
        return new NetworkFailure(what, false, Duration.ZERO, cause);
    }

    IndexException asException(List<URI> path, int attempts) {
        String tried = attempts == 1 ? "" : " (tried %d times)".formatted(attempts);
        return new IndexException(
                Kind.NETWORK,
                Message.of("%s: %s%s%s", Redaction.of(path), what, tried, mayPass ? ADVICE : ""),
                cause);
    }
}
