package dev.blast.rules.parse;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The constructs of DRL that are not in this language, each with the sentence that says why or what
 * to do instead.
 */
final class Refusals {
    private static final String NO_CODE = "no code runs from a policy; a rule answers with verbs";
    private static final String NO_ORDER = "rules only add answers, their order never matters";
    private static final String NO_CLOCK =
            "a rule holds whenever it is asked; put the condition into 'when'";
    private static final String NO_GROUPS = "every rule of a question is always asked";
    private static final String NO_MEMORY =
            "facts come from Blast; a rule answers and changes nothing";

    /** At the top of a file. */
    private static final Map<String, String> FILE =
            Map.ofEntries(
                    Map.entry("function", NO_CODE),
                    Map.entry("global", "a rule sees the facts of the vocabulary and nothing else"),
                    Map.entry("declare", "the facts are those of the vocabulary"),
                    Map.entry("query", "ask with 'blast check --explain' or 'blast policy show'"),
                    Map.entry("unit", "a rule belongs to the question whose subject it mentions"),
                    Map.entry("trait", "the facts are those of the vocabulary"),
                    Map.entry("expander", "write the rules themselves"),
                    Map.entry("template", "write the rules themselves"));

    /**
     * Between a rule's name and {@code when}; most of them may stand at the top of a file as well.
     */
    private static final Map<String, String> ATTRIBUTE = attributes();

    /** In the conditions of a rule. */
    private static final Map<String, String> CONDITION =
            Map.ofEntries(
                    Map.entry("eval", "write the constraint on a field: Connection( port == 443 )"),
                    Map.entry(
                            "accumulate",
                            "compare fields; sums and counts are not in the language"),
                    Map.entry("acc", "compare fields; sums and counts are not in the language"),
                    Map.entry("collect", "use exists or not"),
                    Map.entry("groupby", "use exists or not"),
                    Map.entry("forall", "write not Fact( … ) with the opposite constraint"),
                    Map.entry(
                            "from",
                            "facts come from Blast; a pattern takes nothing from elsewhere"),
                    Map.entry("over", "there are no windows: one question is about one moment"),
                    Map.entry(
                            "entry-point",
                            "facts come from Blast; a pattern takes nothing from elsewhere"),
                    Map.entry("do", NO_CODE),
                    Map.entry("break", NO_CODE),
                    Map.entry("if", "write two rules"),
                    Map.entry("switch", "write several rules"));

    /** In a consequence. */
    private static final Map<String, String> STATEMENT = statements();

    /** Operators of DRL that have no meaning here. */
    private static final Map<String, String> OPERATOR =
            Map.ofEntries(
                    Map.entry("memberOf", "use in ( … )"),
                    Map.entry("excludes", "use not contains"),
                    Map.entry("soundslike", "use matches"),
                    Map.entry("str", "use glob or matches"),
                    Map.entry("startsWith", "use glob \"text*\""),
                    Map.entry("startswith", "use glob \"text*\""),
                    Map.entry("endsWith", "use glob \"*text\""),
                    Map.entry("endswith", "use glob \"*text\""),
                    Map.entry(":", "write =="),
                    Map.entry("instanceof", "a pattern names its fact"),
                    Map.entry("isA", "a pattern names its fact"),
                    Map.entry("before", "compare dates with < and >"),
                    Map.entry("after", "compare dates with < and >"),
                    Map.entry("=", "write =="),
                    Map.entry("=>", "write >="),
                    Map.entry("=<", "write <="),
                    Map.entry("<>", "write !="),
                    Map.entry("===", "write =="),
                    Map.entry("!==", "write !="),
                    Map.entry("is", "write =="),
                    Map.entry("equals", "write =="),
                    Map.entry("like", "use glob or matches"),
                    Map.entry("=~", "use matches"),
                    Map.entry("~", "use matches"));

    /** What stands for a word of the language elsewhere. */
    private static final Map<String, Set<String>> ELSEWHERE =
            Map.of(
                    "when", Set.of("if", "where", "given", "on"),
                    "then", Set.of("do", "=>", "->"),
                    "end", Set.of("}", "done", "fi"));

    private Refusals() {}

    static boolean isElsewhere(String keyword, String written) {
        return ELSEWHERE.getOrDefault(keyword, Set.of()).contains(written);
    }

    static @Nullable String ofFile(String word) {
        return FILE.getOrDefault(word, ATTRIBUTE.get(word));
    }

    static @Nullable String ofAttribute(String word) {
        return ATTRIBUTE.get(word);
    }

    static @Nullable String ofCondition(String word) {
        return CONDITION.get(word);
    }

    static @Nullable String ofStatement(String word) {
        return STATEMENT.get(word);
    }

    static @Nullable String ofOperator(String word) {
        return OPERATOR.get(word);
    }

    private static Map<String, String> attributes() {
        Map<String, String> all = new HashMap<>();
        all.put("salience", NO_ORDER);
        all.put("extends", "write the conditions out; a rule stands for itself");
        all.put("dialect", NO_CODE);
        all.put("attributes", NO_GROUPS);
        for (String word :
                new String[] {
                    "enabled", "timer", "calendars", "duration", "date-effective", "date-expires"
                }) {
            all.put(word, NO_CLOCK);
        }
        for (String word :
                new String[] {
                    "agenda-group",
                    "ruleflow-group",
                    "activation-group",
                    "auto-focus",
                    "lock-on-active",
                    "refract",
                    "direct"
                }) {
            all.put(word, NO_GROUPS);
        }
        all.put("no-loop", "a rule cannot set itself off again");
        return Map.copyOf(all);
    }

    private static Map<String, String> statements() {
        Map<String, String> all = new HashMap<>();
        for (String word :
                new String[] {
                    "insert",
                    "insertLogical",
                    "update",
                    "modify",
                    "retract",
                    "delete",
                    "upsert",
                    "with"
                }) {
            all.put(word, NO_MEMORY);
        }
        all.put("if", "write two rules, one for each case");
        all.put("else", "write two rules, one for each case");
        for (String word :
                new String[] {
                    "for",
                    "while",
                    "do",
                    "switch",
                    "return",
                    "throw",
                    "try",
                    "new",
                    "var",
                    "final",
                    "int",
                    "long",
                    "String",
                    "Object",
                    "synchronized",
                    "assert",
                    "break",
                    "continue",
                    "this",
                    "super",
                    "class",
                    "import",
                    "eval",
                    "drools",
                    "kcontext",
                    "channels"
                }) {
            all.put(word, NO_CODE);
        }
        return Map.copyOf(all);
    }
}
