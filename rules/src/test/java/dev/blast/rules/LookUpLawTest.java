package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Undecided;
import dev.blast.rules.engine.Engine;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Distribution;
import dev.blast.rules.fact.Judged;
import dev.blast.rules.fact.Session;
import dev.blast.rules.question.Questions;
import dev.blast.rules.question.VerdictQuestion;
import dev.blast.rules.verdict.Answered;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.vocabulary.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * What is looked up before the engine changes no verdict and no reason: with every way tried by
 * Drools alone the answer is the same. The seed in the message replays a failure.
 */
final class LookUpLawTest {
    /** Ten thousand decisions with -Dlaws.policies=250. */
    private static final int POLICIES = Integer.getInteger("laws.policies", 50);

    private static final int REQUESTS = 40;

    private static final String[] LABELS = {"api", "cdn", "a", "shop", "example", "test"};
    private static final String[] HOST_GLOBS = {
        "*.example",
        "**.example",
        "api.*",
        "*.api.*",
        "**",
        "a?i.example",
        "api.example",
        "*",
        "*.t*t"
    };
    private static final String[] WORDS = {"types", "requests", "Foo", "bar", "a", "b"};
    private static final String[] SEPARATORS = {"-", "_", "."};
    private static final String[] NAME_GLOBS = {
        "types-*", "*-bar", "foo*", "*", "f?o", "Foo_*", "t*s"
    };

    @Test
    void lookingUpChangesNoVerdictAndNoReason() {
        int decided = 0;
        int failed = 0;
        for (long seed = 0; seed < POLICIES; seed++) {
            var random = new Random(seed);
            boolean connections = random.nextBoolean();
            VerdictQuestion<?> question =
                    Questions.about(
                            (Judged) (connections ? connection(random) : candidate(random)));
            String text = policy(connections, random);
            List<Rule> rules = Fixtures.policy(text).rules(question);
            var engine = new Engine(rules, question.single());
            var told = new Engine(rules, question.single(), 0);
            for (int i = 0; i < REQUESTS; i++) {
                Session session = Fixtures.SOMEBODY.session();
                List<Object> subject =
                        List.of(connections ? connection(random) : candidate(random));
                List<Distribution> others = installed(random);
                Judgement tried = judged(question, () -> engine.askAll(session, subject, others));
                assertThat(judged(question, () -> engine.ask(session, subject, others)))
                        .as("seed %d: %s%n%s", seed, subject, text)
                        .isEqualTo(tried);
                assertThat(judged(question, () -> told.ask(session, subject, others)))
                        .as("seed %d, told what to try: %s%n%s", seed, subject, text)
                        .isEqualTo(tried);
                decided += tried.deciding().isEmpty() ? 0 : 1;
                failed += tried.failure() == null ? 0 : 1;
            }
        }
        assertThat(decided).as("decided by rules").isGreaterThan(POLICIES * REQUESTS / 4);
        assertThat(failed).as("broken off").isGreaterThan(POLICIES / 10);
    }

    private static Judgement judged(VerdictQuestion<?> question, Supplier<List<Answered>> ask) {
        try {
            return question.weigh(ask.get()).judgement();
        } catch (Undecided e) {
            return question.failed(e).judgement();
        }
    }

    private static String policy(boolean connections, Random random) {
        var text = new StringBuilder();
        for (int i = 1 + random.nextInt(60); i > 0; i--) {
            String verb =
                    switch (random.nextInt(4)) {
                        case 0 -> "deny( \"no\" )";
                        case 1 -> "warn( \"${$x}\" )";
                        case 2 -> connections ? "deny()" : "hold( \"later\" )";
                        default -> "allow()";
                    };
            text.append(
                    "rule \"r%d\" when %s then %s; end%n"
                            .formatted(i, conditions(connections, random), verb));
        }
        return text.toString();
    }

    private static String conditions(boolean connections, Random random) {
        List<String> constraints =
                new ArrayList<>(
                        List.of(
                                "$x : " + (connections ? "host" : "name"),
                                "$n : " + (connections ? "port" : "ageDays")));
        for (int i = random.nextInt(4); i > 0; i--) {
            constraints.add(
                    2 + random.nextInt(constraints.size() - 1),
                    connections ? onHost(random) : onName(random));
        }
        String pattern =
                (connections ? "Connection" : "Candidate")
                        + "( "
                        + String.join(", ", constraints)
                        + " )";
        return switch (random.nextInt(8)) {
            case 0 -> "Session( ci == false, user == \"somebody\" ) " + pattern;
            case 1 -> pattern + " not Distribution( name == \"a\" )";
            case 2 -> pattern + " Distribution( name glob \"" + one(NAME_GLOBS, random) + "\" )";
            case 3 ->
                    "Distribution( $d : name ) "
                            + (connections ? pattern : pattern.replace(" )", ", name == $d )"));
            case 4 -> "( " + pattern + " or " + pattern.replace("==", "!=") + " )";
            default -> pattern;
        };
    }

    private static String onHost(Random random) {
        return switch (random.nextInt(9)) {
            case 0, 1 -> "host == \"" + host(random) + "\"";
            case 2 -> "host in ( \"a\", \"" + host(random) + "\" )";
            case 3 -> "host != \"" + host(random) + "\"";
            case 4, 5 -> "host glob \"" + one(HOST_GLOBS, random) + "\"";
            case 6 -> "host not glob \"" + one(HOST_GLOBS, random) + "\"";
            case 7 -> "( port == 1 || host == \"" + host(random) + "\" )";
            default -> "port == 4 / ( $n - " + random.nextInt(4) + " )";
        };
    }

    private static String onName(Random random) {
        return switch (random.nextInt(9)) {
            case 0, 1 -> "name == \"" + name(random) + "\"";
            case 2 -> "name in ( \"a\", \"" + name(random) + "\" )";
            case 3 -> "name not in ( \"a\", \"" + name(random) + "\" )";
            case 4, 5 -> "name glob \"" + one(NAME_GLOBS, random) + "\"";
            case 6 -> "index == \"" + host(random) + "\"";
            case 7 -> "index glob \"" + one(HOST_GLOBS, random) + "\"";
            default -> "ageDays == 4 / ( $n - " + random.nextInt(4) + " )";
        };
    }

    private static Connection connection(Random random) {
        return Connection.to(host(random), random.nextInt(4), false);
    }

    private static Candidate candidate(Random random) {
        Candidate it =
                Candidate.of(
                        new PackageName(name(random)), Version.parse("1." + random.nextInt(3)));
        var aged = (Candidate) Records.with(it, "ageDays", Long.valueOf(random.nextInt(4)));
        return random.nextInt(3) == 0
                ? aged
                : (Candidate) Records.with(aged, "index", host(random));
    }

    private static List<Distribution> installed(Random random) {
        List<Distribution> installed = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            var name = new PackageName(name(random));
            installed.add(new Distribution(name, Version.parse("1"), random.nextBoolean(), null));
        }
        return installed;
    }

    private static String host(Random random) {
        String host = one(LABELS, random) + "." + one(LABELS, random);
        return random.nextBoolean() ? host : "API." + host;
    }

    /** In one of its spellings. */
    private static String name(Random random) {
        String name = one(WORDS, random);
        return random.nextInt(3) == 0 ? name : name + one(SEPARATORS, random) + one(WORDS, random);
    }

    private static String one(String[] of, Random random) {
        return of[random.nextInt(of.length)];
    }
}
