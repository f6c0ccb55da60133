package dev.blast.rules;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Policy files that cost their reader most, by what is heavy about them. */
final class HeavyTexts {
    private HeavyTexts() {}

    static Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        String many = "abcdefghij".repeat(50);
        all.put("nested repetitions", matches("((a{1000}){1000}){1000}"));
        all.put("three levels of ten", matches("(((((a{10}){10}){10}){10}){10}){10}"));
        all.put("a long text repeated", matches("(" + "a".repeat(900) + "){1000}"));
        all.put("alternatives repeated", matches("(" + "a|b|".repeat(200) + "c){900}"));
        all.put("classes repeated", matches("(" + "\\\\pL".repeat(200) + "){500}"));
        all.put("optional repetitions", matches("(((a?){100}){100}){100}"));
        all.put("repetitions without an end", matches("(((a{50,}){50,}){50,}){50,}"));
        all.put("repetitions in a quotation", matches("(\\\\Qab\\\\E{1000}){1000}"));
        all.put("repetitions behind a class", matches("([]\\\\]({]{1000}){1000}"));
        all.put("nested parentheses", matches("(".repeat(7_000) + "a" + ")".repeat(7_000)));
        all.put("shallow nested parentheses", matches("(".repeat(490) + "a" + ")".repeat(490)));
        all.put("ninety thousand classes", matches("[a-z]".repeat(90_000)));
        all.put("ninety thousand categories", matches("\\\\pL".repeat(90_000)));
        all.put(
                "many large expressions",
                rules(400, i -> "Connection( host matches \"" + i + "a{300}b{300}\" )"));
        all.put(
                "many categories in many expressions",
                rules(
                        400,
                        i ->
                                "Connection( host matches \"(?i)"
                                        + i
                                        + "\\\\pL\\\\PN".repeat(9)
                                        + "\" )"));
        all.put(
                "twenty thousand wrong fields",
                connection("hots == 1, ".repeat(20_000) + "port == 1"));
        all.put(
                "wrong fields that are nearly right",
                connection("toMetadataServic == true, ".repeat(15_000) + "port == 1"));
        all.put("ten thousand bindings", connection("$p : port, ".repeat(10_000) + "$p : port"));
        all.put(
                "eight thousand faulty rules on one line",
                "rule \"r\" when Conection( ) then alow(); end ".repeat(8_000));
        all.put(
                "as many faulty rules on lines",
                "rule \"r\" when Conection( ) then alow(); end\n".repeat(8_000));
        all.put("what is no rule", "nonsense ".repeat(50_000));
        all.put("unknown characters", connection("\u3000,".repeat(60_000)));
        all.put("holes without an end", then("deny( \"" + "${".repeat(200_000) + "\" );"));
        all.put(
                "holes without a variable",
                then("deny( \"" + "${x}".repeat(900) + "\" );".repeat(1)));
        all.put(
                "many texts with many holes",
                "rule \"r\" when Connection( $h : host ) then "
                        + ("deny( \"" + "${$h}".repeat(700) + "\" ); ").repeat(100)
                        + "end");
        all.put(
                "a constraint eight thousand times",
                connection("port == 1, ".repeat(8_000) + "port == 1"));
        all.put(
                "a hundred constraints in hundreds of patterns",
                rules(400, i -> "Connection( " + "port > 1, ".repeat(90) + "port == " + i + " )"));
        all.put(
                "long lists against each other",
                connection(
                        "port in ( "
                                + numbers(20_000)
                                + " ), port in ( "
                                + numbers(20_000)
                                + " ), port not in ( "
                                + numbers(9_000)
                                + " )"));
        all.put(
                "expressions against long texts",
                rules(
                        60,
                        i ->
                                "Connection( host == \""
                                        + "a".repeat(3_900)
                                        + i
                                        + "\", host matches \""
                                        + "a*".repeat(480)
                                        + "\" )"));
        all.put("a number of many digits", connection("port == " + "9".repeat(450_000)));
        all.put("a fraction of many digits", connection("port == 1." + "9".repeat(450_000)));
        all.put(
                "many long numbers",
                connection(
                        "port in ( "
                                + "1234567890123456789012345678901234567890, ".repeat(12_000)
                                + "1 )"));
        all.put("a long word", connection("x".repeat(450_000) + " == 1"));
        all.put("a long fact", "rule \"r\" when " + "C".repeat(450_000) + "( ) then allow(); end");
        all.put("a long verb", then("d".repeat(450_000) + "();"));
        all.put("a long text", connection("host == \"" + "x".repeat(450_000) + "\""));
        all.put("a long glob", connection("host glob \"" + "*a".repeat(200_000) + "\""));
        all.put(
                "a long name",
                "rule \"" + "n".repeat(450_000) + "\" when Connection( ) then allow(); end");
        all.put(
                "ways times statements",
                "rule \"r\" when "
                        + or("Connection( port == 1 )", 64)
                        + " then "
                        + "deny( \"no\" ); ".repeat(15_000)
                        + "end");
        all.put(
                "ways times patterns",
                "rule \"r\" when Connection( ) ( "
                        + or("Session( ci == true )", 64)
                        + " ) "
                        + "Distribution( direct == true ) ".repeat(95)
                        + " then allow(); end");
        all.put(
                "many rules of many ways",
                rules(90, i -> "( " + or("Connection( port == " + i + " )", 64) + " )"));
        all.put(
                "ways of ways",
                "rule \"r\" when "
                        + "( Connection( ) or Session( ) ) ".repeat(90)
                        + "then allow(); end");
        all.put(
                "negated ways",
                "rule \"r\" when Connection( ) "
                        + "not ( Session( ) or Session( ) or Session( ) ) ".repeat(30)
                        + "then allow(); end");
        all.put(
                "sixteen thousand patterns",
                "rule \"r\" when " + "Connection( ) ".repeat(16_000) + "then allow(); end");
        all.put(
                "patterns of a line each",
                "rule \"r\" when\n" + "Distribution( )\n".repeat(16_000) + "then allow(); end");
        all.put(
                "nested groups",
                "rule \"r\" when " + "( ".repeat(100_000) + "Connection( ) then allow(); end");
        all.put("nested values", connection("port == " + "(".repeat(100_000) + "1"));
        all.put("nested constraints", connection("( ".repeat(100_000) + "port == 1"));
        all.put("long sums", connection("port == 1" + " + 1".repeat(100_000)));
        all.put("sums in sums", connection("port == " + sums(5)));
        all.put("nothing but parentheses", "(".repeat(500_000));
        all.put("nothing but closing ones", ")".repeat(500_000));
        all.put("nothing but comments", "/*".repeat(250_000));
        all.put("nothing but quotes", "\"".repeat(500_000));
        all.put("nothing but lines", "\n".repeat(500_000) + "x");
        all.put("nothing but dots", "package a" + ".a".repeat(200_000));
        all.put(
                "nothing but ats",
                "rule \"r\" "
                        + "@reason( \"x\" ) ".repeat(30_000)
                        + "when Connection( ) then allow(); end");
        all.put(
                "annotations that are unknown",
                "rule \"r\" " + "@x ".repeat(90_000) + "when Connection( ) then allow(); end");
        all.put(
                "many values for a verb",
                "rule \"r\" when Session( ) then readable( "
                        + "\"/a\", ".repeat(90_000)
                        + "\"/b\" ); end");
        all.put("many imports", "import dev.blast.rules.fact.*;\n".repeat(15_000));
        all.put("characters that nobody sees", "\u202e".repeat(500_000));
        all.put("characters of nothing", "\u0000".repeat(500_000));
        all.put("too long", "x".repeat(600_000));
        all.put(
                "as many rules as may be",
                rules(3_950, i -> "Connection( host == \"h" + i + ".example\" )"));
        all.put(
                "as many large rules as fit",
                rules(
                        1_200,
                        i -> "Connection( host == \"" + many.substring(0, 300) + "." + i + "\" )"));
        all.put(
                "strategies that nobody defines",
                rules(850, i -> "Strategy( name == \"" + "s".repeat(190) + i + "\" )")
                                .replace("allow()", "rank( 1, \"newest\" )")
                        + rules(850, i -> "Sync( attempt == 1 )")
                                .replace("rule \"r", "rule \"u")
                                .replace("allow()", "use( \"" + "t".repeat(195) + "\" )"));
        all.put(
                "verbs that are nearly right",
                then(("limitProcesse" + "s".repeat(80) + "( 1 ); ").repeat(5_000)));
        all.put("products of long numbers", connection("port == " + product("*", 9_000)));
        all.put("quotients of long numbers", connection("port == " + product("/", 9_000)));
        all.put("quotients that have no end", connection("port == 1" + " / 3".repeat(40_000)));
        all.put(
                "values for verbs that grow",
                "rule \"r\" when Session( ) then limitProcesses( "
                        + product("*", 9_000)
                        + " ); end");
        all.put(
                "either this or that, many times",
                connection("( port == 1 || host == \"a\" ) && ".repeat(95) + "port == 2"));
        all.put(
                "globs with many stars",
                rules(400, i -> "Connection( host glob \"" + "**.*.".repeat(200) + i + "\" )"));
        all.put(
                "specifiers with many parts",
                rules(
                        80,
                        i ->
                                "Candidate( version satisfies \""
                                        + ">=1.0.0.0.0.0.0.1,".repeat(200)
                                        + "<"
                                        + i
                                        + "\" )"));
        all.put(
                "a version with many parts",
                rules(100, i -> "Candidate( version == \"" + i + ".9".repeat(1_900) + "\" )"));
        all.put(
                "many networks",
                connection("address within ( " + "\"10.0.0.0/8\", ".repeat(30_000) + "\"::/0\" )"));
        all.put(
                "many names that differ at their end",
                connection(
                        "host in ( "
                                + IntStream.range(0, 30_000)
                                        .mapToObj(i -> "\"h" + i + "\"")
                                        .collect(Collectors.joining(", "))
                                + " )"));
        all.put(
                "names in another script",
                rules(
                        400,
                        i -> "Connection( host == \"" + "\u0436\u0436.".repeat(60) + i + "a\" )"));
        all.put(
                "paths that go up",
                "rule \"r\" when Session( ) then "
                        + ("readable( \"/" + "../a/".repeat(700) + "\" ); ").repeat(120)
                        + "end");
        all.put("classes of many ranges", matches("[" + "a-z0-9_.".repeat(110) + "]{10}"));
        all.put("any letter, ignoring case", matches("(?i)(" + "[^a]|".repeat(180) + ".)"));
        all.put("stars of stars", matches("(".repeat(90) + "a" + ")*".repeat(90)));
        all.put(
                "reasons of reasons",
                rules(100, i -> "Connection( )")
                        .replace("when", "@reason( \"" + "why ".repeat(990) + "\" ) when"));
        all.put(
                "bindings of bindings",
                "rule \"r\" when "
                        + IntStream.range(0, 95)
                                .mapToObj(i -> "Distribution( $n" + i + " : name, name != \"a\" ) ")
                                .collect(Collectors.joining())
                        + "Connection( ) then deny( \""
                        + IntStream.range(0, 95)
                                .mapToObj(i -> "${$n" + i + "}")
                                .collect(Collectors.joining())
                        + "\" ); end");
        all.put(
                "negations of negations",
                "rule \"r\" when Connection( ) "
                        + "not ( ".repeat(30_000)
                        + "Session( )"
                        + " )".repeat(30_000)
                        + " then allow(); end");
        all.put("no value between commas", connection("port in ( " + ", ".repeat(90_000) + "1 )"));
        all.put("amounts beyond counting", connection("port == \"" + "9".repeat(3_900) + " GiB\""));
        return all;
    }

    private static String product(String sign, int factors) {
        String number = "9".repeat(40);
        return number + (" " + sign + " " + number).repeat(factors);
    }

    private static String matches(String expression) {
        return connection("host matches \"" + expression + "\"");
    }

    private static String connection(String constraints) {
        return "rule \"r\" when Connection( " + constraints + " ) then allow(); end";
    }

    private static String then(String statements) {
        return "rule \"r\" when Connection( ) then " + statements + " end";
    }

    private static String or(String pattern, int times) {
        return String.join(" or ", java.util.Collections.nCopies(times, pattern));
    }

    private static String numbers(int count) {
        return IntStream.range(0, count)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(", "));
    }

    private static String sums(int depth) {
        return depth == 0
                ? "1"
                : "("
                        + String.join(
                                " + ",
                                java.util.Collections.nCopies(depth > 3 ? 30 : 6, sums(depth - 1)))
                        + ")";
    }

    private static String rules(int count, java.util.function.IntFunction<String> condition) {
        return IntStream.range(0, count)
                .mapToObj(i ->
                        "rule \"r%d\" when %s then allow(); end\n".formatted(i, condition.apply(i)))
                .collect(Collectors.joining());
    }
}
