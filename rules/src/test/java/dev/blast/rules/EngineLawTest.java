package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.checked.Frame;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.engine.Effort;
import dev.blast.rules.explain.Trial;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Distribution;
import dev.blast.rules.question.Questions;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Laws over random rules. The seed in the message replays a failure. */
final class EngineLawTest {
    private static final String[] NAMES = {"a", "b", "c"};

    @Test
    void theEngineFiresWhatTryingEverythingFinds() {
        for (long seed = 0; seed < 400; seed++) {
            var random = new Random(seed);
            List<String> rules = rules(random, 5);
            Policy policy = Fixtures.policy(String.join("\n", rules));
            Context context = context(random);
            Connection connection = connection(random);
            Set<String> fired =
                    policy.ask(Questions.about(connection), context, List.of(connection)).stream()
                            .map(it -> it.rule().name())
                            .collect(Collectors.toCollection(TreeSet::new));
            List<Object> facts = context.facts(List.of(connection));
            Set<String> expected =
                    policy.rules(Questions.about(connection)).stream()
                            .filter(rule ->
                                    rule.branches().stream()
                                            .anyMatch(way ->
                                                    Trial.matches(
                                                            way.elements(),
                                                            new Frame(
                                                                    context.session(),
                                                                    new Object[way.slots()]),
                                                            facts,
                                                            new Effort())))
                            .map(Rule::name)
                            .collect(Collectors.toCollection(TreeSet::new));
            assertThat(fired).as("seed %d: %s", seed, String.join("\n", rules)).isEqualTo(expected);
        }
    }

