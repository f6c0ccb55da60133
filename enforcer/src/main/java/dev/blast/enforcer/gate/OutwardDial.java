package dev.blast.enforcer.gate;

import dev.blast.enforcer.gate.SyscallListener.Call;
import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Limit;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Connects outside for a program, and hands the socket in; or, where a rate is limited, stands
 * between the two. Every way ends in an answer to the call.
 */
final class OutwardDial {
    private static final long F_SETFL = 4;
    private static final int LOOK_EVERY_MILLIS = 250;

    /** What a proxy may take for all, its own attempts among it. */
    private static final Duration PATIENCE_WITH_PROXY = Duration.ofSeconds(60);

    private final Kernel kernel;
    private final SyscallListener listener;
    private final Relays relays;
    private final Rates rates;
    private final Attempts attempts;
    private final CarriedBytes carried;
    private final Underway underway;
    private final OtherThreads elsewhere;
    private final Unanswered unanswered;
    private final ProxyDial.Names names;

    OutwardDial(
            Kernel kernel,
            SyscallListener listener,
            Relays relays,
            Rates rates,
            Attempts attempts,
            CarriedBytes carried,
            Underway underway,
            OtherThreads elsewhere,
            Unanswered unanswered,
            ProxyDial.Names names) {
        this.kernel = kernel;
        this.listener = listener;
        this.relays = relays;
        this.rates = rates;
        this.attempts = attempts;
        this.carried = carried;
        this.underway = underway;
        this.elsewhere = elsewhere;
        this.unanswered = unanswered;
        this.names = names;
    }

    /**
     * A connection that is asked for.
     *
     * @param socket the program's, closed in the end
     * @param blocking whether it wants to wait
     * @param closing on execve(2), as the program's descriptor does: O_CLOEXEC or 0
     * @param judged what is told of how it ends; null where nobody is told
     */
    record Dial(
            Call call,
            Socket socket,
            int family,
            boolean blocking,
            long closing,
            DialTarget to,
            long pid,
            @Nullable JudgedConnection judged) {}

    /** Begins at once; what takes longer is done elsewhere. */
    void dial(Dial dial) {
        List<Limit> limits =
                dial.judged() == null ? List.of() : rates.limits(dial.judged().judgement());
        switch (dial.to()) {
            case DialTarget.Direct to -> dial(dial, to, limits);
            case DialTarget.Through to -> {
                if (!elsewhere.does(() -> dial(dial, to, limits))) {
                    failed(dial, -Errno.EAGAIN.number(), attempts);
                    dial.socket().close();
                }
            }
        }
    }

    private void dial(Dial dial, DialTarget.Direct to, List<Limit> limits) {
        long opened = open(dial, to.address());
        if (opened < 0) {
            failed(dial, opened, attempts);
            dial.socket().close();
            return;
        }
        Socket ours = likewise(dial, opened);
        int family = (int) ours.family();
        long result = ours.connect(to.address(), to.port(), family);
        boolean waits = dial.blocking() || !limits.isEmpty();
        if (waits && Socket.underWay(result)) { // or not any more, where it was not far
            long again = ours.connect(to.address(), to.port(), family);
            result = again == -Errno.EALREADY.number() ? result : again;
        }
        if (waits && Socket.underWay(result)) {
            if (!elsewhere.does(() -> await(dial, ours, limits))) {
                failed(dial, -Errno.EAGAIN.number(), attempts);
                close(dial, ours);
            }
        } else {
            end(dial, ours, limits, result, attempts);
        }
    }

    /** A descriptor of one that can reach the address, if need be of another family. */
    private long open(Dial dial, InetAddress address) {
        boolean four = address instanceof Inet4Address;
        boolean fits = dial.family() != SocketAddress.INET || four;
        long opened = Socket.open(kernel, fits ? dial.family() : SocketAddress.INET6, false);
        return opened == -Errno.EAFNOSUPPORT.number() && four
                ? Socket.open(kernel, SocketAddress.INET, false)
                : opened;
    }

    private Socket likewise(Dial dial, long opened) {
        Socket ours = new Socket(kernel, opened);
        ours.likewise(dial.socket());
        return ours;
    }

