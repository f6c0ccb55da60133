package dev.blast.rules.trial;

import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.question.Questions;
import dev.blast.rules.question.VerdictQuestion;
import dev.blast.rules.trial.BorderValues.Axis;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.vocabulary.Facts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a name may be looked up, of which neither port nor address is known yet: whether there is
 * a connection to it that rules allow. What rules compare is tried on both sides of every border.
 */
public final class NameRules {
    /** What is left untried beyond is refused. */
    private static final int MOST_TRIED = 4000;

    /** What is given: the name, that it leads out, and what else follows from the name. */
    private static final List<String> GIVEN = List.of("host", "direction", "toIndex");

    private static final VerdictQuestion<Connection> QUESTION =
            Questions.about(Connection.to("localhost", 0, false));

    private final Policy policy;

    /** What rules compare, each with its values; none where they look at the name alone. */
    private final Map<String, List<Object>> borders = new LinkedHashMap<>();

    public NameRules(Policy policy) {
        this.policy = policy;
        var values = new BorderValues(policy.rules(QUESTION));
        for (Axis axis : values.axes()) {
            String field = axis.field().name();
            if (axis.fact().equals(Facts.CONNECTION) && !GIVEN.contains(field)) {
                borders.put(
                        field,
                        values.of(axis).stream()
                                .filter(Objects::nonNull)
                                .map(Object.class::cast)
                                .toList());
            }
        }
    }

    /** The first attempt that is allowed, else what is said of the one that is given. */
    public Judgement judge(Connection asked, Context context) {
        Judgement first = policy.judge(asked, context);
        if (first.allowed()) {
            return first;
        }
        List<Connection> tried = List.of(asked);
        for (Map.Entry<String, List<Object>> border : borders.entrySet()) {
            List<Connection> more = new ArrayList<>(tried);
            for (Connection one : tried) {
                for (Object value : border.getValue()) {
                    Optional<Connection> other = with(one, border.getKey(), value);
                    if (other.isEmpty() || more.size() == MOST_TRIED) {
                        continue;
                    }
                    Judgement judgement = policy.judge(other.get(), context);
                    if (judgement.allowed()) {
                        return judgement;
                    }
                    more.add(other.get());
                }
            }
            tried = more;
        }
        return first;
    }

    /** Empty where there is no such connection: a port below the first, say. */
    private static Optional<Connection> with(Connection one, String field, Object value) {
        try {
            return Optional.of(QUESTION.with(one, field, value));
        } catch (IllegalArgumentException | ArithmeticException _) {
            return Optional.empty();
        }
    }
}
