package dev.blast.index.http;

import dev.blast.packaging.Host;
import dev.blast.packaging.Message;
import java.net.UnknownHostException;

/**
 * A host is at a nearer address than whoever sent us there may name. Asking again changes nothing.
 */
final class NearAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    NearAddressException(Host host, Nearness found) {
        super(
                Message.of(
                                "its host is at a %s address, where what is public may not lead\nif that is meant, trust the host with PIP_TRUSTED_HOST=%s",
                                found.word(), host)
                        .text());
    }
}
