package dev.blast.rules;

import static dev.blast.rules.Fixtures.SOMEBODY;
import static dev.blast.rules.Fixtures.candidate;
import static dev.blast.rules.Fixtures.file;
import static dev.blast.rules.Fixtures.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.packaging.PackageName;
import dev.blast.rules.LintWorlds.About;
import dev.blast.rules.fact.Cause;
import dev.blast.rules.fact.Judged;
import dev.blast.rules.fact.Requirement;
import dev.blast.rules.fact.Sync;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Limit;
import dev.blast.rules.verdict.PolicyException;
import dev.blast.rules.verdict.RankedObjective;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.verdict.StrategyChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file may say that nobody stands behind: a cloned project's, or one that all may write. */
final class StrangersTest {
    /** A long run is -Dlaws.worlds=5000. */
    private static final int POLICIES = Integer.getInteger("laws.worlds", 120);

    private static final int WORLDS = 20;

    private static final Sync SYNC = new Sync(Cause.PERSON, false, 0, true, null, null, 1);

    private static final String DEFINED =
            """
            rule "stable" when Strategy( name == "stable" ) then rank( 1, "settled" ); end
            rule "secure" when Strategy( name == "secure" ) then rank( 1, "fewest-advisories" ); end
            rule "unless asked" when Sync( ) then use( "stable" ); end
            """;

    private static final PolicyFile SHIPPED = file(Layer.SHIPPED, "strategies.drl", DEFINED);

    private static PolicyFile strangers(String text) {
        return new PolicyFile(Layer.PROJECT, "policies/own.drl", text, false);
    }

    private static String chosen(StrategyChoice choice) {
        StrategyChoice.Chosen chosen = (StrategyChoice.Chosen) choice;
        return chosen.name() + chosen.overruled().stream().map(Reason::rule).toList();
    }

    @Test
    void aStrangerNamesAStrategyWhereNobodyElseDoes() throws PolicyException {
        PolicyFile theirs = strangers("rule \"theirs\" when Sync( ) then use( \"secure\" ); end");
        assertThat(chosen(policy(SHIPPED, theirs).strategy(SYNC, SOMEBODY)))
                .isEqualTo("secure[unless asked]");
        PolicyFile mine =
                file(
                        Layer.USER,
                        "mine.drl",
                        "rule \"mine\" when Sync( conflicts == 7 ) then use( \"secure\" ); end");
        assertThat(chosen(policy(SHIPPED, mine, theirs).strategy(SYNC, SOMEBODY)))
                .as("when it is chosen is the person's to say")
                .isEqualTo("stable[theirs]");
    }

