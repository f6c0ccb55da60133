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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/**
 * One case of a test file.
 *
 * @param ask what is asked, by the name of the fact or of the thing: {@code Connection}, {@code
 *     read}, {@code limit}
 * @param expect the verdict or value; several for the objectives of a strategy
 * @param because a rule that must be among the deciding ones; null where that does not matter
 */
record TestCase(
        int line,
        String name,
        Context context,
        Map<String, Object> ask,
        List<String> expect,
        @Nullable String because) {

    private static final List<String> KEYS =
            List.of("name", "session", "installed", "ask", "expect", "because");

    /** A somebody with a project on Linux. Cases say what differs. */
    private static final Map<String, Object> SOMEBODY =
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

    /** Throws IllegalArgumentException with what is wrong with the case. */
    static TestCase of(TomlTable table, int line) {
        var it = new CaseTable(table);
        for (String key : table.keySet()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException(
                        "unknown key '%s'; keys: %s".formatted(key, String.join(", ", KEYS)));
            }
        }
        Map<String, @Nullable Object> session = new HashMap<>(SOMEBODY);
        it.inner("session").ifPresent(given -> session.putAll(given.toMap()));
        Session about = Records.make(Session.class, session);
        List<Distribution> installed = new ArrayList<>();
        for (TomlTable distribution : it.inners("installed")) {
            installed.add(Records.make(Distribution.class, values(distribution, about)));
        }
        TomlTable ask =
                it.inner("ask")
                        .filter(asked -> !asked.isEmpty())
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "asks nothing; write ask = { Connection = { … } }"));
        Map<String, Object> asked = new HashMap<>();
        for (String key : ask.keySet()) {
            Object value = ask.get(List.of(key));
            asked.put(
                    key,
                    value instanceof TomlTable fact
                            ? fact(key, fact, about)
                            : String.valueOf(value));
        }
        return new TestCase(
                line,
                it.text("name").orElse(""),
                new Context(about, installed),
                Map.copyOf(asked),
                expected(table),
                it.text("because").orElse(null));
    }

    private static Object fact(String name, TomlTable fields, Session session) {
        FactType type =
                Facts.named(name)
                        .orElseThrow(
                                () -> new IllegalArgumentException("unknown fact '" + name + "'"));
        return type.equals(Facts.COMPANION)
                ? new Companion(Records.make(Candidate.class, values(fields, session)))
                : Records.make(type.record(), values(fields, session));
    }

    private static Map<String, @Nullable Object> values(TomlTable table, Session session) {
        Map<String, @Nullable Object> values = new HashMap<>();
        for (String key : table.keySet()) {
            Object value = table.get(List.of(key));
            values.put(
                    key,
                    switch (value) {
                        case TomlArray array -> array.toList();
                        case String text when text.startsWith("~/") || text.startsWith("./") ->
                                path(text, session).toString();
                        case null -> null;
                        default -> value;
                    });
        }
        return values;
    }

    /** A path of a case, as rules write them. */
    Path path(String text) {
        return path(text, context.session());
    }

    private static Path path(String text, Session session) {
        return PathText.of(text).resolve(session);
    }

    private static List<String> expected(TomlTable table) {
        Object expect = table.get(List.of("expect"));
        return switch (expect) {
            case null ->
                    throw new IllegalArgumentException("expects nothing; write expect = \"allow\"");
            case TomlArray array -> array.toList().stream().map(String::valueOf).toList();
            default -> List.of(String.valueOf(expect));
        };
    }
}
