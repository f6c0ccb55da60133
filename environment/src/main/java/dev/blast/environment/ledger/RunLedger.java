package dev.blast.environment.ledger;

import dev.blast.enforcer.gate.ConnectionAttempt;
import dev.blast.environment.Cause;
import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one run tries to reach and runs into, while it goes on. What records may be called by any
 * thread and only put into a queue; a thread of the ledger's own folds, tells of refusals, and
 * writes: the first at once, then once in a second at most, and at the end. Where it cannot be
 * written that is said once, and the run goes on.
 */
public final class RunLedger implements AutoCloseable {
    /** Different ones, of those that were refused and of the others. */
    static final int MOST_DIFFERENT = 300;

    private static final int MOST_WAITING = 16_384;

    /** Connections whose bytes are added up at the same time; of more the oldest are not. */
    private static final int MOST_COUNTED = 16_384;

    private static final Duration BETWEEN_WRITES = Duration.ofSeconds(1);

    /** Of a disk that does not answer no more is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private sealed interface Event {
        record Tried(ConnectionAttempt attempt) implements Event {}

        record Carried(ConnectionAttempt.Traffic traffic) implements Event {}

        /** That there is a violation to be taken. */
        record Violated() implements Event {}

        record Ended(Instant at) implements Event {}
    }

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>(MOST_WAITING);

    /** Apart, so that attempts do not crowd them out; their overseer bounds them. */
    private final Queue<LoggedViolation> violated = new ConcurrentLinkedQueue<>();

    private final AtomicLong unheard = new AtomicLong();
    private final Thread thread;
    private volatile @Nullable LoggedRun run;

    // what the ledger's own thread has
    private final Ledgers place;
    private final String command;
    private final RefusalLines refusals;
    private final ProxyLines proxies;
    private final Consumer<String> trouble;
    private final Instant began = Instant.now();
    private final Map<LoggedAttempt.Matter, LoggedAttempt> attempts = new LinkedHashMap<>();
    private final List<LoggedViolation> violations = new ArrayList<>();
    private final Map<Long, Counted> counted = new LinkedHashMap<>(16, 0.75f, true);
    private int refused;
    private long others;
    private @Nullable Instant ended;
    private int number;
    private boolean troubleTold;

    /** What is known of one connection so far. */
    private record Counted(LoggedAttempt.Matter matter, long sent, long received) {}

    RunLedger(
            Ledgers place,
            String command,
            RefusalLines refusals,
            ProxyLines proxies,
            Consumer<String> trouble) {
        this.place = place;
        this.command = command;
        this.refusals = refusals;
        this.proxies = proxies;
        this.trouble = trouble;
        this.thread = Thread.ofPlatform().name("ledger").daemon().start(this::keep);
    }

    /** Keeps an attempt; where too many wait it is only counted. */
    public void record(ConnectionAttempt attempt) {
        if (!events.offer(new Event.Tried(attempt))) {
            unheard.incrementAndGet();
        }
    }

    /** Keeps what the run ran into, which its overseer bounds. */
    public void record(LoggedViolation violation) {
        violated.add(violation);
        events.offer(new Event.Violated()); // where too many wait, it is taken with the next
    }

    /** Keeps how much went through; what is not heard is made good by what is told later. */
    public void carried(ConnectionAttempt.Traffic traffic) {
        events.offer(new Event.Carried(traffic));
    }

    /**
     * What it holds, be it written or not; empty before the first attempt. After {@link #close}
     * all.
     */
    public Optional<LoggedRun> run() {
        return Optional.ofNullable(run);
    }

    /** Writes what is not written yet. */
    @Override
    public void close() {
        try {
            boolean heard =
                    events.offer(
                            new Event.Ended(Instant.now()),
                            PATIENCE.toMillis(),
                            TimeUnit.MILLISECONDS);
            if (heard && !thread.join(PATIENCE)) {
                trouble.accept("the ledger of this run is not written: the disk does not answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep() {
        try {
            long written = System.nanoTime() - BETWEEN_WRITES.toNanos();
            boolean changed = false;
            while (ended == null) {
                long rest = BETWEEN_WRITES.toNanos() - (System.nanoTime() - written);
                Event event = changed ? events.poll(rest, TimeUnit.NANOSECONDS) : events.take();
                changed |= event != null;
                if (event != null) {
                    take(event);
                }
                boolean due = System.nanoTime() - written >= BETWEEN_WRITES.toNanos();
                if (changed && due) {
                    write();
                    changed = false;
                    written = System.nanoTime();
                }
            }
            write();
        } catch (InterruptedException e) {
            write();
        }
    }

    private void take(Event event) {
        for (LoggedViolation it = violated.poll(); it != null; it = violated.poll()) {
            take(it);
        }
        switch (event) {
            case Event.Tried(ConnectionAttempt attempt) -> take(attempt);
            case Event.Carried(ConnectionAttempt.Traffic traffic) -> take(traffic);
            case Event.Violated() -> {}
            case Event.Ended(Instant at) -> ended = at;
        }
    }

    private void take(ConnectionAttempt attempt) {
        proxies.tell(attempt);
        var matter = LoggedAttempt.Matter.of(attempt);
        LoggedAttempt known = attempts.get(matter);
        if (known == null && isTooMany(matter)) {
            others++;
            return;
        }
        if (known == null) {
            refused += matter.isRefused() ? 1 : 0;
            LoggedAttempt first = LoggedAttempt.first(attempt);
            attempts.put(
                    matter,
                    matter.isRefused()
                            ? refusals.tell(attempt).map(first::keptAs).orElse(first)
                            : first);
        } else {
            attempts.put(matter, known.and(attempt));
        }
        if (attempt.result() == ConnectionAttempt.Result.REACHED) {
            counted.put(attempt.number(), new Counted(matter, 0, 0));
            if (counted.size() > MOST_COUNTED) {
                var oldest = counted.entrySet().iterator();
                oldest.next();
                oldest.remove();
            }
        }
    }

    private void take(LoggedViolation violation) {
        for (int at = 0; at < violations.size(); at++) {
            LoggedViolation known = violations.get(at);
            if (known.isAbout(violation)) {
                violations.set(at, known.and(violation));
                return;
            }
        }
        violations.add(violation);
    }

    private boolean isTooMany(LoggedAttempt.Matter matter) {
        return (matter.isRefused() ? refused : attempts.size() - refused) >= MOST_DIFFERENT;
    }

    private void take(ConnectionAttempt.Traffic traffic) {
        Counted before = counted.get(traffic.number());
        if (before == null) {
            return;
        }
        counted.put(
                traffic.number(), new Counted(before.matter(), traffic.sent(), traffic.received()));
        attempts.computeIfPresent(
                before.matter(),
                (_, it) ->
                        it.carrying(
                                traffic.sent() - before.sent(),
                                traffic.received() - before.received()));
    }

    private void write() {
        long all = others + unheard.get();
        if (attempts.isEmpty() && all == 0 && violations.isEmpty()) {
            return;
        }
        var held = List.copyOf(attempts.values());
        run = new LoggedRun(number, began, ended, command, held, all, violations);
        try {
            if (number == 0) {
                number = place.enter();
            }
            var numbered = new LoggedRun(number, began, ended, command, held, all, violations);
            run = numbered;
            place.write(numbered);
        } catch (IOException e) {
            tell(Message.of("cannot write %s: %s", place.folder(), Cause.of(e)).text());
        } catch (EnvironmentException e) {
            tell(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private void tell(String what) {
        if (!troubleTold) {
            troubleTold = true;
            trouble.accept("what this run reaches is not logged: " + what);
        }
    }
}
