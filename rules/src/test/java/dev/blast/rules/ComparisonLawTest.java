package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.LintWorlds.About;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.compare.EarlierRequests;
import dev.blast.rules.compare.PolicyChange;
import dev.blast.rules.compare.PolicyComparison;
import dev.blast.rules.compare.Stance;
import dev.blast.rules.compare.Turn;
import dev.blast.rules.fact.Judged;
import dev.blast.rules.fact.Session;
import dev.blast.rules.mutant.Mutant;
import dev.blast.rules.mutant.Mutants;
import dev.blast.rules.question.Questions;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.PolicyException;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.vocabulary.PathText;
import dev.blast.rules.vocabulary.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What is said to turn turns, what is proved to be the same is, and what was changed is found. The
 * seed in the message replays a failure.
 */
final class ComparisonLawTest {
    /** A long run is -Dlaws.pairs=500. */
    private static final int PAIRS = Integer.getInteger("laws.pairs", 20);

    private static final int WORLDS = 60;

    /** Of which the rules of random worlds speak; what they say of one holds below it. */
    private static final List<String> PLACES = List.of("/srv", "/srv/a", "/srv/a/b", "./x");

    /** Of what random worlds tell apart; the rules there hide each other more than people's do. */
    private static final double FOUND = 0.99;

    private static final Pattern THING =
            Pattern.compile("(path|syscall|variable) (.*?)(?: (?:in Session|beside Distr).*)?");

    /** How often what was planted was found, proved to do nothing, or neither. */
    private static final class Count {
        int found;
        int same;
        final List<String> missed = new ArrayList<>();

        void add(PolicyChange change, String what) {
            if (!change.turns().isEmpty()) {
                found++;
            } else if (change.isProvedSame()) {
                same++;
            } else {
                missed.add(what);
            }
        }
    }

    private static PolicyChange change(Policy before, Policy after) {
        return PolicyComparison.of(before, after, EarlierRequests.NONE);
    }

    /** One thing changed in the shipped rules. */
    @Test
    void plantedChangesOfShippedRulesAreFound() {
        Policy policy = Fixtures.policy(Fixtures.shipped());
        var count = new Count();
        long slowest = 0;
        for (Question question : Questions.ALL) {
            for (Mutant it : mutants(policy, question)) {
                if (it.changed() != null
                        && policy.with(it.rule(), it.changed())
                                instanceof Loading.Loaded(var other)) {
                    long begun = System.nanoTime();
                    PolicyChange change = change(policy, other);
                    slowest = Math.max(slowest, System.nanoTime() - begun);
                    count.add(change, it.rule().origin() + " " + it.change());
                    isSo(policy, other, change, it.change());
                    assertThat(change.questions())
                            .as(it.change())
                            .allSatisfy(asked ->
                                    assertThat(asked.question()).isIn(question.name(), "session"));
                }
            }
        }
        System.out.printf(
                "compare: of %d planted changes of shipped rules %d found, %d proved to do nothing; slowest %d ms%n",
                count.found + count.same + count.missed.size(),
                count.found,
                count.same,
                slowest / 1_000_000);
        // where nothing is opened, the same is open by default
        assertThat(count.missed)
                .containsExactly("policies/syscalls.drl:5 without allowSyscalls( \"@default\" )");
    }

    private static List<Mutant> mutants(Policy policy, Question question) {
        var mutants = new Mutants();
        var all = new ArrayList<Mutant>();
        policy.rules(question).forEach(rule -> all.addAll(mutants.of(rule)));
        return all;
    }

    /** One thing changed in random rules; what a world tells apart has to be found. */
    @Test
    void plantedChangesOfRandomRulesAreFound() {
        var count = new Count();
        int told = 0;
        int missed = 0;
        for (long seed = 0; seed < PAIRS; seed++) {
            var random = new Random(seed);
            About about = about(seed);
            Policy policy = policy(LintWorlds.lines(about, random));
            List<Mutant> mutants = mutants(policy, question(policy));
            for (int i = 0; i < 3 && !mutants.isEmpty(); i++) {
                Mutant it = mutants.get(random.nextInt(mutants.size()));
                Rule changed = it.changed();
                if (changed != null
                        && policy.with(it.rule(), changed) instanceof Loading.Loaded(var other)) {
                    String why = "seed %d: %s".formatted(seed, it.change());
                    PolicyChange change = change(policy, other);
                    count.add(change, why);
                    isSo(policy, other, change, why);
                    if (differ(policy, other, about, random)) {
                        told++;
                        assertThat(change.isProvedSame()).as(why).isFalse();
                        missed += change.turns().isEmpty() ? 1 : 0;
                    }
                }
            }
        }
        System.out.printf(
                "compare: of %d planted changes of random rules %d found, %d proved to do nothing, %d neither; of %d that a random world tells apart %d missed%n",
                count.found + count.same + count.missed.size(),
                count.found,
                count.same,
                count.missed.size(),
                told,
                missed);
        assertThat(told).isGreaterThan(PAIRS / 4);
        assertThat(missed).isLessThanOrEqualTo((int) (told * (1 - FOUND)));
    }

