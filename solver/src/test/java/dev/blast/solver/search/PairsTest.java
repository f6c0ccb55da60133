package dev.blast.solver.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.CompanionRules;
import dev.blast.rules.Context;
import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Session;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.vocabulary.Records;
import dev.blast.solver.Companions;
import dev.blast.solver.Golden;
import dev.blast.solver.Judge;
import dev.blast.solver.MemoryIndex;
import dev.blast.solver.Outcome;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.Requests;
import dev.blast.solver.Resolution;
import dev.blast.solver.Unsolvable;
import dev.blast.solver.text.ProofText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rules on two versions, and how often they are asked. */
final class PairsTest {
    private static final int MANY = 200;

    private static final String KINDS =
            """
            rule "the old format"
                @reason("left reads what right wrote before 101")
            when
                Candidate( name == "left", version > "50" )
                Companion( name == "right", version > "100" )
            then
                deny();
            end
            """;

    private static final String SAME =
            """
            rule "in step"
            when
                Candidate( name == "left", $v : version )
                Companion( name == "right", version != $v )
            then
                deny( "left ${$v} comes with right ${$v}" );
            end
            """;

    private final MemoryIndex index = new MemoryIndex();
    private int judged;

    /** Some versions on each side: four pairs, whatever the versions are. */
    @Test
    void kindsAreJudgedAndNotVersions() throws Exception {
        many();
        Resolution resolution = (Resolution) resolve(Requests.of("left", "right"), KINDS);
        assertThat(resolution.pins().stream().map(Object::toString).toList())
                .containsExactlyInAnyOrder("left 200", "right 100");
        System.out.printf(
                "pairs of %d x %d versions: %d judged for a rule with constants%n",
                MANY, MANY, judged);
        assertThat(judged).isLessThanOrEqualTo(4);
    }

    /** The versions are compared: one row for each version that is decided. */
    @Test
    void aRuleThatComparesIsAskedRowByRow() throws Exception {
        many();
        Resolution resolution = (Resolution) resolve(Requests.of("left", "right", "third"), SAME);
        assertThat(resolution.pins().stream().map(Object::toString).toList())
                .contains("left 150", "right 150");
        System.out.printf(
                "pairs of %d x %d versions: %d judged for a rule that compares%n",
                MANY, MANY, judged);
        assertThat(judged).isLessThan(MANY * MANY / 2);
    }

    @Test
    void aProofNamesTheRule() throws Exception {
        many();
        var unsolvable = (Unsolvable) resolve(Requests.of("left>=120", "right>=150"), KINDS);
        Golden.assertText("proof-apart.txt", ProofText.render(unsolvable.proof()));
    }

    private void many() {
        for (int version = 1; version <= MANY; version++) {
            index.release("left", String.valueOf(version));
            index.release("right", String.valueOf(version));
        }
        index.release("third", "1").needs("right<=150");
    }

    private Outcome resolve(Request request, String rules) throws Exception {
        var file = new PolicyFile(Layer.PROJECT, "policies/team.drl", rules, true);
        Policy policy = ((Loading.Loaded) Policy.load(List.of(file))).policy();
        CompanionRules companions = policy.companions(context()).orElseThrow();
        var counting =
                new Companions() {
                    @Override
                    public Judgement judge(Candidate one, Candidate other) {
                        judged++;
                        return companions.judge(one, other);
                    }

                    @Override
                    public Optional<Object> kind(Candidate candidate) {
                        return companions.kind(candidate);
                    }
                };
        var judge =
                new Judge() {
                    @Override
                    public Judgement judge(Candidate candidate) {
                        return World.judgement(List.of());
                    }

                    @Override
                    public Optional<Companions> companions() {
                        return Optional.of(counting);
                    }
                };
        return new Resolver(index, Progress.SILENT).resolve(request.with(judge));
    }

    private static Context context() {
        return new Context(
                Records.make(
                        Session.class,
                        Map.of(
                                "user", "somebody",
                                "environment", "shop",
                                "project", "/home/somebody/shop",
                                "home", "/home/somebody",
                                "prefix", "/home/somebody/shop/.venv",
                                "basePrefix", "/usr",
                                "python", "3.12.1",
                                "platform", "linux",
                                "command", "blast",
                                "purpose", "RESOLVE")),
                List.of());
    }
}
