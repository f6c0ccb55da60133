package dev.blast.enforcer.gate;

import dev.blast.packaging.Host;
import org.jspecify.annotations.Nullable;

/** What somebody sent to a name server. */
sealed interface DnsMessage {

    /** Bytes before the question; RFC 1035, 4.1.1. */
    int HEADER = 12;

    /** Not to be answered: too short for an id, or itself an answer. */
    record Nothing() implements DnsMessage {}

    /** Not what RFC 1035 describes, or not one question. */
    record Malformed(Head head) implements DnsMessage {}

    /** Another operation than a query: an update, a notice. */
    record OtherOperation(Head head) implements DnsMessage {}

    /**
     * One question about one name.
     *
     * @param questionEnd the question is the message from byte {@value #HEADER} to here
     * @param host the name, an empty one of the root; null where no machine can have it: a label
     *     with other characters than letters, digits, hyphens and underscores
     * @param edns what the sender says of itself (RFC 6891); null where it says nothing
     */
    record Query(
            Head head,
            int questionEnd,
            @Nullable Host host,
            int type,
            int ofClass,
            @Nullable Edns edns)
            implements DnsMessage {}

    /**
     * What an answer repeats.
     *
     * @param repeated the operation, and the flags RD and CD, where they stand in a header
     */
    record Head(int id, int repeated) {}

    /** The extensions of a sender. */
    record Edns(int udpBytes, int version, boolean dnssecOk) {}
}
