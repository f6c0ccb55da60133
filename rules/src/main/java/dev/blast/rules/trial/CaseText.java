package dev.blast.rules.trial;

import dev.blast.rules.vocabulary.Quoted;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cases as they stand in a test file. */
final class CaseText {
    private CaseText() {}

    /**
     * A case.
     *
     * @param points null where they do not matter
     */
    static String of(
            String name,
            CaseDraft draft,
            List<String> expect,
            @Nullable Integer points,
            @Nullable String because) {
        var text = new StringBuilder("[[case]]\n");
        line(text, "name", Quoted.of(name));
        if (!draft.session().isEmpty()) {
            line(text, "session", table(draft.session()));
        }
        if (!draft.installed().isEmpty()) {
            var distributions = new ArrayList<String>();
            for (Map<String, @Nullable Object> it : draft.installed()) {
                distributions.add(table(it));
            }
            line(text, "installed", "[ %s ]".formatted(String.join(", ", distributions)));
        }
        line(text, "ask", draft.thing().isEmpty() ? facts(draft) : thing(draft));
        line(text, "expect", expect.size() == 1 ? Quoted.of(expect.getFirst()) : list(expect));
        if (points != null) {
            line(text, "points", points.toString());
        }
        if (because != null) {
            line(text, "because", Quoted.of(because));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append("%-9s = %s%n".formatted(key, value));
    }

    private static String thing(CaseDraft draft) {
        return "{ %s = %s }".formatted(draft.thing(), Quoted.of(draft.value()));
    }

    private static String facts(CaseDraft draft) {
        var facts = new ArrayList<String>();
        for (Map.Entry<String, Map<String, @Nullable Object>> it : draft.facts().entrySet()) {
            facts.add(it.getKey() + " = " + table(it.getValue()));
        }
        return "{ %s }".formatted(String.join(", ", facts));
    }

    private static String table(Map<String, @Nullable Object> values) {
        var fields = new ArrayList<String>();
        values.forEach((name, value) -> {
            if (value != null) {
                fields.add(name + " = " + value(value));
            }
        });
        return fields.isEmpty() ? "{}" : "{ %s }".formatted(String.join(", ", fields));
    }

    private static String value(Object value) {
        return switch (value) {
            case List<?> elements -> list(elements);
            case Boolean flag -> flag.toString();
            case Integer _, Long _ -> value.toString();
            case InetAddress address -> Quoted.of(address.getHostAddress());
            default -> Quoted.of(value.toString());
        };
    }

    private static String list(List<?> elements) {
        return "[%s]"
                .formatted(
                        String.join(
                                ", ",
                                elements.stream().map(it -> Quoted.of(it.toString())).toList()));
    }
}
