package dev.blast.enforcer.spawn;

import dev.blast.enforcer.spawn.Overseer.Consequence;
import dev.blast.enforcer.spawn.Overseer.Done;
import dev.blast.rules.fact.Violation;
import dev.blast.rules.fact.ViolationKind;
import dev.blast.rules.vocabulary.AmountText;
import dev.blast.rules.vocabulary.Answer.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Puts what one sandbox runs into to its overseer, and does what is said. Safe on any thread.
 *
 * <p>What comes again and again is put each time up to a hundred, and then each time that there is
 * twice as much; of different subjects those beyond a bound are counted as one. So a program can
 * neither keep the overseer busy nor hide in a crowd.
 */
final class Oversight implements AutoCloseable {
    static final int MOST_SUBJECTS = 100;
    static final String OTHERS = "others";

    private static final int EACH_UNTIL = 100;

    private final Overseer overseer;
    private final Freezer freezer;
    private final Runnable kill;
    private final Attendants attendants;

    /** What is counted here, by who must not wait. */
    private final BlockingQueue<Violation> waiting = new LinkedBlockingQueue<>();

    private final Map<About, Long> counts = new HashMap<>();
    private final Map<About, Long> next = new HashMap<>();
    private @Nullable Thread teller;
    private boolean ended;
    private boolean isStopping;

    /** At which count it was frozen for something: who let it go on knows of that. */
    private final Map<About, Long> frozenAt = new HashMap<>();

    // guarded by the pause
    private final Object pause = new Object();
    private boolean frozen;
    private boolean over;
    private long frozenSince;
    private long frozenNanos;
    private @Nullable Violation frozenFor;
    private @Nullable FrozenEnd frozenEnd;

    private record About(ViolationKind kind, String subject) {}

    /**
     * Of one sandbox.
     *
     * @param kill ends all of it
     * @param attendants that hear of it where one of its own threads fails
     */
    Oversight(Overseer overseer, Freezer freezer, Runnable kill, Attendants attendants) {
        this.overseer = overseer;
        this.freezer = freezer;
        this.kill = kill;
        this.attendants = attendants;
    }

    /** Counts one more, and returns at once: a thread of its own goes on from there. */
    void happened(ViolationKind kind, String subject) {
        synchronized (counts) {
            About about = bounded(counts, new About(kind, subject));
            long count = counts.merge(about, 1L, Long::sum);
            if (isWorthTelling(about, count) && !ended) {
                waiting.add(new Violation(kind, count, about.subject()));
                if (teller == null) {
                    teller =
                            Thread.ofPlatform()
                                    .name("oversight")
                                    .daemon()
                                    .start(attendants.guarded(this::tellAll));
                }
            }
        }
    }

    private static About bounded(Map<About, Long> known, About about) {
        if (known.containsKey(about)) {
            return about;
        }
        long others = known.keySet().stream().filter(it -> it.kind() == about.kind()).count();
        return others < MOST_SUBJECTS ? about : new About(about.kind(), OTHERS);
    }

    private boolean isWorthTelling(About about, long count) {
        if (count < next.getOrDefault(about, 1L)) {
            return false;
        }
        next.put(about, count < EACH_UNTIL ? count + 1 : count * 2);
        return true;
    }

    private void tellAll() {
        try {
            while (true) {
                tell(waiting.take());
            }
        } catch (InterruptedException _) {
            // it has ended, and what waits is told by whoever ends it
        }
    }

    /** Limits that were run into, each as often as was counted so far. */
    void report(List<LimitHit> hits) {
        for (LimitHit hit : hits) {
            report(hit);
        }
    }

    /** What was done about it: nothing also where it is no more than what was told before. */
    Consequence report(LimitHit hit) {
        Violation violation = violation(hit);
        var about = new About(violation.kind(), violation.subject());
        synchronized (counts) {
            if (!isWorthTelling(about, violation.count())) {
                return Consequence.NONE;
            }
        }
        return tell(violation);
    }

    static Violation violation(LimitHit hit) {
        Resource resource =
                Resource.named(hit.what())
                        .orElseThrow(() -> new IllegalStateException("no limit " + hit.what()));
        return new Violation(
                ViolationKind.valueOf(resource.name()),
                Math.max(1, hit.times()),
                AmountText.of(resource, hit.limit().amount()));
    }

