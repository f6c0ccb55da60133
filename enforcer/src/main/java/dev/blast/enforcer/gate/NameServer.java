package dev.blast.enforcer.gate;

import dev.blast.enforcer.gate.DnsMessage.Query;
import dev.blast.packaging.Host;
import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The name server inside a sandbox, RFC 1035, from the bytes of a query to those of its answer.
 * Safe for several threads as far as those whom it asks are.
 *
 * <p>It says which addresses a name has, synthetic ones, and nothing else of it: mail servers,
 * services and hints for HTTPS (RFC 9460) would lead to addresses past the name that rules are
 * about. What rules refuse does not exist, so that a resolver goes on with its search list and
 * remembers it no longer than {@value #SECONDS_TO_LIVE} seconds. Nobody is asked about an address:
 * one that is written as a name does not exist, and of those behind {@code in-addr.arpa} and {@code
 * ip6.arpa} only synthetic ones and the loopback do.
 */
public final class NameServer {
    static final int SECONDS_TO_LIVE = 5;

    /** What passes everywhere in one piece; what the DNS flag day of 2020 settled upon. */
    static final int MOST_UDP_BYTES = 1232;

    static final int IN = 1;
    static final int NXDOMAIN = 3;

    /** RFC 1035, 4.2.1: for whoever says nothing of itself. */
    private static final int LEAST_UDP_BYTES = 512;

    private static final int MOST_TCP_BYTES = 65_535;

    private static final int NOERROR = 0;
    private static final int FORMERR = 1;
    private static final int SERVFAIL = 2;
    private static final int NOTIMP = 4;
    private static final int REFUSED = 5;
    private static final int BADVERS = 16;

    private static final int A = 1;
    private static final int PTR = 12;
    private static final int AAAA = 28;

    private static final List<InetAddress> LOOPBACK =
            List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));

    private final RealAddresses real;
    private final SyntheticAddresses addresses;

    public NameServer(RealAddresses real, SyntheticAddresses addresses) {
        this.real = real;
        this.addresses = addresses;
    }

    /** How a query came and its answer goes. */
    public enum Transport {
        UDP,
        /** Both without the two bytes of their length. */
        TCP
    }

    /** The answer to any bytes; empty where there is nobody to answer. */
    public Optional<byte[]> answer(byte[] message, Transport transport) {
        return switch (DnsReader.read(message)) {
            case DnsMessage.Nothing() -> Optional.empty();
            case DnsMessage.Malformed(var head) -> Optional.of(DnsReply.of(head, FORMERR));
            case DnsMessage.OtherOperation(var head) -> Optional.of(DnsReply.of(head, NOTIMP));
            case Query query -> {
                Said said = said(query);
                int mostBytes = mostBytes(query, transport);
                yield Optional.of(DnsReply.of(query, message, said.code(), said.data(), mostBytes));
            }
        };
    }

    /** A code, and the data of records of the type that was asked for. */
    private record Said(int code, List<byte[]> data) {
        static Said nothing(int code) {
            return new Said(code, List.of());
        }
    }

    private Said said(Query query) {
        if (query.edns() != null && query.edns().version() != 0) {
            return Said.nothing(BADVERS);
        }
        if (query.ofClass() != IN) {
            return Said.nothing(REFUSED);
        }
        Host host = query.host();
        if (host == null || host.address() != null || endsInNumber(host.text())) {
            return Said.nothing(NXDOMAIN);
        }
        if (host.text().isEmpty()) {
            return Said.nothing(NOERROR); // the root exists
        }
        if (host.isLoopback()) {
            return new Said(NOERROR, data(ofType(query.type(), LOOPBACK)));
        }
        if (ReverseName.isBelow(host.text())) {
            return ReverseName.address(host.text())
                    .flatMap(this::nameOf)
                    .map(name -> query.type() == PTR ? List.of(labels(name)) : List.<byte[]>of())
                    .map(data -> new Said(NOERROR, data))
                    .orElseGet(() -> Said.nothing(NXDOMAIN));
        }
        return switch (real.find(host.text())) {
            case RealAddresses.Lead.Found(List<InetAddress> found) -> {
                List<InetAddress> synthetic =
                        ofType(query.type(), found).stream()
                                .map(each -> addresses.of(host.text(), each))
                                .distinct()
                                .toList();
                yield new Said(NOERROR, data(synthetic));
            }
            case RealAddresses.Lead.KnownToProxy() ->
                    new Said(
                            NOERROR,
                            data(ofType(query.type(), List.of(addresses.of(host.text())))));
            case RealAddresses.Lead.NoSuchName(), RealAddresses.Lead.Refused() ->
                    Said.nothing(NXDOMAIN);
            case RealAddresses.Lead.Failed() -> Said.nothing(SERVFAIL);
        };
    }

    /** No such name is delegated, and programs disagree on which of them are addresses. */
    private static boolean endsInNumber(String host) {
        String last = host.substring(host.lastIndexOf('.') + 1);
        return last.matches("[0-9]+|0x[0-9a-f]*");
    }

    private static List<InetAddress> ofType(int type, List<InetAddress> addresses) {
        return switch (type) {
            case A -> addresses.stream().filter(Inet4Address.class::isInstance).toList();
            case AAAA -> addresses.stream().filter(Inet6Address.class::isInstance).toList();
            default -> List.of();
        };
    }

    private static List<byte[]> data(List<InetAddress> addresses) {
        return addresses.stream().map(InetAddress::getAddress).toList();
    }

    private Optional<String> nameOf(InetAddress address) {
        return LOOPBACK.contains(address)
                ? Optional.of("localhost")
                : addresses.behind(address).map(SyntheticAddresses.Behind::name);
    }

    private static byte[] labels(String name) {
        var out = new ByteArrayOutputStream();
        for (String label : name.split("\\.", -1)) {
            out.write(label.length());
            out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.write(0);
        return out.toByteArray();
    }

    private static int mostBytes(Query query, Transport transport) {
        return switch (transport) {
            case TCP -> MOST_TCP_BYTES;
            case UDP ->
                    query.edns() == null
                            ? LEAST_UDP_BYTES
                            : Math.clamp(query.edns().udpBytes(), LEAST_UDP_BYTES, MOST_UDP_BYTES);
        };
    }
}