    @Test
    void aStrangerChoosesForNoPackageWhereThePersonChoosesForAll() throws PolicyException {
        PolicyFile theirs =
                strangers(
                        "rule \"theirs\" when Requirement( name == \"numpy\" ) then use( \"stable\" ); end");
        PolicyFile mine =
                file(
                        Layer.USER,
                        "mine.drl",
                        "rule \"mine\" when Sync( ) then use( \"secure\" ); end");
        var numpy = new Requirement(new PackageName("numpy"), null, true, "");
        assertThat(policy(SHIPPED, theirs).strategy(numpy, SYNC, SOMEBODY)).isPresent();
        Optional<StrategyChoice> beside =
                policy(SHIPPED, mine, theirs).strategy(numpy, SYNC, SOMEBODY);
        assertThat(beside).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "SHIPPED, stable, 1 settled",
        "USER, stable, 1 settled",
        "SHIPPED, theirs, 2 newest",
    })
    void aStrangerDefinesWhatNobodyElseDefines(Layer layer, String name, String wants)
            throws PolicyException {
        Policy policy =
                policy(
                        file(layer, "strategies.drl", DEFINED),
                        strangers(
                                "rule \"theirs\" when Strategy( name in ( \"stable\", \"theirs\" ) ) then rank( 2, \"newest\" ); end"));
        assertThat(policy.define(name, SOMEBODY).objectives())
                .extracting(StrangersTest::told)
                .containsExactly(wants);
    }

    private static String told(RankedObjective ranked) {
        return ranked.place() + " " + ranked.objective().word();
    }

    @Test
    void whoTrustsAProjectMayLetItRankAnything() throws PolicyException {
        Policy policy =
                policy(
                        SHIPPED,
                        file(
                                Layer.PROJECT,
                                "policies/own.drl",
                                "rule \"ours\" when Strategy( name == \"stable\" ) then rank( 2, \"newest\" ); end"));
        assertThat(policy.define("stable", SOMEBODY).objectives())
                .extracting(StrangersTest::told)
                .containsExactly("1 settled", "2 newest");
    }

    @Test
    void aStrangerWeighsVersionsWhereThePersonWeighsNone() {
        PolicyFile theirs =
                strangers("rule \"theirs\" when Candidate( name == \"a\" ) then prefer( 50 ); end");
        PolicyFile mine =
                file(
                        Layer.USER,
                        "mine.drl",
                        "rule \"mine\" when Candidate( advisories != null, yanked == true ) then avoid( 5 ); end");
        assertThat(policy(theirs).judge(candidate("a", "1"), SOMEBODY).points()).isEqualTo(50);
        Policy beside = policy(mine, theirs);
        Judgement judgement = beside.judge(candidate("a", "1"), SOMEBODY);
        assertThat(judgement.points()).isZero();
        assertThat(judgement.untrusted()).extracting(Reason::rule).containsExactly("theirs");
        assertThat(beside.rules())
                .filteredOn(rule -> !rule.inForce())
                .extracting(RuleSummary::name)
                .containsExactly("theirs");
    }

    @Test
    void aFinalRuleLeavesTheChoiceToNobodyBelow() throws PolicyException {
        PolicyFile ours =
                file(
                        Layer.SYSTEM,
                        "s.drl",
                        "rule \"ours\" @final when Sync( ) then use( \"secure\" ); end");
        PolicyFile mine =
                file(
                        Layer.USER,
                        "mine.drl",
                        "rule \"mine\" when Sync( ) then use( \"stable\" ); end");
        assertThat(chosen(policy(SHIPPED, ours, mine).strategy(SYNC, SOMEBODY)))
                .isEqualTo("secure[mine, unless asked]");
    }

    @Test
    void aFileOfThePersonThatOthersMayWriteIsAStrangers() {
        String rule = "rule \"open\" when Candidate( name == \"a\" ) then allow(); end";
        Policy policy = policy(new PolicyFile(Layer.USER, "mine.drl", rule, false));
        Judgement judgement = policy.judge(candidate("a", "1"), SOMEBODY);
        assertThat(judgement.untrusted()).extracting(Reason::rule).containsExactly("open");
        assertThat(policy.rules()).noneMatch(RuleSummary::inForce);
    }

    /** Whatever a stranger's file says beside others, nothing is more open than without it. */
    @Test
    void aStrangerOpensNothing() throws PolicyException {
        int narrowed = 0;
        for (long seed = 0; seed < POLICIES; seed++) {
            var random = new Random(seed);
            About about = List.of(About.values()).get((int) (seed % About.values().length));
            PolicyFile[] ours = {
                file(Layer.SHIPPED, "s.drl", lines(about, random)),
                file(
                        random.nextBoolean() ? Layer.SYSTEM : Layer.USER,
                        "m.drl",
                        lines(about, random))
            };
            PolicyFile theirs = strangers(lines(about, random));
            Policy without = policy(ours);
            Policy with = policy(ours[0], ours[1], theirs);
            for (int i = 0; i < WORLDS; i++) {
                Context context = LintWorlds.context(random);
                List<Object> subjects = LintWorlds.subjects(about, random);
                String why = "seed %d, world %d:\n%s".formatted(seed, i, theirs.text());
                if (about == About.SESSION) {
                    narrowed +=
                            opensNothing(sandbox(without, context), sandbox(with, context), why);
                } else {
                    Judged subject = (Judged) subjects.getFirst();
                    Judgement before = without.judge(subject, context);
                    Judgement after = with.judge(subject, context);
                    assertThat(!before.allowed() && after.allowed()).as(why).isFalse();
                    assertThat(before.outcome() != after.outcome() && after.allowed())
                            .as(why)
                            .isFalse();
                    if (weighs(ours[1])) {
                        assertThat(after.preferences()).as(why).isEqualTo(before.preferences());
                    }
                    narrowed += before.outcome() == after.outcome() ? 0 : 1;
                }
            }
        }
        assertThat(narrowed).as("cases in which it narrowed something").isPositive();
    }

    private static boolean weighs(PolicyFile file) {
        return file.text().contains("prefer(");
    }

    private static String lines(About about, Random random) {
        return String.join("\n", LintWorlds.lines(about, random));
    }

    /** Two values for one variable contradict each other: then there is no sandbox at all. */
    private static @Nullable SandboxPolicy sandbox(Policy policy, Context context) {
        try {
            return policy.sandbox(context);
        } catch (PolicyException _) {
            return null;
        }
    }

    private static int opensNothing(
            @Nullable SandboxPolicy before, @Nullable SandboxPolicy after, String why) {
        if (before == null || after == null) {
            assertThat(after).as(why).isNull();
            return 1;
        }
        for (Path path : LintLawTest.PATHS) {
            assertThat(!before.reading(path).allowed() && after.reading(path).allowed())
                    .as(why + path)
                    .isFalse();
            assertThat(!before.writing(path).allowed() && after.writing(path).allowed())
                    .as(why + path)
                    .isFalse();
        }
        isNotLooser(before.limits().memoryBytes(), after.limits().memoryBytes(), why);
        isNotLooser(before.limits().processes(), after.limits().processes(), why);
        assertThat(before.passVariables().keySet())
                .as(why)
                .containsAll(after.passVariables().keySet());
        assertThat(after.setVariables()).as(why).isEqualTo(before.setVariables());
        assertThat(
                        !before.syscalls().of("ptrace").allowed()
                                && after.syscalls().of("ptrace").allowed())
                .as(why)
                .isFalse();
        return before.equals(after) ? 0 : 1;
    }

    private static void isNotLooser(@Nullable Limit before, @Nullable Limit after, String why) {
        if (before != null) {
            assertThat(after)
                    .as(why)
                    .isNotNull()
                    .satisfies(it -> assertThat(it.amount()).isLessThanOrEqualTo(before.amount()));
        }
    }
}
