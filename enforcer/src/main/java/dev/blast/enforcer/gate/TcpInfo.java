package dev.blast.enforcer.gate;

import java.nio.ByteBuffer;

/**
 * Of {@code struct tcp_info} how many bytes a program sent and received.
 *
 * @param sent each once, however often it was sent
 */
record TcpInfo(long sent, long received) {
    /** As far as it is read. */
    static final int BYTES = 216;

    static final TcpInfo NOTHING = new TcpInfo(0, 0);

    static final int CLOSE = 7; // TCP_…
    private static final int ESTABLISHED = 1;
    private static final int SYN_SENT = 2;
    private static final int FIN_WAIT1 = 4;
    private static final int FIN_WAIT2 = 5;

    private static final int RECEIVED_AT = 128;
    private static final int SENT_AT = 200;
    private static final int SENT_AGAIN_AT = 208;

    /**
     * The kernel counts the end of what is received as a byte. Of a socket that is no more nobody
     * says whether it had come; it mostly has.
     */
    static TcpInfo at(ByteBuffer bytes, int from, int state) {
        boolean hasEnded =
                switch (state) {
                    case ESTABLISHED, SYN_SENT, FIN_WAIT1, FIN_WAIT2 -> false;
                    default -> true;
                };
        long received = bytes.getLong(from + RECEIVED_AT) - (hasEnded ? 1 : 0);
        long sent = bytes.getLong(from + SENT_AT) - bytes.getLong(from + SENT_AGAIN_AT);
        return new TcpInfo(Math.max(0, sent), Math.max(0, received));
    }

    SocketDiagnosis.Carried of(long identity, boolean isOver) {
        return new SocketDiagnosis.Carried(identity, isOver, sent, received);
    }
}