    /** Waits for the proxy, also for who does not want to wait. */
    private void dial(Dial dial, DialTarget.Through to, List<Limit> limits) {
        ForwardProxy proxy = to.proxy();
        ProxyDial.Ended ended =
                proxy.kind() == ForwardProxy.Kind.UNKNOWN
                        ? ProxyDial.Ended.without(new ProxyAnswer.NotSpoken())
                        : new ProxyDial(
                                        kernel,
                                        to,
                                        () -> listener.waits(dial.call()),
                                        PATIENCE_WITH_PROXY)
                                .dial(
                                        names,
                                        address -> open(dial, address),
                                        opened -> likewise(dial, opened));
        ProxyAnswer answer = ended.answer();
        if (answer == null) {
            dial.socket().close();
            return;
        }
        Attempts through =
                attempts.through(
                        new ThroughProxy(proxy.name(), proxy.login() != null, answer),
                        ended.said());
        if (ended.socket() == null) {
            failed(dial, -answer.errno(), through);
            dial.socket().close();
        } else {
            end(dial, ended.socket(), limits, 0, through);
        }
    }

    /** Waits until it is connected or has failed, or until nobody waits for it. */
    private void await(Dial dial, Socket ours, List<Limit> limits) {
        while (!ours.waitToWrite(LOOK_EVERY_MILLIS)) {
            if (!listener.waits(dial.call())) {
                close(dial, ours);
                return;
            }
        }
        end(dial, ours, limits, ours.takeError(), attempts);
    }

    private void end(Dial dial, Socket ours, List<Limit> limits, long result, Attempts told) {
        if (result < 0 && !Socket.underWay(result)) {
            failed(dial, result, told);
            close(dial, ours);
        } else if (limits.isEmpty()) {
            hand(dial, ours, result, told);
        } else if (!elsewhere.does(() -> relay(dial, ours, limits, told))) {
            failed(dial, -Errno.EAGAIN.number(), told);
            close(dial, ours);
        }
    }

    private static void close(Dial dial, Socket ours) {
        ours.close();
        dial.socket().close();
    }

    /** Puts it in the place of the program's, which goes on before anything else is done. */
    private void hand(Dial dial, Socket ours, long result, Attempts told) {
        if (dial.blocking()) {
            kernel.call(Syscall.fcntl, ours.descriptor(), F_SETFL, 0); // as the program's
        }
        boolean there =
                listener.replace(
                        dial.call(), (int) dial.call().first(), ours.descriptor(), dial.closing());
        if (there && !listener.answer(dial.call(), result) && result == 0) {
            unanswered.add(ours);
        }
        dial.socket().close();
        if (there && result < 0) {
            underway.watch(
                    ours,
                    reached -> {
                        if (reached) {
                            reached(dial, ours, told);
                        } else {
                            told(
                                    dial,
                                    (pid, asked, judgement) ->
                                            told.failed(pid, asked, judgement, 0));
                        }
                    });
            return;
        }
        if (there) {
            reached(dial, ours, told);
        }
        ours.close();
    }

    /** While ours is open, nobody closes it. */
    private void reached(Dial dial, Socket ours, Attempts told) {
        told(
                dial,
                (pid, asked, judgement) ->
                        carried.add(ours, told.reached(pid, asked, judgement), told.before()));
    }

    /** The program's socket stays inside, connected to one of ours. */
    private void relay(Dial dial, Socket outside, List<Limit> limits, Attempts told) {
        long met =
                relays.hasRoom()
                        ? relays.meet(dial.socket(), dial.family())
                        : -Errno.EAGAIN.number();
        if (met < 0) {
            failed(dial, met, told);
            close(dial, outside);
            return;
        }
        if (!listener.answer(dial.call(), 0)) {
            unanswered.add(dial.socket());
        }
        dial.socket().close();
        Socket inside = new Socket(kernel, met);
        told(
                dial,
                (pid, asked, judgement) -> {
                    long number = told.reached(pid, asked, judgement);
                    relays.carry(
                            inside,
                            outside,
                            rates.buckets(limits),
                            (sent, received) -> attempts.carried(number, sent, received));
                });
    }

    private interface Telling {
        void tell(long pid, Connection asked, Judgement judgement);
    }

    private static void told(Dial dial, Telling telling) {
        JudgedConnection judged = dial.judged();
        if (judged != null) {
            telling.tell(dial.pid(), judged.connection(), judged.judgement());
        }
    }

    private void failed(Dial dial, long result, Attempts told) {
        listener.answer(dial.call(), result);
        told(dial, (pid, asked, judgement) -> told.failed(pid, asked, judgement, (int) -result));
    }

    /** Of a name that may be reached and that nobody knows. */
    void unknown(Dial dial) {
        failed(dial, -Errno.EHOSTUNREACH.number(), attempts);
        dial.socket().close();
    }

    /** Where rules do not let it be. */
    void refuse(Dial dial) {
        listener.answer(dial.call(), -Errno.EACCES.number());
        dial.socket().close();
        told(dial, attempts::refused);
    }
}