    @Test
    void theOrderOfRulesAndFilesChangesNothing() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            List<String> rules = rules(random, 8);
            Context context = context(random);
            Connection connection = connection(random);
            String before = verdict(files(rules, 2), connection, context);
            Collections.shuffle(rules, random);
            String after = verdict(files(rules, 3), connection, context);
            assertThat(after).as("seed %d", seed).isEqualTo(before);
        }
    }

    @Test
    void aTrialWithoutAFailureIsAMatch() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            Policy policy = Fixtures.policy(String.join("\n", rules(random, 4)));
            Context context = context(random);
            Connection connection = connection(random);
            Set<String> fired =
                    policy.ask(Questions.about(connection), context, List.of(connection)).stream()
                            .map(it -> it.rule().name())
                            .collect(Collectors.toSet());
            List<Object> facts = context.facts(List.of(connection));
            for (Rule rule : policy.rules(Questions.about(connection))) {
                boolean clean =
                        rule.branches().stream()
                                .anyMatch(way ->
                                        Trial.of(rule, way, context, facts, new Effort())
                                                .failed()
                                                .isEmpty());
                if (clean) {
                    assertThat(fired).as("seed %d", seed).contains(rule.name());
                }
            }
        }
    }

    /** Sessions are used again, and one that was broken off is not. */
    @Test
    void manyThreadsGetWhatOneGets() throws Exception {
        List<String> rules = rules(new Random(7), 20);
        rules.add(
                "rule \"broken\" when Connection( $p : port, port == 1 / ( $p - 2 ) ) then deny(); end");
        Policy policy = Fixtures.policy(String.join("\n", rules));
        Policy alone = Fixtures.policy(String.join("\n", rules));
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> running = new ArrayList<>();
            for (long seed = 0; seed < 8; seed++) {
                var random = new Random(seed);
                running.add(
                        threads.submit(() -> {
                            for (int i = 0; i < 60; i++) {
                                Context context = context(random);
                                Connection connection = connection(random);
                                Judgement expected;
                                synchronized (alone) {
                                    expected = alone.judge(connection, context);
                                }
                                assertThat(policy.judge(connection, context)).isEqualTo(expected);
                            }
                        }));
            }
            for (Future<?> thread : running) {
                thread.get();
            }
        }
    }

    private static List<PolicyFile> files(List<String> rules, int count) {
        List<PolicyFile> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int from = rules.size() * i / count;
            int to = rules.size() * (i + 1) / count;
            files.add(
                    Fixtures.file(
                            Layer.USER, i + ".drl", String.join("\n", rules.subList(from, to))));
        }
        return files;
    }

    /** What an order could change, without the places, which it does change. */
    private static String verdict(List<PolicyFile> files, Connection connection, Context context) {
        Judgement it = Fixtures.policy(files).judge(connection, context);
        return it.outcome()
                + " "
                + names(it.deciding())
                + names(it.overridden())
                + names(it.warnings());
    }

    private static Set<String> names(List<Reason> reasons) {
        return reasons.stream().map(Reason::rule).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> rules(Random random, int count) {
        List<String> rules = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String verb =
                    random.nextInt(4) == 0
                            ? "deny( \"no\" )"
                            : random.nextInt(4) == 0 ? "warn( \"hm\" )" : "allow()";
            rules.add(
                    "rule \"r%d\" when %s %s then %s; end"
                            .formatted(
                                    i,
                                    pattern("Connection", random, ""),
                                    conditions(random, 2),
                                    verb));
        }
        return rules;
    }

    private static String conditions(Random random, int depth) {
        var text = new StringBuilder();
        for (int i = random.nextInt(3); i > 0; i--) {
            text.append(' ').append(condition(random, depth));
        }
        return text.toString();
    }

    private static String condition(Random random, int depth) {
        if (depth == 0) {
            return pattern("Distribution", random, "");
        }
        return switch (random.nextInt(7)) {
            case 0 -> "not ( " + condition(random, depth - 1) + " )";
            case 1 -> "exists ( " + condition(random, depth - 1) + " )";
            case 2 ->
                    "( "
                            + condition(random, depth - 1)
                            + " or "
                            + condition(random, depth - 1)
                            + " )";
            case 3 ->
                    "not ( "
                            + condition(random, depth - 1)
                            + " and "
                            + condition(random, depth - 1)
                            + " )";
            case 4 -> {
                String variable = "$v" + random.nextInt(1_000_000);
                yield "( %s and %s )"
                        .formatted(
                                pattern("Distribution", random, variable + " : version"),
                                "Distribution( version "
                                        + (random.nextBoolean() ? "== " : "> ")
                                        + variable
                                        + " )");
            }
            default -> pattern("Distribution", random, "");
        };
    }

    private static String pattern(String fact, Random random, String first) {
        List<String> constraints = new ArrayList<>();
        if (!first.isEmpty()) {
            constraints.add(first);
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            constraints.add(
                    fact.equals("Connection") ? onConnection(random) : onDistribution(random));
        }
        return fact
                + "( "
                + String.join(random.nextInt(4) == 0 ? " && " : ", ", constraints)
                + " )";
    }

    private static String onConnection(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> "port == " + random.nextInt(3);
            case 1 -> "port > " + random.nextInt(3);
            case 2 -> "host == \"" + NAMES[random.nextInt(3)] + "\"";
            default ->
                    "( port == "
                            + random.nextInt(3)
                            + " || host not glob \""
                            + NAMES[random.nextInt(3)]
                            + "*\" )";
        };
    }

    private static String onDistribution(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> "name == \"" + NAMES[random.nextInt(3)] + "\"";
            case 1 -> "version >= \"" + random.nextInt(3) + "\"";
            case 2 -> "direct == " + random.nextBoolean();
            default -> "name in ( \"a\", \"" + NAMES[random.nextInt(3)] + "\" )";
        };
    }

    private static Context context(Random random) {
        List<Distribution> installed = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            installed.add(
                    new Distribution(
                            new PackageName(NAMES[random.nextInt(3)]),
                            Version.parse(String.valueOf(random.nextInt(3))),
                            random.nextBoolean(),
                            null));
        }
        return new Context(Fixtures.SOMEBODY.session(), installed);
    }

    private static Connection connection(Random random) {
        return Connection.to(NAMES[random.nextInt(3)], random.nextInt(3), false);
    }
}
