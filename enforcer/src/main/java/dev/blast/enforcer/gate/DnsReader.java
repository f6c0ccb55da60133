package dev.blast.enforcer.gate;

import dev.blast.enforcer.gate.DnsMessage.Edns;
import dev.blast.enforcer.gate.DnsMessage.Head;
import dev.blast.packaging.Host;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads what was sent to a name server, from the front to the end; RFC 1035, 4.1. */
final class DnsReader {
    private static final int OPT = 41;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_LABEL = 63;

    /** Type, class, time to live and length of the data. */
    private static final int FIXED = 10;

    private static final int IS_ANSWER = 0x8000;
    private static final int OPERATION = 0x7800;
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int CHECKING_DISABLED = 0x0010;

    private final byte[] bytes;
    private int at;

    private DnsReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Any bytes at all. */
    static DnsMessage read(byte[] bytes) {
        if (bytes.length < 2) {
            return new DnsMessage.Nothing();
        }
        var reader = new DnsReader(bytes);
        int flags = bytes.length < 4 ? 0 : reader.number(2);
        var head =
                new Head(
                        reader.number(0),
                        flags & (OPERATION | RECURSION_DESIRED | CHECKING_DISABLED));
        if ((flags & IS_ANSWER) != 0) {
            return new DnsMessage.Nothing(); // two servers would answer each other for ever
        }
        if (bytes.length < DnsMessage.HEADER) {
            return new DnsMessage.Malformed(head);
        }
        if ((flags & OPERATION) != 0) {
            return new DnsMessage.OtherOperation(head);
        }
        return reader.query(head)
                .<DnsMessage>map(query -> query)
                .orElseGet(() -> new DnsMessage.Malformed(head));
    }

    private Optional<DnsMessage.Query> query(Head head) {
        boolean oneQuestion = number(4) == 1 && number(6) == 0 && number(8) == 0;
        int additional = number(10);
        at = DnsMessage.HEADER;
        var name = new StringBuilder();
        if (!oneQuestion || !name(name) || at + 4 > bytes.length) {
            return Optional.empty();
        }
        int type = number(at);
        int ofClass = number(at + 2);
        at += 4;
        int questionEnd = at;
        Edns edns = null;
        for (int i = 0; i < additional; i++) {
            int record = at;
            if (!passName() || at + FIXED > bytes.length) {
                return Optional.empty();
            }
            int fixed = at;
            at += FIXED + number(fixed + 8);
            if (at > bytes.length) {
                return Optional.empty();
            }
            if (number(fixed) == OPT) {
                boolean ofRoot = fixed == record + 1;
                if (edns != null || !ofRoot || !areOptions(fixed + FIXED)) {
                    return Optional.empty();
                }
                edns = edns(fixed);
            }
        }
        Host host = isOfHosts(name) ? Host.of(name.toString()) : null;
        return at == bytes.length
                ? Optional.of(new DnsMessage.Query(head, questionEnd, host, type, ofClass, edns))
                : Optional.empty();
    }

    /** Appends the name that begins here, uncompressed; false where there is none. */
    private boolean name(StringBuilder name) {
        int begin = at;
        int length = label();
        for (; length > 0; length = label()) {
            String label = new String(bytes, at, length, StandardCharsets.ISO_8859_1);
            name.append(name.isEmpty() ? "" : ".").append(label.replace(".", "\\."));
            at += length;
        }
        return length == 0 && at - begin <= LONGEST_NAME;
    }

    /** Goes behind a name, which may be compressed: the rest of it is not followed. */
    private boolean passName() {
        int length;
        do {
            if (at < bytes.length && (bytes[at] & 0xc0) == 0xc0) {
                at += 2;
                return true;
            }
            length = label();
            at += Math.max(length, 0);
        } while (length > 0);
        return length == 0;
    }

    /** The length of the label that follows; 0 at the end of a name, negative where none is. */
    private int label() {
        if (at >= bytes.length) {
            return -1;
        }
        int length = bytes[at++] & 0xff;
        return length <= LONGEST_LABEL && at + length <= bytes.length ? length : -1;
    }

    private Edns edns(int fixed) {
        int version = bytes[fixed + 5] & 0xff;
        boolean dnssecOk = (bytes[fixed + 6] & 0x80) != 0;
        return new Edns(number(fixed + 2), version, dnssecOk);
    }

    /** Whether whole options, and nothing else, stand from there to here. */
    private boolean areOptions(int from) {
        int option = from;
        while (option + 4 <= at) {
            option += 4 + number(option + 2);
        }
        return option == at;
    }

    /** Two bytes, the higher first. */
    private int number(int from) {
        return (bytes[from] & 0xff) << Byte.SIZE | (bytes[from + 1] & 0xff);
    }

    private static boolean isOfHosts(StringBuilder name) {
        return name.chars()
                .allMatch(c ->
                        (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || c == '-'
                                || c == '_'
                                || c == '.');
    }
}
