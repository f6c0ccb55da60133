package dev.blast.rules;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Distribution;
import dev.blast.rules.fact.Purpose;
import dev.blast.rules.fact.Session;
import dev.blast.rules.vocabulary.Records;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** Rules of few words and worlds of few values, so that they often meet. */
final class LintWorlds {
    private LintWorlds() {}

    enum About {
        CONNECTION,
        CANDIDATE,
        SESSION
    }

    static List<String> lines(About about, Random random) {
        List<String> lines = new ArrayList<>();
        for (int i = 2 + random.nextInt(8); i > 0; i--) {
            lines.add(
                    "rule \"r%d\" when %s then %s end"
                            .formatted(i, conditions(about, random), verbs(about, random)));
        }
        return lines;
    }

    private static String conditions(About about, Random random) {
        String fact =
                switch (about) {
                    case CONNECTION -> "Connection";
                    case CANDIDATE -> "Candidate";
                    case SESSION -> "Session";
                };
        String subject = pattern(fact, random);
        return switch (random.nextInt(12)) {
            case 0 -> subject + " not " + pattern(fact, random);
            case 1 -> subject + " " + pattern("Session", random);
            case 2 -> "( " + subject + " or " + pattern(fact, random) + " )";
            case 3 -> subject + " exists " + pattern("Distribution", random);
            case 4 -> subject + " not " + pattern("Distribution", random);
            case 5 ->
                    subject
                            + " "
                            + pattern("Distribution", random)
                            + " not "
                            + pattern("Distribution", random);
            case 6 ->
                    subject
                            + " not ( "
                            + pattern("Session", random)
                            + " and "
                            + pattern(fact, random)
                            + " )";
            default -> subject;
        };
    }

