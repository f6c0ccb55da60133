package dev.blast.enforcer.gate;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Carries bytes between a program's socket and the one that was dialled for it, no faster than its
 * buckets let them. Each direction has a thread; who reads slowly is written to slowly. What one
 * side ends or breaks off ends or breaks off at the other.
 */
final class Relay {
    private static final int MOST_AT_ONCE = 256 * 1024;
    private static final long TELL_EVERY = 1_000_000_000L;
    private static final long MSG_NOSIGNAL = 0x4000;

    private final Kernel kernel;
    private final Socket inside;
    private final Socket outside;
    private final Rates.Buckets buckets;
    private final BiConsumer<Long, Long> carried;
    private final Consumer<Relay> ended;
    private final AtomicInteger running = new AtomicInteger(2);
    private volatile boolean allSent;
    private volatile boolean broken;

    /** Guarded by this; nobody touches the sockets once they are closed. */
    private boolean closed;

    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();

    /**
     * Closes both in the end.
     *
     * @param carried told now and then how many bytes went out and came in, and at the end
     * @param ended told once both are closed
     */
    Relay(
            Kernel kernel,
            Socket inside,
            Socket outside,
            Rates.Buckets buckets,
            BiConsumer<Long, Long> carried,
            Consumer<Relay> ended) {
        this.kernel = kernel;
        this.inside = inside;
        this.outside = outside;
        this.buckets = buckets;
        this.carried = carried;
        this.ended = ended;
    }

    void start() {
        outside.breaksOffOnClose(true); // whoever dies before the end has not said all
        Thread.ofPlatform()
                .name("relay out")
                .daemon()
                .start(() -> carry(inside, outside, buckets.out(), true));
        Thread.ofPlatform()
                .name("relay in")
                .daemon()
                .start(() -> carry(outside, inside, buckets.in(), false));
    }

    /** Whether everything has gone out that the program sent, or nothing more will. */
    boolean hasSentAll() {
        return allSent;
    }

    /** Once nobody is left inside: what comes in is for nobody. */
    synchronized void hearNoMore() {
        if (!closed) {
            outside.endReading();
        }
    }

    /** Both sides read an error and no end. */
    synchronized void breakOff() {
        broken = true; // before one direction sees the end of what is broken off
        if (!closed) {
            inside.breakOff();
            outside.breakOff();
        }
    }

    private void carry(Socket from, Socket to, List<TokenBucket> buckets, boolean goesOut) {
        try (NativeMemory memory = new NativeMemory(MOST_AT_ONCE + 64)) {
            long buffer = memory.allocate(MOST_AT_ONCE);
            int portion = MOST_AT_ONCE;
            for (TokenBucket bucket : buckets) {
                portion = bucket.portion(portion);
            }
            long result = carry(from, to, buckets, goesOut, buffer, portion);
            if (result < 0) {
                breakOff();
            } else if (!broken) {
                to.endWriting();
            }
        } finally {
            allSent |= goesOut;
            if (running.decrementAndGet() == 0) {
                synchronized (this) {
                    closed = true;
                    outside.breaksOffOnClose(broken);
                    inside.close();
                    outside.close();
                }
                carried.accept(sent.get(), received.get());
                ended.accept(this);
            }
        }
    }

    /** 0 at the end of what is to be read, or a negated errno. */
    private long carry(
            Socket from,
            Socket to,
            List<TokenBucket> buckets,
            boolean goesOut,
            long buffer,
            int portion) {
        long told = System.nanoTime();
        while (true) {
            long read = again(Syscall.recvfrom, from, buffer, portion);
            if (read <= 0) {
                return read;
            }
            long wait = 0;
            long now = System.nanoTime();
            for (TokenBucket bucket : buckets) {
                wait = Math.max(wait, bucket.take(read, now));
            }
            for (long until = now + wait; wait > 0; wait = until - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            for (long done = 0; done < read; ) {
                long written = again(Syscall.sendto, to, buffer + done, read - done);
                if (written < 0) {
                    return written;
                }
                done += written;
            }
            (goesOut ? sent : received).addAndGet(read);
            if (now - told > TELL_EVERY) {
                told = now;
                carried.accept(sent.get(), received.get());
            }
        }
    }

    private long again(Syscall call, Socket socket, long buffer, long length) {
        while (true) {
            long result =
                    kernel.call(call, socket.descriptor(), buffer, length, MSG_NOSIGNAL, 0, 0);
            if (result != -Errno.EINTR.number()) {
                return result;
            }
        }
    }
}
