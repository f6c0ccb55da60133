package dev.blast.rules.trial;

import dev.blast.rules.Context;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Companion;
import dev.blast.rules.fact.Distribution;
import dev.blast.rules.fact.Session;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.PathText;
import dev.blast.rules.vocabulary.Records;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a case asks as its file says it: names and plain values, of which facts are still to be
 * made.
 *
 * @param session what differs from {@link #SOMEBODY}
 * @param installed the fields of each installed distribution
 * @param facts the subjects, each with its fields
 * @param thing what else is asked for, {@code read} or {@code limit}; empty where subjects are
 * @param value what is asked of it: {@code "/srv/data"}, {@code "memory"}
 */
public record CaseDraft(
        Map<String, @Nullable Object> session,
        List<Map<String, @Nullable Object>> installed,
        Map<String, Map<String, @Nullable Object>> facts,
        String thing,
        String value) {

    /** A somebody with a project on Linux. Cases say what differs. */
    public static final Map<String, Object> SOMEBODY =
            Map.ofEntries(
                    Map.entry("user", "somebody"),
                    Map.entry("environment", "project"),
                    Map.entry("project", "/home/somebody/project"),
                    Map.entry("home", "/home/somebody"),
                    Map.entry("prefix", "/home/somebody/project/.venv"),
                    Map.entry("basePrefix", "/usr"),
                    Map.entry("python", "3.12.1"),
                    Map.entry("platform", "linux"),
                    Map.entry("command", "python"),
                    Map.entry("purpose", "RUN"));

    /** The ordinary session, and nothing asked. */
    static final CaseDraft NOTHING = new CaseDraft(Map.of(), List.of(), Map.of(), "", "");

    public CaseDraft {
        session = Collections.unmodifiableMap(new LinkedHashMap<>(session));
        installed = List.copyOf(installed);
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /**
     * Who asks.
     *
     * @throws IllegalArgumentException where there is no such session
     */
    public Session somebody() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(SOMEBODY);
        all.putAll(session);
        return Records.make(Session.class, all);
    }

    /**
     * Who asks, and what is installed there.
     *
     * @throws IllegalArgumentException where there is no such session or distribution
     */
    public Context context() {
        Session about = somebody();
        var distributions = new ArrayList<Distribution>();
        for (Map<String, @Nullable Object> it : installed) {
            distributions.add(Records.make(Distribution.class, resolved(it, about)));
        }
        return new Context(about, distributions);
    }

    /**
     * The facts that are asked about, in their order.
     *
     * @throws IllegalArgumentException where there are none such
     */
    public List<Object> subjects(Session about) {
        var subjects = new ArrayList<Object>();
        for (Map.Entry<String, Map<String, @Nullable Object>> it : facts.entrySet()) {
            subjects.add(fact(Facts.named(it.getKey()).orElseThrow(), it.getValue(), about));
        }
        return subjects;
    }

    /** A fact of these fields. */
    static Object fact(FactType type, Map<String, @Nullable Object> fields, Session about) {
        return type.equals(Facts.COMPANION)
                ? new Companion(Records.make(Candidate.class, resolved(fields, about)))
                : Records.make(type.record(), resolved(fields, about));
    }

    /** With paths below the home and the project as they are for this session. */
    private static Map<String, @Nullable Object> resolved(
            Map<String, @Nullable Object> fields, Session about) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        fields.forEach((name, value) ->
                values.put(
                        name,
                        value instanceof String text
                                        && (text.startsWith("~/") || text.startsWith("./"))
                                ? path(text, about).toString()
                                : value));
        return values;
    }

    static Path path(String text, Session about) {
        return PathText.of(text).resolve(about);
    }
}
