package dev.blast.enforcer.gate;

import dev.blast.enforcer.gate.DnsMessage.Head;
import java.nio.ByteBuffer;
import java.util.List;

/** Writes what a name server answers; RFC 1035, 4.1. */
final class DnsReply {
    private static final int NOERROR = 0;

    private static final int IS_ANSWER = 0x8000;
    private static final int TRUNCATED = 0x0200;

    /** Without it, and without records, glibc and Go take a server for one that knows nothing. */
    private static final int RECURSION_AVAILABLE = 0x0080;

    private static final int SOA = 6;
    private static final int OPT = 41;
    private static final int OPT_BYTES = 11;

    /** A name that is the question's; RFC 1035, 4.1.4. */
    private static final short QUESTIONS_NAME = (short) (0xc000 | DnsMessage.HEADER);

    /** That name, type, class, time to live and length of the data. */
    private static final int RECORD_BYTES = 12;

    /** Serial, refresh, retry and expiry say nothing to a resolver; the last is RFC 2308's. */
    private static final int[] SOA_NUMBERS = {1, 3600, 600, 86_400, NameServer.SECONDS_TO_LIVE};

    private static final int SOA_DATA_BYTES = 1 + 1 + 4 * 5;
    private static final int SOA_BYTES = 1 + 2 + 2 + 4 + 2 + SOA_DATA_BYTES;

    private DnsReply() {}

    /** An answer to what holds no question, or none that could be read. */
    static byte[] of(Head head, int code) {
        var bytes = new byte[DnsMessage.HEADER];
        header(bytes, head, code, 0, 0, 0, 0);
        return bytes;
    }

    /**
     * @param asked the bytes of the query
     * @param code of RFC 1035 or, where it is above 15, of RFC 6891
     * @param data of each record, all of the type that was asked for; where there is none and the
     *     answer is certain, it says how long that may be remembered
     * @param mostBytes what does not fit is left out, and the answer says so
     */
    static byte[] of(
            DnsMessage.Query query, byte[] asked, int code, List<byte[]> data, int mostBytes) {
        boolean certain = code == NOERROR || code == NameServer.NXDOMAIN;
        int opt = query.edns() == null ? 0 : OPT_BYTES;
        int soa = certain && data.isEmpty() ? SOA_BYTES : 0;
        int size = query.questionEnd() + opt + soa;
        int fitting = 0;
        for (byte[] each : data) {
            if (size + RECORD_BYTES + each.length > mostBytes) {
                break;
            }
            size += RECORD_BYTES + each.length;
            fitting++;
        }
        int flags = (code & 0xf) | (fitting < data.size() ? TRUNCATED : 0);
        var bytes = new byte[size];
        ByteBuffer out =
                header(bytes, query.head(), flags, 1, fitting, soa == 0 ? 0 : 1, opt == 0 ? 0 : 1)
                        .put(asked, DnsMessage.HEADER, query.questionEnd() - DnsMessage.HEADER);
        for (byte[] each : data.subList(0, fitting)) {
            out.putShort(QUESTIONS_NAME)
                    .putShort((short) query.type())
                    .putShort((short) query.ofClass())
                    .putInt(NameServer.SECONDS_TO_LIVE)
                    .putShort((short) each.length)
                    .put(each);
        }
        if (soa > 0) {
            putSoa(out);
        }
        if (query.edns() != null) {
            putOpt(out, code, query.edns().dnssecOk());
        }
        return bytes;
    }

    private static ByteBuffer header(
            byte[] bytes,
            Head head,
            int flags,
            int questions,
            int answers,
            int authorities,
            int additional) {
        return ByteBuffer.wrap(bytes)
                .putShort((short) head.id())
                .putShort((short) (IS_ANSWER | RECURSION_AVAILABLE | head.repeated() | flags))
                .putShort((short) questions)
                .putShort((short) answers)
                .putShort((short) authorities)
                .putShort((short) additional);
    }

    /** The root's, which is above every name: itself and nobody are its server and its keeper. */
    private static void putSoa(ByteBuffer out) {
        out.put((byte) 0)
                .putShort((short) SOA)
                .putShort((short) NameServer.IN)
                .putInt(NameServer.SECONDS_TO_LIVE)
                .putShort((short) SOA_DATA_BYTES)
                .put((byte) 0)
                .put((byte) 0);
        for (int number : SOA_NUMBERS) {
            out.putInt(number);
        }
    }

    /** RFC 6891, 6.1.3: the higher bits of the code, version 0, and DO as it came (RFC 3225, 3). */
    private static void putOpt(ByteBuffer out, int code, boolean dnssecOk) {
        out.put((byte) 0)
                .putShort((short) OPT)
                .putShort((short) NameServer.MOST_UDP_BYTES)
                .put((byte) (code >>> 4))
                .put((byte) 0)
                .putShort((short) (dnssecOk ? 0x8000 : 0))
                .putShort((short) 0);
    }
}
