package dev.blast.environment.session;

import dev.blast.enforcer.Running;
import dev.blast.enforcer.kernel.SignalName;
import dev.blast.enforcer.spawn.FrozenEnd;
import dev.blast.enforcer.spawn.Overseer;
import dev.blast.environment.ledger.LoggedViolation;
import dev.blast.environment.ledger.RunLedger;
import dev.blast.environment.ledger.ViolationText;
import dev.blast.packaging.Host;
import dev.blast.packaging.Message;
import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Direction;
import dev.blast.rules.fact.Violation;
import dev.blast.rules.fact.ViolationKind;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Outcome;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one run runs into: put to its rules, kept in its ledger, and told where a rule warns, stops
 * or freezes. Safe on any thread.
 */
public final class RunViolations implements Overseer {
    /** Who runs into a hundred things is not told of each; the ledger is. */
    private static final int MOST_LINES = 20;

    private static final long RESUME_MILLIS = 200;

    private final Policy policy;
    private final Context context;
    private final RunLedger ledger;
    private final Consumer<String> says;
    private final Set<String> warned = new HashSet<>();
    private volatile @Nullable Running running;
    private volatile Sessions.Entry entry = Sessions.Entry.NONE;
    private @Nullable Judgement judged;

    /**
     * Of one run.
     *
     * @param ledger told of everything
     * @param says a line
     */
    public RunViolations(Habitat habitat, RunLedger ledger, Consumer<String> says) {
        this(habitat.policies().policy(), habitat.context(), ledger, says);
    }

    RunViolations(Policy policy, Context context, RunLedger ledger, Consumer<String> says) {
        this.policy = policy;
        this.context = context;
        this.ledger = ledger;
        this.says = says;
    }

    /**
     * What it is about, before its program's first instruction.
     *
     * @param session by which people find it
     */
    void about(Running started, Sessions.Entry session) {
        running = started;
        found(session);
    }

    /** By what people find it. */
    void found(Sessions.Entry session) {
        entry = session;
    }

    /** Something that it wanted to reach was refused. A server that stays inside is none. */
    void refused(Connection asked) {
        Running started = running;
        if (started != null && asked.direction() == Direction.OUT) {
            started.violated(ViolationKind.CONNECT, subject(asked));
        }
    }

    /** {@code host:port}, or the host alone where there is no port. */
    static String subject(Connection asked) {
        return asked.port() == 0 ? asked.host() : Host.withPort(asked.host(), asked.port());
    }

    /** Where nobody could find it again to let it go on, it is ended instead. */
    @Override
    public synchronized Consequence violated(Violation violation) {
        Judgement judgement = policy.judge(violation, context);
        judged = judgement;
        ledger.record(LoggedViolation.of(violation, judgement, Instant.now()));
        judgement.warnings().forEach(reason -> warn(violation, reason));
        return switch (judgement.outcome()) {
            case STOPPED -> Consequence.STOP;
            case FROZEN -> entry.isEntered() ? Consequence.FREEZE : Consequence.STOP;
            case RECORDED, ALLOWED, HELD, DENIED -> Consequence.NONE;
        };
    }

    private void warn(Violation violation, Reason reason) {
        String once = "%s %s %s".formatted(violation.kind(), violation.subject(), reason.origin());
        if (warned.size() > MOST_LINES || !warned.add(once)) {
            return;
        }
        says.accept(
                warned.size() > MOST_LINES
                        ? "blast: more is warned of than is told here: blast log"
                        : Message.of("blast: warning: %s%s", what(violation), by(reason)).text());
    }

    /** It is entered before, so that none is frozen that nobody can find. */
    @Override
    public boolean freezing() {
        return entry.freeze();
    }

    @Override
    public synchronized void followed(Violation violation, Done done) {
        Judgement judgement = judged;
        if (judgement == null) {
            throw new IllegalStateException("followed before it was violated: " + violation);
        }
        Message why =
                judgement.failure() != null
                        ? Message.of("; the rules could not be asked: %s", judgement.failure())
                        : judgement.deciding().isEmpty()
                                ? new Message("; Blast itself ends it, whatever rules say")
                                : by(judgement.deciding().getFirst());
        boolean isStoppedInstead = done == Done.STOPPED && judgement.outcome() == Outcome.FROZEN;
        String how =
                switch (done) {
                    case STOPPED ->
                            isStoppedInstead ? "stopped, as it cannot be frozen" : "stopped";
                    case FROZEN -> "frozen";
                    case NOTHING_RAN -> "it had ended before it could be stopped";
                };
        says.accept(Message.of("blast: %s: %s%s", how, what(violation), why).text());
        if (isStoppedInstead) {
            ledger.record(
                    LoggedViolation.of(violation, judgement, Instant.now()).as(Outcome.STOPPED));
        }
        if (done == Done.FROZEN) {
            says.accept(
                    "blast: to go on, from another terminal: blast kill --resume; to end it: Ctrl-C, or blast kill");
            Thread.ofPlatform().name("frozen").daemon().start(this::awaitResuming);
        } else {
            entry.goesOn();
        }
    }

    @Override
    public void endedFrozen(Violation violation, FrozenEnd end) {
        String by = entry.isToEnd() ? "blast kill" : by(end);
        ledger.record(LoggedViolation.ended(violation, by, Instant.now()));
        says.accept("blast: ended while it was frozen, by " + by);
    }

    private static String by(FrozenEnd end) {
        return switch (end) {
            case FrozenEnd.Asked(int signal) -> SignalName.of(signal);
            case FrozenEnd.LetGoOn() ->
                    "Blast: somebody let it go on from outside, and it could not be stopped again";
            case FrozenEnd.Ended ended ->
                    ended.signal() > 0
                            ? SignalName.of(ended.signal())
                            : "its own exit %d: somebody let it go on from outside"
                                    .formatted(ended.exitCode());
        };
    }

    private static Message what(Violation it) {
        Message what = ViolationText.of(it.kind(), it.subject());
        return it.count() < 2
                ? what
                : Message.of("%s, %s times", what, "%,d".formatted(it.count()));
    }

    private static Message by(Reason reason) {
        return Message.of(
                "; rule \"%s\", %s%s",
                reason.rule(),
                reason.origin(),
                reason.text().isEmpty() ? "" : ": " + reason.text());
    }

    private void awaitResuming() {
        Running frozen = running;
        try {
            while (frozen != null && frozen.isFrozen()) {
                if (entry.isToGoOn()) {
                    entry.goesOn();
                    if (frozen.thaw()) {
                        entry.answer();
                        says.accept("blast: goes on");
                        return;
                    }
                    entry.stays();
                    entry.answer();
                    says.accept("blast: it cannot be let go on; to end it: blast kill");
                }
                Thread.sleep(RESUME_MILLIS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
