package dev.blast.rules.explain;

import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.checked.Check;
import dev.blast.rules.checked.Element;
import dev.blast.rules.checked.Frame;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.explain.Explanation.Change;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Session;
import dev.blast.rules.verdict.Answered;
import dev.blast.rules.vocabulary.Field;
import dev.blast.rules.vocabulary.Records;
import dev.blast.rules.vocabulary.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The same question, asked a little differently: one field with another value, as far as somebody
 * who asks can choose it. What is given (who one is, how old a release is, where an address
 * belongs) is no proposal, but for a few days that can be waited for.
 */
final class OtherRequests {
    /** Nobody waits longer. */
    private static final int MOST_DAYS = 60;

    private final Context context;
    private final Object subject;
    private final boolean ofCommand;
    private final Asking asking;

    /** Asks about another subject, or in another context. */
    interface Asking {
        Settled of(Policy policy, Object subject, Context context);

        /** The subject with another value; see {@code VerdictQuestion}. */
        default @Nullable Object with(Object subject, String field, Object value) {
            return Records.with(subject, field, value);
        }
    }

    /**
     * @param subject what is asked about; the session where it is about that
     * @param ofCommand whether the same may be asked as another program
     */
    OtherRequests(Context context, Object subject, boolean ofCommand, Asking asking) {
        this.context = context;
        this.subject = subject;
        this.ofCommand = ofCommand;
        this.asking = asking;
    }

    /** What a near miss lacks, or what keeps a deciding rule from matching. */
    List<OtherRequest> of(List<Trial> near, List<Answered> deciding) {
        var found = new ArrayList<OtherRequest>();
        for (Trial trial : near) {
            if (trial.failed().getFirst().test() instanceof Check.Comparison it) {
                other(trial.rule(), it, true, trial.frame()).ifPresent(found::add);
            }
        }
        for (Answered answered : deciding) {
            for (Element element : answered.branch().elements()) {
                if (element instanceof Element.Match match) {
                    for (Check test : match.tests()) {
                        if (test instanceof Check.Comparison it) {
                            other(answered.rule(), it, false, answered.frame())
                                    .ifPresent(found::add);
                        }
                    }
                }
            }
        }
        return found;
    }

    private Optional<OtherRequest> other(
            Rule rule, Check.Comparison test, boolean holds, Frame frame) {
        Object value = Substitute.making(test, holds, frame).orElse(null);
        Object fact = frame.fact(test.field().slot());
        Field field = test.field().field();
        boolean ofSession = fact instanceof Session;
        if (value == null || !(ofSession ? ofCommand : fact.equals(subject))) {
            return Optional.empty();
        }
        String how = how(fact, field, value).orElse(null);
        @Nullable Object changed = how == null ? null : changed(fact, field.name(), value);
        if (how == null || changed == null) {
            return Optional.empty();
        }
        var change =
                new Change.OtherFact(
                        test.field().fact().name() + "." + field.name(),
                        Type.show(field.read(fact)),
                        Type.show(field.read(changed)),
                        how,
                        rule.origin());
        return Optional.of(
                new OtherRequest(
                        change,
                        rule,
                        changed instanceof Session session
                                ? policy -> asking.of(policy, subject, context.as(session))
                                : policy -> asking.of(policy, changed, context)));
    }

    /** What somebody does for it; empty where nobody can. */
    private static Optional<String> how(Object fact, Field field, Object value) {
        return switch (fact) {
            case Session _ when field.name().equals("command") ->
                    Optional.of("run it by %s".formatted(Type.say(value)));
            case Connection _ when field.name().equals("host") ->
                    Optional.of("ask for %s".formatted(Type.say(value)));
            case Connection _ when field.name().equals("port") ->
                    Optional.of("ask for port %s".formatted(Type.say(value)));
            case Candidate candidate when field.name().equals("pinned") ->
                    value.equals(true)
                            ? Optional.of(
                                    "ask for exactly %s==%s in the project"
                                            .formatted(candidate.name(), candidate.version()))
                            : Optional.empty();
            case Candidate candidate when field.name().equals("ageDays") ->
                    waited(candidate, value);
            default -> Optional.empty();
        };
    }

    private static Optional<String> waited(Candidate candidate, Object value) {
        if (candidate.released() == null
                || candidate.ageDays() == null
                || !(value instanceof BigDecimal days)) {
            return Optional.empty();
        }
        BigDecimal wait = days.subtract(BigDecimal.valueOf(candidate.ageDays()));
        return wait.signum() > 0 && wait.compareTo(BigDecimal.valueOf(MOST_DAYS)) <= 0
                ? Optional.of("wait %s".formatted(count(wait.longValue())))
                : Optional.empty();
    }

    private static String count(long days) {
        return days == 1 ? "a day" : days + " days";
    }

    /** Null where there is no such fact, as with a port above 65535. */
    private @Nullable Object changed(Object fact, String field, Object value) {
        try {
            return fact instanceof Session
                    ? Records.with(fact, field, value)
                    : asking.with(fact, field, value);
        } catch (IllegalArgumentException | ArithmeticException _) {
            return null;
        }
    }
}
