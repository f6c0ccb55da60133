package dev.blast.rules.trial;

import dev.blast.rules.Context;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/**
 * One case of a test file. A case that asks for several things alike is several.
 *
 * @param table where it stands
 * @param subjects the facts that are asked about; none where something else is asked for
 * @param expect the verdict or value; several for the objectives of a strategy
 * @param points what {@code prefer} and {@code avoid} give in all; null where that does not matter
 * @param because a rule that must be among the deciding ones; null where that does not matter
 */
record TestCase(
        CaseTable table,
        String name,
        CaseDraft draft,
        Context context,
        List<Object> subjects,
        List<String> expect,
        @Nullable Long points,
        @Nullable String because) {

    private static final List<String> KEYS =
            List.of("name", "session", "installed", "ask", "expect", "points", "because");

    /** What a case may ask for beside facts. */
    static final List<String> THINGS =
            List.of("read", "write", "access", "syscall", "variable", "limit", "Strategy");

    /** The cases of a table, more than one where it asks for several things alike. */
    static List<TestCase> of(CaseTable table, LockFiles locks) throws CaseFlaw {
        table.requireKnown(KEYS);
        String name = table.text("name").orElse("");
        @Nullable String because = table.text("because").orElse(null);
        @Nullable CaseTable session = table.inner("session").orElse(null);
        var somebody =
                new CaseDraft(
                        session == null ? Map.of() : session.values(), List.of(), Map.of(), "", "");
        (session == null ? table : session).made(somebody::somebody);
        List<Map<String, @Nullable Object>> installed = installed(table, somebody, locks);
        CaseTable ask = table.inner("ask").filter(asked -> !asked.table().isEmpty()).orElse(null);
        if (ask == null) {
            throw table.flaw("ask", "asks nothing; write ask = { Connection = { … } }");
        }
        List<String> expect = expected(table);
        @Nullable Long points = points(table, ask);
        var cases = new ArrayList<TestCase>();
        for (CaseDraft draft : drafts(ask, somebody, installed)) {
            Context context = draft.context();
            String which =
                    ask.value(draft.thing()) instanceof TomlArray
                            ? "%s, %s".formatted(name, draft.value())
                            : name;
            cases.add(
                    new TestCase(
                            table,
                            which,
                            draft,
                            context,
                            draft.subjects(context.session()),
                            expect,
                            points,
                            because));
        }
        return cases;
    }

    private static List<Map<String, @Nullable Object>> installed(
            CaseTable table, CaseDraft somebody, LockFiles locks) throws CaseFlaw {
        var all = new ArrayList<Map<String, @Nullable Object>>();
        if (table.value("installed") instanceof TomlTable) {
            CaseTable lock = table.inner("installed").orElseThrow();
            if (!lock.table().keySet().equals(Set.of("lock"))) {
                throw table.flaw(
                        "installed",
                        "'installed' is a list of tables: installed = [ { … } ], or installed = { lock = \"pylock.toml\" }");
            }
            String path = lock.text("lock").orElseThrow();
            try {
                all.addAll(locks.packages(path, somebody.somebody()));
            } catch (IllegalArgumentException e) {
                throw lock.flaw("lock", String.valueOf(e.getMessage()));
            }
            return all;
        }
        for (CaseTable distribution : table.inners("installed")) {
            Map<String, @Nullable Object> fields = distribution.values();
            distribution.made(
                    new CaseDraft(somebody.session(), List.of(fields), Map.of(), "", "")::context);
            all.add(fields);
        }
        return all;
    }

    private static List<CaseDraft> drafts(
            CaseTable ask, CaseDraft somebody, List<Map<String, @Nullable Object>> installed)
            throws CaseFlaw {
        var facts = new LinkedHashMap<String, Map<String, @Nullable Object>>();
        for (String key : ask.table().keySet()) {
            if (ask.value(key) instanceof TomlTable) {
                CaseTable fields = ask.inner(key).orElseThrow();
                FactType type = Facts.named(key).orElse(null);
                if (type == null) {
                    throw ask.flaw(
                            key,
                            "unknown fact '%s'; %s"
                                    .formatted(
                                            key,
                                            Nearest.or(
                                                    key,
                                                    Facts.ALL.stream().map(FactType::name).toList(),
                                                    "or ask for " + things())));
                }
                fields.made(() -> CaseDraft.fact(type, fields.values(), somebody.somebody()));
                facts.put(key, fields.values());
            } else if (!THINGS.contains(key)) {
                throw ask.flaw(key, "cannot ask for '%s'; ask for %s".formatted(key, things()));
            } else if (ask.table().size() > 1) {
                throw ask.flaw(key, "asks several things at once: " + ask.table().keySet());
            } else {
                var drafts = new ArrayList<CaseDraft>();
                for (String value : values(ask, key)) {
                    drafts.add(new CaseDraft(somebody.session(), installed, Map.of(), key, value));
                }
                return drafts;
            }
        }
        return List.of(new CaseDraft(somebody.session(), installed, facts, "", ""));
    }

    private static String things() {
        return "a fact, or " + String.join(", ", THINGS);
    }

    /** What is asked for: a text, or several that are to come out alike. */
    private static List<String> values(CaseTable ask, String thing) throws CaseFlaw {
        var values = new ArrayList<String>();
        switch (ask.value(thing)) {
            case String text -> values.add(text);
            case TomlArray array when !thing.equals("Strategy") && !array.isEmpty() -> {
                for (Object element : array.toList()) {
                    if (!(element instanceof String text)) {
                        throw ask.flaw(
                                thing, "'%s' is a text, or a list of texts".formatted(thing));
                    }
                    values.add(text);
                }
            }
            case null, default -> throw ask.flaw(thing, "'%s' is a text".formatted(thing));
        }
        return values;
    }

    /** A path of a case, as rules write them. */
    Path path(String text) {
        return CaseDraft.path(text, context.session());
    }

    private static @Nullable Long points(CaseTable table, CaseTable ask) throws CaseFlaw {
        @Nullable Object points = table.value("points");
        if (points != null && !(points instanceof Long)) {
            throw table.flaw("points", "'points' is a number: points = 10");
        }
        if (points != null && !ask.table().keySet().equals(Set.of(Facts.CANDIDATE.name()))) {
            throw table.flaw("points", "a Candidate has points, and nothing else");
        }
        return (Long) points;
    }

    private static List<String> expected(CaseTable table) throws CaseFlaw {
        Object expect = table.value("expect");
        return switch (expect) {
            case null -> throw table.flaw("expects nothing; write expect = \"allow\"");
            case TomlTable _ ->
                    throw table.flaw("expect", "'expect' is a text, or a list of texts");
            case TomlArray array -> array.toList().stream().map(String::valueOf).toList();
            default -> List.of(String.valueOf(expect));
        };
    }
}
