package dev.blast.rules.trial;

import dev.blast.rules.trial.BorderValues.Axis;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Question;
import dev.blast.rules.vocabulary.Records;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** CaseDrafts of cases, and the same with one field changed. */
public final class CaseDrafts {
    private static final Map<FactType, Map<String, @Nullable Object>> NEEDED =
            new ConcurrentHashMap<>();

    private CaseDrafts() {}

    /** What a question is asked about, with no more said than has to be. */
    public static CaseDraft base(Question question) {
        var facts = new LinkedHashMap<String, Map<String, @Nullable Object>>();
        Stream.concat(question.subjects().stream(), question.beside().stream())
                .filter(type -> !type.equals(Facts.SESSION))
                .forEach(type -> facts.put(type.name(), needed(type)));
        return new CaseDraft(Map.of(), List.of(), facts, "", "");
    }

    /** The fields without which there is no such fact. */
    static Map<String, @Nullable Object> needed(FactType type) {
        return NEEDED.computeIfAbsent(type, CaseDrafts::found);
    }

    /** They are found by trying. */
    private static Map<String, @Nullable Object> found(FactType type) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        if (type.equals(Facts.CONNECTION)) {
            fields.put("host", "some.example");
            fields.put("port", 443L);
        }
        for (int i = 0; i <= type.fields().size(); i++) {
            try {
                CaseDraft.fact(type, fields, CaseDraft.NOTHING.somebody());
                return Collections.unmodifiableMap(fields);
            } catch (Records.UnfitException e) {
                fields.put(e.field(), some(type, e.field()));
            }
        }
        throw new IllegalStateException("no " + type.name() + " can be made of " + fields);
    }

    private static Object some(FactType type, String field) {
        return switch (type.field(field).orElseThrow().type()) {
            case NAME -> "some";
            case VERSION -> "1.0";
            default -> throw new IllegalStateException("a fact cannot do without its " + field);
        };
    }

    /**
     * The same with another value in one field.
     *
     * @param value null where the field is not to be given
     */
    public static CaseDraft with(CaseDraft draft, Axis axis, @Nullable Object value) {
        String field = axis.field().name();
        if (axis.fact().equals(Facts.SESSION)) {
            boolean ordinary =
                    value == null || value.equals(CaseDraft.SOMEBODY.getOrDefault(field, false));
            return new CaseDraft(
                    changed(draft.session(), field, ordinary ? null : value),
                    draft.installed(),
                    draft.facts(),
                    draft.thing(),
                    draft.value());
        }
        Map<String, @Nullable Object> fields = draft.facts().get(axis.fact().name());
        if (fields == null || (value == null && needed(axis.fact()).containsKey(field))) {
            return draft;
        }
        var facts = new LinkedHashMap<String, Map<String, @Nullable Object>>(draft.facts());
        facts.put(axis.fact().name(), changed(fields, field, value));
        return new CaseDraft(
                draft.session(), draft.installed(), facts, draft.thing(), draft.value());
    }

    /**
     * The same with another value in one field; of a home also so that the project, which lay below
     * the one before, lies below it as well.
     */
    static List<CaseDraft> ways(CaseDraft draft, Axis axis, @Nullable Object value) {
        CaseDraft alone = with(draft, axis, value);
        if (!axis.fact().equals(Facts.SESSION)
                || !axis.field().name().equals("home")
                || value == null) {
            return List.of(alone);
        }
        String before = String.valueOf(said(draft, "home"));
        String project = String.valueOf(said(draft, "project"));
        return project.startsWith(before + "/")
                ? List.of(
                        alone,
                        with(
                                alone,
                                new Axis(
                                        Facts.SESSION,
                                        Facts.SESSION.field("project").orElseThrow()),
                                value + project.substring(before.length())))
                : List.of(alone);
    }

    private static @Nullable Object said(CaseDraft draft, String field) {
        return draft.session().getOrDefault(field, CaseDraft.SOMEBODY.get(field));
    }

    public static CaseDraft with(CaseDraft draft, List<Map<String, @Nullable Object>> installed) {
        return new CaseDraft(
                draft.session(), installed, draft.facts(), draft.thing(), draft.value());
    }

    private static Map<String, @Nullable Object> changed(
            Map<String, @Nullable Object> fields, String field, @Nullable Object value) {
        var changed = new LinkedHashMap<String, @Nullable Object>(fields);
        if (value == null) {
            changed.remove(field);
        } else {
            changed.put(field, value);
        }
        return changed;
    }

    /** Each with one field less, or with one as it is in a plain one, for the same. */
    public static List<CaseDraft> plainer(CaseDraft draft, CaseDraft plain) {
        List<CaseDraft> plainer = shorter(draft);
        plain.facts()
                .forEach((name, fields) -> {
                    FactType type = Facts.named(name).orElseThrow();
                    Map<String, @Nullable Object> own = draft.facts().getOrDefault(name, Map.of());
                    fields.forEach((field, value) -> {
                        if (!Objects.equals(own.get(field), value)) {
                            Axis axis = new Axis(type, type.field(field).orElseThrow());
                            plainer.add(with(draft, axis, value));
                        }
                    });
                });
        return plainer;
    }

    /** Each with one field less, and without what is installed: for whoever wants to say less. */
    static List<CaseDraft> shorter(CaseDraft draft) {
        var shorter = new ArrayList<CaseDraft>();
        draft.session()
                .keySet()
                .forEach(field ->
                        shorter.add(
                                with(
                                        draft,
                                        new Axis(
                                                Facts.SESSION,
                                                Facts.SESSION.field(field).orElseThrow()),
                                        null)));
        draft.facts()
                .forEach((name, fields) -> {
                    FactType type = Facts.named(name).orElseThrow();
                    fields.keySet()
                            .forEach(field ->
                                    shorter.add(
                                            with(
                                                    draft,
                                                    new Axis(type, type.field(field).orElseThrow()),
                                                    null)));
                });
        for (int i = 0; i < draft.installed().size(); i++) {
            var rest = new ArrayList<Map<String, @Nullable Object>>(draft.installed());
            rest.remove(i);
            shorter.add(with(draft, rest));
        }
        shorter.removeIf(draft::equals);
        return shorter;
    }
}
