package dev.blast.enforcer.gate;

import dev.blast.packaging.Host;
import org.jspecify.annotations.Nullable;

/**
 * Who dials in the place of this machine. Its text form shows no password.
 *
 * @param host in the form of {@link Host}
 * @param login what it is told of who asks; null for nothing
 */
public record ForwardProxy(Kind kind, String host, int port, @Nullable Login login) {

    /** How it is spoken to. */
    public enum Kind {
        /** By the method CONNECT of HTTP, RFC 9110, 9.3.6. */
        HTTP,
        /** By version 5 of SOCKS, RFC 1928. */
        SOCKS5,
        /** In a way that Blast does not know: nothing is reached through it. */
        UNKNOWN
    }

    /** A user and a password. Its text form shows neither. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[***]";
        }
    }

    /** As people write it: {@code proxy.example:3128}. */
    public String name() {
        return Host.withPort(host, port);
    }

    /** Whether a connection leads to this proxy itself, which nobody else dials. */
    public boolean is(String otherHost, int otherPort) {
        return port == otherPort && host.equals(otherHost);
    }
}
