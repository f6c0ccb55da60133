package dev.blast.enforcer.gate;

import dev.blast.enforcer.kernel.Errno;

/** What became of a connection that a proxy was asked for. */
public sealed interface ProxyAnswer {

    /** It is connected: all that follows is the other side's. */
    record Connected() implements ProxyAnswer {}

    /**
     * It answered with another status than one of success, RFC 9110, 15.
     *
     * @param code 100 to 999
     */
    record Status(int code) implements ProxyAnswer {}

    /**
     * It answered with a reason, RFC 1928, 6.
     *
     * @param reply 1 to 255
     */
    record Reply(int reply) implements ProxyAnswer {}

    /** It wants to know who asks, or does not take what it was told. */
    record Login() implements ProxyAnswer {}

    /** What it said is no answer, or too long for one. */
    record Garbled() implements ProxyAnswer {}

    /** It ended the conversation. */
    record Ended() implements ProxyAnswer {}

    /** It said nothing in time. */
    record Silent() implements ProxyAnswer {}

    /** It was not reached itself, with the errno. */
    record Unreached(int errno) implements ProxyAnswer {}

    /** Nobody knows where it is. */
    record NotFound() implements ProxyAnswer {}

    /** Blast does not know how to speak to it. */
    record NotSpoken() implements ProxyAnswer {}

    /** What connect(2) fails with; 0 where it does not. */
    default int errno() {
        return switch (this) {
            case Connected() -> 0;
            case Status(int code) -> ofStatus(code).number();
            case Reply(int reply) -> ofReply(reply).number();
            case Login(), Garbled(), Ended() -> Errno.ECONNREFUSED.number();
            case Silent() -> Errno.ETIMEDOUT.number();
            case Unreached(int errno) -> errno;
            case NotFound(), NotSpoken() -> Errno.EHOSTUNREACH.number();
        };
    }

    private static Errno ofStatus(int code) {
        return switch (code) {
            case 408, 504 -> Errno.ETIMEDOUT;
            default -> code >= 500 ? Errno.EHOSTUNREACH : Errno.ECONNREFUSED;
        };
    }

    private static Errno ofReply(int reply) {
        return switch (reply) {
            case 3 -> Errno.ENETUNREACH;
            case 1, 4 -> Errno.EHOSTUNREACH;
            case 6 -> Errno.ETIMEDOUT;
            default -> Errno.ECONNREFUSED;
        };
    }
}
