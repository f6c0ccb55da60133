package dev.blast.index.http;

import dev.blast.index.settings.IndexConfiguration;
import dev.blast.packaging.Message;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Why a TLS connection was not made, where asking again would bring the same. */
final class TlsProblem {
    /** For hosts that people trust by name. */
    static final Message STILL_CHECKED =
            new Message(
                    "\nto trust the host by name (PIP_TRUSTED_HOST, UV_INSECURE_HOST) leaves its certificate to be checked");

    private TlsProblem() {}

    /** A clause, null where the reason is another one and may pass. */
    static @Nullable Message of(SSLException e, IndexConfiguration configuration) {
        if (e instanceof SSLPeerUnverifiedException) {
            return Message.line("the server's certificate is for another host");
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return Message.of("the server's certificate has expired (%s)", cause.getMessage());
            }
            if (cause instanceof CertificateNotYetValidException) {
                return Message.of(
                        "the server's certificate is not valid yet (%s)\nis the clock of this machine right?",
                        cause.getMessage());
            }
        }
        String message = String.valueOf(e.getMessage());
        if (message.contains("PKIX")) {
            return Message.of(
                    "the server's certificate is not trusted (by %s)\nto trust another authority, set PIP_CERT or SSL_CERT_FILE to its PEM file",
                    authorities(configuration));
        }
        if (message.contains("alert: bad_certificate")
                || message.contains("alert: certificate_required")
                || message.contains("alert: unknown_ca")) {
            return Message.of(
                    "the server wants %s client certificate\na PEM file with certificate and key, named by PIP_CLIENT_CERT or SSL_CLIENT_CERT",
                    configuration.clientCertificate() == null ? "a" : "another");
        }
        if (message.contains("Unsupported or unrecognized SSL message")) {
            return Message.of("no TLS is spoken there\nis it an address with http?");
        }
        return null;
    }

    private static String authorities(IndexConfiguration configuration) {
        return configuration.certificates().isEmpty()
                ? "Java's own authorities"
                : configuration.certificates().stream()
                        .map(Object::toString)
                        .collect(Collectors.joining(", "));
    }
}