    /** Tells of it, whatever was told before, and does what is said. */
    synchronized Consequence tell(Violation violation) {
        Consequence wanted = overseer.violated(violation);
        if (wanted == Consequence.NONE || isStopping) {
            return wanted;
        }
        if (wanted == Consequence.FREEZE) {
            if (isFrozen()) {
                return wanted;
            }
            var about = new About(violation.kind(), violation.subject());
            if (violation.count() < 2 * frozenAt.getOrDefault(about, 0L)) {
                return Consequence.NONE;
            }
            frozenAt.put(about, violation.count());
        }
        Done done = wanted == Consequence.FREEZE ? freeze(violation) : stop();
        overseer.followed(violation, done);
        return done == Done.FROZEN ? Consequence.FREEZE : Consequence.STOP;
    }

    /** Tells of what has ended it already. */
    synchronized void record(Violation violation) {
        isStopping = true;
        overseer.violated(violation);
    }

    /** Tells of a wall that does not stand, for which it has been ended, whatever is said. */
    synchronized void lost(Violation violation) {
        overseer.violated(violation);
        if (!isStopping) {
            isStopping = true;
            overseer.followed(violation, Done.STOPPED);
        }
    }

    private Done stop() {
        if (isOver()) {
            return Done.NOTHING_RAN;
        }
        isStopping = true;
        kill.run();
        return Done.STOPPED;
    }

    private Done freeze(Violation violation) {
        if (isOver()) {
            return Done.NOTHING_RAN;
        }
        if (!overseer.freezing() || !freezer.freeze()) {
            return stop();
        }
        synchronized (pause) {
            frozen = true;
            frozenFor = violation;
            frozenSince = System.nanoTime();
        }
        Thread.ofPlatform().name("sandbox freeze").daemon().start(attendants.guarded(this::hold));
        return Done.FROZEN;
    }

    /**
     * Who lets a stopped process go on from outside (fg does) has not asked us; who presses Ctrl-C
     * wants it to end.
     */
    private void hold() {
        synchronized (pause) {
            try {
                while (frozen && !over) {
                    boolean held = freezer.hold();
                    OptionalInt asked = freezer.askedToEnd();
                    if (!held || asked.isPresent()) {
                        frozenEnd =
                                asked.isPresent()
                                        ? new FrozenEnd.Asked(asked.getAsInt())
                                        : new FrozenEnd.LetGoOn();
                        kill.run();
                    }
                    pause.wait(Freezer.HOLD_MILLIS);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Lets it go on; false where it stays frozen. */
    boolean thaw() {
        synchronized (pause) {
            if (!frozen || over) {
                return true;
            }
            if (!freezer.thaw()) {
                return false;
            }
            frozen = false;
            frozenNanos += System.nanoTime() - frozenSince;
            pause.notifyAll();
            return true;
        }
    }

    boolean isFrozen() {
        synchronized (pause) {
            return frozen && !over;
        }
    }

    private boolean isOver() {
        synchronized (pause) {
            return over;
        }
    }

    /** How long it was frozen in all. */
    long frozenNanos() {
        synchronized (pause) {
            return frozenNanos + (frozen ? System.nanoTime() - frozenSince : 0);
        }
    }

    /** Waits until it goes on, or has ended. */
    void awaitThaw() {
        synchronized (pause) {
            try {
                while (frozen && !over) {
                    pause.wait();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Nothing runs any more.
     *
     * @param exitCode of its first process
     */
    void ended(int exitCode) {
        synchronized (pause) {
            over = true;
            if (frozen && frozenEnd == null) {
                frozenEnd = new FrozenEnd.Ended(exitCode);
            }
            pause.notifyAll();
        }
    }

    /** Tells what still waits. */
    @Override
    public void close() {
        @Nullable Thread last;
        synchronized (counts) {
            ended = true;
            last = teller;
        }
        if (last != null) {
            last.interrupt();
            try {
                last.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
        for (Violation left = waiting.poll(); left != null; left = waiting.poll()) {
            tell(left);
        }
        tellOfFrozenEnd();
    }

    /** Unless it was stopped meanwhile, which was told. */
    private synchronized void tellOfFrozenEnd() {
        @Nullable Violation violation;
        @Nullable FrozenEnd end;
        synchronized (pause) {
            violation = frozenFor;
            end = frozen ? frozenEnd : null;
        }
        if (violation != null && end != null && !isStopping) {
            overseer.endedFrozen(violation, end);
        }
    }
}
