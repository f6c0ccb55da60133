package dev.blast.enforcer.gate;

import dev.blast.packaging.Host;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is said to a proxy and understood of it, until it has connected or says that it does not.
 * Pure, and for one connection: bytes come in as they are, and go out as {@link #toSend}. Of what
 * came, none is taken that may be the other side's.
 */
interface ProxyDialogue {
    /** What it says at most, in all its headers. */
    int MOST_BYTES = 16 * 1024;

    /** Nothing that could end a line of HTTP. */
    Pattern NAME = Pattern.compile("[a-z0-9._-]{1,255}");

    static ProxyDialogue with(ForwardProxy proxy, Host target, int port) {
        if (target.address() == null && !NAME.matcher(target.text()).matches()) {
            throw new IllegalArgumentException("not a name of a host: " + target);
        }
        return switch (proxy.kind()) {
            case HTTP -> new HttpDialogue(proxy.login(), target, port);
            case SOCKS5 -> new SocksDialogue(proxy.login(), target, port);
            case UNKNOWN -> throw new IllegalArgumentException("nobody speaks to " + proxy);
        };
    }

    /** What is to be sent now, once; empty for nothing. */
    byte[] toSend();

    /**
     * Looks at what has come and was not taken before.
     *
     * @return how many bytes of it belong here; where there was one, at least one
     */
    int take(byte[] come);

    /** How it ended; null where more is to come. */
    @Nullable ProxyAnswer answer();
}
