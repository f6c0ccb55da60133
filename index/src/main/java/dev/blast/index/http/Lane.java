package dev.blast.index.http;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The requests under way to one server. A server that answers one after the other lets the last of
 * fifty wait fifty times as long as pip, which asks for one at a time, would have to: where a
 * request had no answer in time although others had one, fewer are sent at once, and it again. For
 * any thread.
 */
final class Lane {
    /** Below the 100 streams that HTTP/2 servers commonly grant on one connection. */
    static final int WIDEST = 50;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition free = lock.newCondition();
    private int width = WIDEST;
    private int underWay;
    private volatile boolean lived;

    /**
     * Waits until one more may be sent; {@link #leave} must follow.
     *
     * @return the width now, for {@link #narrow}
     */
    int enter() {
        lock.lock();
        try {
            while (underWay >= width) {
                free.awaitUninterruptibly();
            }
            underWay++;
            return width;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            underWay--;
            free.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Something came from the server. */
    void lives() {
        lived = true;
    }

    /**
     * A request that was sent when so many could be had no answer in time. Where the server has
     * answered before, their number may be to blame, those among them that were given up and that
     * it still works on.
     *
     * @return whether to send it again, among fewer
     */
    boolean narrow(int widthThen) {
        if (widthThen == 1 || !lived) {
            return false;
        }
        lock.lock();
        try {
            if (width == widthThen) {
                width = Math.max(1, width / 2);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
