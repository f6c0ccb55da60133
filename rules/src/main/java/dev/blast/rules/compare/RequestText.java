package dev.blast.rules.compare;

import dev.blast.rules.fact.Distribution;
import dev.blast.rules.fact.Session;
import dev.blast.rules.trial.CaseDraft;
import dev.blast.rules.vocabulary.AmountText;
import dev.blast.rules.vocabulary.Answer.Resource;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Field;
import dev.blast.rules.vocabulary.Quoted;
import dev.blast.rules.vocabulary.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A request as the conditions of a rule that is about it alone. */
final class RequestText {
    /** Distributions that are named. */
    private static final int MAX_INSTALLED = 3;

    private static final String NOTHING = "( )";

    private final CaseDraft draft;

    /** Which fields of which facts are worth a word. */
    private final BiPredicate<FactType, Field> shown;

    RequestText(CaseDraft draft, BiPredicate<FactType, Field> shown) {
        this.draft = draft;
        this.shown = shown;
    }

    /**
     * In words.
     *
     * @throws IllegalArgumentException where there is no such request
     */
    String of(Thing thing) {
        Session session = draft.somebody();
        var parts = new ArrayList<String>();
        draft.subjects(session).forEach(fact -> parts.add(pattern(type(fact), fact)));
        String asked =
                thing.kind().isEmpty()
                        ? String.join(" ", parts)
                        : "%s %s".formatted(thing.kind(), Quoted.plain(thing.value())).strip();
        var text = new StringBuilder(asked);
        String somebody = pattern(Facts.SESSION, session);
        if (!somebody.endsWith(NOTHING)) {
            text.append(" in ").append(somebody);
        }
        List<Distribution> installed = draft.context().installed();
        for (Distribution it : installed.subList(0, Math.min(MAX_INSTALLED, installed.size()))) {
            text.append(" beside ").append(pattern(Facts.DISTRIBUTION, it));
        }
        if (installed.size() > MAX_INSTALLED) {
            text.append(" and %d more".formatted(installed.size() - MAX_INSTALLED));
        }
        return text.toString();
    }

    private static FactType type(Object fact) {
        return Facts.ALL.stream()
                .filter(it -> it.record() == fact.getClass())
                .findFirst()
                .orElseThrow();
    }

    private String pattern(FactType type, Object fact) {
        var constraints = new ArrayList<String>();
        for (Field field : type.fields()) {
            if (shown.test(type, field)) {
                constraints.add(constraint(field, field.read(fact)));
            }
        }
        return constraints.isEmpty()
                ? type.name() + NOTHING
                : "%s( %s )".formatted(type.name(), String.join(", ", constraints));
    }

    private static String constraint(Field field, @Nullable Object value) {
        return switch (value) {
            case null -> field.name() + " == null";
            case List<?> list ->
                    list.stream()
                            .map(it -> field.name() + " contains " + Quoted.of(it.toString()))
                            .collect(Collectors.joining(", "));
            default -> field.name() + " == " + literal(field.type(), value);
        };
    }

    private static String literal(Type type, Object value) {
        return switch (type) {
            case FLAG, NUMBER -> Type.say(value);
            case CHOICE -> value.toString();
            case SIZE -> amount(Resource.DISK, value);
            case RATE -> amount(Resource.IO, value);
            case DURATION -> amount(Resource.TIME, value);
            case SHARE -> amount(Resource.CPU, value);
            case TEXT, HOST, PATH, NAME, VERSION, ADDRESS, DATE, LIST -> Quoted.of(Type.say(value));
        };
    }

    private static String amount(Resource resource, Object value) {
        return Quoted.of(AmountText.of(resource, ((BigDecimal) value).longValue()));
    }
}