    /** Other rules altogether. */
    @Test
    void whatIsSaidOfTwoPoliciesIsSo() {
        int turns = 0;
        int told = 0;
        int missed = 0;
        for (long seed = 0; seed < PAIRS; seed++) {
            var random = new Random(seed);
            About about = about(seed);
            Policy before = policy(LintWorlds.lines(about, random));
            Policy after = policy(LintWorlds.lines(about, random));
            PolicyChange change = change(before, after);
            turns += change.turns().size();
            String why = "seed " + seed;
            isSo(before, after, change, why);
            if (differ(before, after, about, random)) {
                told++;
                assertThat(change.isProvedSame()).as(why).isFalse();
                missed += change.turns().isEmpty() ? 1 : 0;
            }
        }
        System.out.printf(
                "compare: %d pairs of random policies, %d turns, all real; of %d that a random world tells apart %d missed%n",
                PAIRS, turns, told, missed);
        assertThat(turns).isGreaterThan(PAIRS);
        assertThat(missed).isLessThanOrEqualTo((int) (told * (1 - FOUND)));
    }

    private static About about(long seed) {
        return List.of(About.values()).get((int) (seed % About.values().length));
    }

    private static Policy policy(List<String> lines) {
        return Fixtures.policy(String.join("\n", lines));
    }

    private static Question question(Policy policy) {
        return Questions.ALL.stream()
                .filter(it -> !policy.rules(it).isEmpty())
                .findFirst()
                .orElseThrow();
    }

    /** Both decide each example as is said, asked here anew. */
    private static void isSo(Policy before, Policy after, PolicyChange change, String why) {
        for (Turn turn : change.turns()) {
            assertThat(turn.before()).as(why).isNotEqualTo(turn.after());
            for (Turn.Example example : turn.examples()) {
                String as = why + ": " + example.request();
                answer(before, turn, example)
                        .ifPresent(it -> assertThat(it).as(as).isEqualTo(said(turn.before())));
                answer(after, turn, example)
                        .ifPresent(it -> assertThat(it).as(as).isEqualTo(said(turn.after())));
            }
        }
    }

    /** Without what rides along. */
    private static String said(Stance stance) {
        String answer = stance.answer();
        return answer.startsWith("no answer") ? "no answer" : answer.split(", ", 2)[0];
    }

    /** Empty where it is neither a verdict nor a thing of a session. */
    private static Optional<String> answer(Policy policy, Turn turn, Turn.Example example) {
        Context context = example.draft().context();
        List<Object> subjects = example.draft().subjects(context.session());
        if (turn.question().equals("session")) {
            return provision(policy, example.request(), context);
        }
        return subjects.size() == 1 && subjects.getFirst() instanceof Judged it
                ? Optional.of(verdict(policy.judge(it, context)))
                : Optional.empty();
    }

    private static String verdict(Judgement it) {
        return it.failure() != null ? "no answer" : it.outcome().word();
    }

    private static Optional<String> provision(Policy policy, String request, Context context) {
        Matcher asked = THING.matcher(request);
        if (!asked.matches()) {
            return Optional.empty();
        }
        String value = asked.group(2);
        try {
            SandboxPolicy sandbox = policy.sandbox(context);
            return switch (asked.group(1)) {
                case "path" -> Optional.of(access(sandbox, context.session(), value));
                case "syscall" ->
                        Optional.of(sandbox.syscalls().of(value).allowed() ? "allowed" : "denied");
                case "variable" ->
                        Optional.of(
                                sandbox.setVariables().containsKey(value)
                                        ? "set to \"%s\""
                                                .formatted(sandbox.setVariables().get(value))
                                        : sandbox.passes(value) ? "passed on" : "not there");
                default -> Optional.empty();
            };
        } catch (PolicyException _) {
            return Optional.of("no answer");
        }
    }

    private static String access(SandboxPolicy sandbox, Session session, String path) {
        return sandbox.deciding(PathText.of(path).resolve(session))
                .map(it -> it.access().name().toLowerCase(Locale.ROOT))
                .orElse("not there");
    }

    /** Whether they decide one of many random worlds differently. */
    private static boolean differ(Policy before, Policy after, About about, Random random) {
        for (int i = 0; i < WORLDS; i++) {
            Context context = LintWorlds.context(random);
            List<Object> subjects = LintWorlds.subjects(about, random);
            if (!decided(before, context, subjects).equals(decided(after, context, subjects))) {
                return true;
            }
        }
        return false;
    }

    private static String decided(Policy policy, Context context, List<Object> subjects) {
        if (!subjects.isEmpty()) {
            return verdict(policy.judge((Judged) subjects.getFirst(), context));
        }
        try {
            SandboxPolicy sandbox = policy.sandbox(context);
            return "%s %s %s %s %s"
                    .formatted(
                            PLACES.stream()
                                    .map(it -> access(sandbox, context.session(), it))
                                    .toList(),
                            sandbox.passes("LC_ALL"),
                            sandbox.setVariables(),
                            sandbox.syscalls().of("ptrace").allowed(),
                            sandbox.limits().memoryBytes() == null
                                    ? ""
                                    : sandbox.limits().memoryBytes().amount());
        } catch (PolicyException e) {
            return "no answer";
        }
    }
}
