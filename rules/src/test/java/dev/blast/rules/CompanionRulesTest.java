package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Companion;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What rules say of two candidates, and what they tell candidates apart by. */
final class CompanionRulesTest {
    private static final int RULES = Integer.getInteger("blast.pairs", 2000);

    private static final List<String> CANDIDATE =
            List.of(
                    "Candidate( name == \"a\" )",
                    "Candidate( name == \"b\", version >= \"3\" )",
                    "Candidate( version < \"2\" || version > \"4\", $v : version )",
                    "Candidate( $v : version, installed == false )",
                    "not Candidate( name == \"a\", version == \"2\" ) Candidate( $v : version )",
                    "Candidate( ageDays > 3, $a : ageDays, $v : version )");

    private static final List<String> COMPANION =
            List.of(
                    "Companion( name == \"b\" )",
                    "Companion( name in ( \"a\", \"c\" ), version != \"3\" )",
                    "Companion( version != $v )",
                    "Companion( version <= $v, name == \"a\" || installed == true )",
                    "exists Companion( version > $v )",
                    "not Companion( license == null, version == $v )");

    @Test
    void eitherWayRound() {
        CompanionRules rules =
                of(
                        """
                        rule "the old one needs the old one"
                            @reason("they share a file format")
                        when
                            Candidate( name == "a", version < "2" )
                            Companion( name == "b", version >= "3" )
                        then
                            deny();
                        end
                        """);
        Candidate old = Fixtures.candidate("a", "1.9");
        Candidate young = Fixtures.candidate("b", "3");
        for (Judgement judgement : List.of(rules.judge(old, young), rules.judge(young, old))) {
            assertThat(judgement.allowed()).isFalse();
            assertThat(judgement.deciding())
                    .extracting(Reason::rule, Reason::text)
                    .containsExactly(
                            tuple("the old one needs the old one", "they share a file format"));
        }
        assertThat(rules.judge(Fixtures.candidate("a", "2"), young).allowed()).isTrue();
        assertThat(rules.kind(Fixtures.candidate("a", "2"))).isEmpty();
        assertThat(rules.kind(Fixtures.candidate("a", "1")))
                .isPresent()
                .isEqualTo(rules.kind(Fixtures.candidate("a", "1.5")));
        assertThat(
                        Fixtures.policy("rule \"x\" when Session() then hidden( \"/x\" ); end")
                                .companions(Fixtures.SOMEBODY))
                .isEmpty();
    }

    /** A wrong kind would make a fact of the solver say too much. */
    @Test
    void equalKindsAreJudgedAlike() {
        int denied = 0;
        int alike = 0;
        for (long seed = 0; seed < RULES; seed++) {
            var random = new Random(seed);
            String text = text(random);
            Optional<CompanionRules> rules = rules(text);
            if (rules.isEmpty()) {
                continue;
            }
            List<Candidate> all = candidates(random);
            Map<Object, List<List<Boolean>>> rows = new HashMap<>();
            for (Candidate one : all) {
                List<Boolean> row = new ArrayList<>();
                for (Candidate other : all) {
                    boolean allowed = rules.get().judge(one, other).allowed();
                    denied += allowed ? 0 : 1;
                    row.add(allowed);
                }
                Optional<Object> kind = rules.get().kind(one);
                if (kind.isEmpty()) {
                    assertThat(row).as("seed %d: %s in %s", seed, one, text).doesNotContain(false);
                } else {
                    rows.computeIfAbsent(kind.get(), _ -> new ArrayList<>()).add(row);
                }
            }
            for (List<List<Boolean>> same : rows.values()) {
                assertThat(new HashSet<>(same)).as("seed %d: %s", seed, text).hasSize(1);
                alike += same.size() - 1;
            }
        }
        System.out.printf("kinds: %d pairs denied, %d candidates like others%n", denied, alike);
        assertThat(denied).isPositive();
        assertThat(alike).isPositive();
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int rule = 0; rule < 1 + random.nextInt(3); rule++) {
            text.append("rule \"%d\" when ".formatted(rule))
                    .append(CANDIDATE.get(random.nextInt(CANDIDATE.size())))
                    .append(' ')
                    .append(COMPANION.get(random.nextInt(COMPANION.size())))
                    .append(" then deny(")
                    .append(random.nextBoolean() ? "\"no\"" : "\"not ${$v}\"")
                    .append("); end\n");
        }
        return text.toString();
    }

    /** Empty where a variable is used that no pattern binds. */
    private static Optional<CompanionRules> rules(String text) {
        return Policy.load(List.of(Fixtures.file(text))) instanceof Loading.Loaded(Policy policy)
                ? policy.companions(Fixtures.SOMEBODY)
                : Optional.empty();
    }

    private static List<Candidate> candidates(Random random) {
        Set<Candidate> all = new HashSet<>();
        for (int i = 0; i < 8; i++) {
            String name = List.of("a", "b", "c").get(random.nextInt(3));
            all.add(
                    Fixtures.candidate(name, String.valueOf(1 + random.nextInt(5)))
                            .placed(false, null, random.nextBoolean(), false, false));
        }
        return List.copyOf(all);
    }

    private static CompanionRules of(String text) {
        return Fixtures.policy(text).companions(Fixtures.SOMEBODY).orElseThrow();
    }

    /** Two facts of one evaluation, as the question takes them. */
    @Test
    void aPolicyJudgesThePairAsItStands() {
        Policy policy =
                Fixtures.policy(
                        "rule \"x\" when Candidate( name == \"a\" ) Companion( name == \"b\" ) then deny( \"no\" ); end");
        Candidate a = Fixtures.candidate("a", "1");
        Candidate b = Fixtures.candidate("b", "1");
        assertThat(policy.judge(a, new Companion(b), Fixtures.SOMEBODY).allowed()).isFalse();
        assertThat(policy.judge(b, new Companion(a), Fixtures.SOMEBODY).allowed()).isTrue();
    }
}