    private static String pattern(String fact, Random random) {
        List<String> constraints = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String one = constraint(fact, random);
            constraints.add(
                    switch (random.nextInt(6)) {
                        case 0 -> "( " + one + " || " + constraint(fact, random) + " )";
                        case 1 -> one + " && " + constraint(fact, random);
                        default -> one;
                    });
        }
        return fact + "( " + String.join(", ", constraints) + " )";
    }

    private static String constraint(String fact, Random random) {
        List<String> fields = Objects.requireNonNull(FIELDS.get(fact));
        String[] field = one(fields, random).split(" ", 2);
        return field[0] + " " + comparison(field[1], random);
    }

    /** The fields that rules look at, each with what its values are. */
    private static final Map<String, List<String>> FIELDS =
            Map.of(
                    "Connection",
                    List.of(
                            "host host",
                            "host host",
                            "port number",
                            "address address",
                            "toPrivate flag"),
                    "Candidate",
                    List.of(
                            "name name",
                            "version version",
                            "version version",
                            "ageDays number",
                            "released date",
                            "yanked flag",
                            "license text",
                            "advisories list"),
                    "Session",
                    List.of(
                            "ci flag",
                            "command text",
                            "python version",
                            "purpose purpose",
                            "project path",
                            "home path"),
                    "Distribution",
                    List.of("name name", "version version", "direct flag", "group text"));

    private static String comparison(String type, Random random) {
        String equals = random.nextInt(3) == 0 ? "!= " : "== ";
        String not = random.nextInt(4) == 0 ? "not " : "";
        if (random.nextInt(25) == 0) {
            return equals + "null";
        }
        List<String> values = Objects.requireNonNull(VALUES.get(type));
        if (List.of("number", "version", "date").contains(type) && random.nextInt(2) == 0) {
            return one(List.of("<", "<=", ">", ">="), random) + " " + one(values, random);
        }
        return switch (type) {
            case "flag" -> equals + one(values, random);
            case "list" -> not + "contains " + one(values, random);
            case "address" ->
                    random.nextInt(3) == 0
                            ? equals + one(values, random)
                            : not + "within " + one(RANGES, random);
            case "version" ->
                    random.nextBoolean()
                            ? not + "satisfies " + one(SPECIFIERS, random)
                            : equals + one(values, random);
            case "path" ->
                    random.nextBoolean()
                            ? not + one(List.of("under ", "glob "), random) + one(values, random)
                            : equals + one(values, random);
            default -> {
                boolean isText = List.of("host", "name", "text").contains(type);
                if (isText && random.nextInt(2) == 0) {
                    yield random.nextInt(4) == 0
                            ? not + "matches " + one(EXPRESSIONS, random)
                            : not + "glob " + one(GLOBS, random);
                }
                yield random.nextInt(3) == 0
                        ? not + "in ( " + one(values, random) + ", " + one(values, random) + " )"
                        : equals + one(values, random);
            }
        };
    }

    private static final List<String> TEXTS =
            List.of("\"a\"", "\"b\"", "\"a.b\"", "\"a-b\"", "\"ab\"", "\"c.b\"", "\"a.a.b\"");

    private static final Map<String, List<String>> VALUES =
            Map.ofEntries(
                    Map.entry("host", TEXTS),
                    Map.entry("name", List.of("\"a\"", "\"b\"", "\"A_b\"", "\"ab\"")),
                    Map.entry("text", TEXTS),
                    Map.entry("number", List.of("0", "1", "2.5", "3", "443", "65535", "70000")),
                    Map.entry(
                            "version",
                            List.of(
                                    "\"1\"",
                                    "\"1.0\"",
                                    "\"1.5\"",
                                    "\"2.0rc1\"",
                                    "\"2\"",
                                    "\"2+x\"")),
                    Map.entry(
                            "date", List.of("\"2026-01-01\"", "\"2026-01-02\"", "\"2026-01-03\"")),
                    Map.entry("flag", List.of("true", "false")),
                    Map.entry("purpose", List.of("RUN", "SHELL", "RESOLVE")),
                    Map.entry(
                            "path",
                            List.of(
                                    "\"/srv\"",
                                    "\"/srv/a\"",
                                    "\"/srv/*\"",
                                    "\"/srv/**\"",
                                    "\"~\"",
                                    "\"~/shop\"",
                                    "\".\"")),
                    Map.entry("list", List.of("\"x\"", "\"y\"")),
                    Map.entry("address", List.of("\"10.0.0.1\"", "\"10.1.0.1\"", "\"fd00::1\"")));

    private static final List<String> GLOBS =
            List.of(
                    "\"*\"",
                    "\"**\"",
                    "\"*.b\"",
                    "\"**.b\"",
                    "\"a*\"",
                    "\"?\"",
                    "\"a\"",
                    "\"a?b\"");

    private static final List<String> EXPRESSIONS =
            List.of("\"a\"", "\"a.*\"", "\".*b\"", "\"[ab]\"");

    private static final List<String> RANGES =
            List.of(
                    "\"10.0.0.0/8\"",
                    "\"10.0.0.0/16\"",
                    "\"10.1.0.0/16\"",
                    "\"fd00::/8\"",
                    "\"0.0.0.0/0\"");

    private static final List<String> SPECIFIERS =
            List.of(
                    "\">=1\"",
                    "\"<2\"",
                    "\"~=1.0\"",
                    "\"==1.*\"",
                    "\"!=1.5\"",
                    "\">1,<=2\"",
                    "\"==2\"");

    private static String verbs(About about, Random random) {
        return switch (about) {
            case CONNECTION ->
                    one(List.of("allow();", "deny();", "deny( \"no\" );", "warn();"), random);
            case CANDIDATE ->
                    one(
                            List.of("allow();", "deny();", "hold( \"later\" );", "prefer( 5 );"),
                            random);
            case SESSION ->
                    one(PROVISIONS, random)
                            + (random.nextBoolean() ? "" : " " + one(PROVISIONS, random));
        };
    }

    private static final List<String> PROVISIONS =
            List.of(
                    "limitMemory( \"2 GiB\" );",
                    "limitMemory( \"4 GiB\" );",
                    "limitProcesses( 10 );",
                    "limitProcesses( 20 );",
                    "readable( \"/srv\" );",
                    "writable( \"/srv\" );",
                    "readable( \"/srv/a\", \"/srv\" );",
                    "hidden( \"/srv/a\" );",
                    "hidden( \"/srv/a/b\" );",
                    "temporary( \"/srv\", \"1 GiB\" );",
                    "temporary( \"/srv\", \"2 GiB\" );",
                    "writable( \"./x\" );",
                    "passVariable( \"LC_*\" );",
                    "passVariable( \"LC_ALL\" );",
                    "setVariable( \"X\", \"1\" );",
                    "allowSyscalls( \"ptrace\" );",
                    "denySyscalls( \"ptrace\" );");

    static Context context(Random random) {
        List<Path> places =
                List.of(Path.of("/srv"), Path.of("/srv/a"), Path.of("/srv/a/b"), Path.of("/home"));
        Path home = one(places, random);
        var session =
                new Session(
                        "somebody",
                        random.nextBoolean(),
                        true,
                        "shop",
                        random.nextBoolean() ? home.resolve("shop") : one(places, random),
                        home,
                        Path.of("/home/somebody/shop/.venv"),
                        Path.of("/usr"),
                        version(random),
                        "linux",
                        text(random),
                        one(List.of(Purpose.RUN, Purpose.SHELL, Purpose.RESOLVE), random));
        List<Distribution> installed = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            installed.add(
                    new Distribution(
                            name(random),
                            version(random),
                            random.nextBoolean(),
                            random.nextBoolean() ? null : text(random)));
        }
        return new Context(session, installed);
    }

    static List<Object> subjects(About about, Random random) {
        return switch (about) {
            case CONNECTION -> List.of(connection(random));
            case CANDIDATE -> List.of(candidate(random));
            case SESSION -> List.of();
        };
    }

    private static Connection connection(Random random) {
        String host =
                one(List.of(text(random), text(random), "10.0.0.1", "10.1.0.1", "fd00::1"), random);
        return Connection.to(host, one(List.of(0, 1, 2, 3, 443, 65_535), random), false);
    }

    private static Candidate candidate(Random random) {
        Object it = Candidate.of(name(random), version(random));
        it = Records.with(it, "yanked", random.nextBoolean());
        if (random.nextInt(3) > 0) {
            it = Records.with(it, "ageDays", (long) random.nextInt(5));
            it = Records.with(it, "license", text(random));
            it =
                    Records.with(
                            it,
                            "released",
                            Instant.parse(
                                    "2026-01-0%dT12:00:00Z".formatted(1 + random.nextInt(3))));
            it =
                    Records.with(
                            it,
                            "advisories",
                            one(List.of(List.of(), List.of("x"), List.of("x", "y")), random));
        }
        return (Candidate) it;
    }

    private static PackageName name(Random random) {
        return new PackageName(one(List.of("a", "b", "a-b", "ab", "c"), random));
    }

    private static Version version(Random random) {
        return Version.parse(
                one(List.of("0.9", "1", "1.0.1", "1.5", "2.0rc1", "2", "2+x", "3"), random));
    }

    private static String text(Random random) {
        return one(List.of("a", "b", "a.b", "a-b", "ab", "c.b", "a.a.b", "d"), random);
    }

    private static <T> T one(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }
}
