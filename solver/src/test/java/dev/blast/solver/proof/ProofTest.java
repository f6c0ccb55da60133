package dev.blast.solver.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.IndexException;
import dev.blast.packaging.Message;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierSet;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Reason;
import dev.blast.solver.Cutoff;
import dev.blast.solver.Golden;
import dev.blast.solver.Judge;
import dev.blast.solver.Judgements;
import dev.blast.solver.MemoryIndex;
import dev.blast.solver.Prereleases;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.Requests;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Unsolvable;
import dev.blast.solver.search.Resolver;
import dev.blast.solver.text.ProofText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people read when there is no answer. */
final class ProofTest {
    private final MemoryIndex index = new MemoryIndex();

    @Test
    void twoRequirementsExcludeEachOther() throws Exception {
        pandas();
        check("proof-two", Requests.of("six", "pandas>=2.2", "numpy<1.25"));
    }

    @Test
    void throughAChain() throws Exception {
        for (int i = 0; i < 40; i++) {
            index.release("boto3", "1." + i).needs("botocore>=1.%d,<1.%d".formatted(i, i + 1));
            index.release("botocore", "1." + i)
                    .needs(
                            i < 20
                                    ? "urllib3<1.25"
                                    : "urllib3>=1.25.4,!=1.%d".formatted(26 + i % 3));
        }
        for (String version : List.of("1.24", "1.25.3", "1.25.4", "1.26", "2.0")) {
            index.release("urllib3", version);
        }
        check("proof-chain", Requests.of("urllib3<1.25.4", "boto3>=1.25"));
    }

    @Test
    void whenEachVersionFailsInItsOwnWay() throws Exception {
        index.release("app", "1").needs("left<2");
        index.release("app", "2").needs("right<2");
        index.release("app", "3").needs("nothing-has-it");
        for (String name : List.of("left", "right")) {
            index.release(name, "1");
            index.release(name, "2");
        }
        check("proof-cases", Requests.of("app", "left>=2", "right>=2"));
    }

    @Test
    void whenACaseHasToBeDistinguished() throws Exception {
        for (String version : List.of("1", "2")) {
            index.release("a", version)
                    .needs("b==" + version, "c==" + (3 - Integer.parseInt(version)));
            index.release("b", version).needs("d==" + version);
            index.release("c", version).needs("d==" + version);
            index.release("d", version);
        }
        check("proof-lemmas", Requests.of("a"));
    }

    @Test
    void aNameThatNoIndexHas() throws Exception {
        check("proof-unknown", Requests.of("pandsa>=2"));
    }

    @Test
    void aVersionThatThereIsNot() throws Exception {
        pandas();
        check("proof-no-version", Requests.of("pandas>=9"));
    }

    @Test
    void onlySourcesAndOtherPythons() throws Exception {
        index.release("old", "1.0").wheels().sdist();
        index.release("old", "1.1").wheels().sdist();
        index.release("old", "2.0").python(">=3.13");
        index.release("old", "2.1").python(">=3.14");
        index.release("old", "3.0").wheels("cp312-cp312-win_amd64");
        check("proof-unusable", Requests.of("old>=1"));
    }

    @Test
    void whatAnIndexGetsWrongIsSaidInLinesOfItsOwn() throws Exception {
        index.release("old", "1.0");
        index.broken.put("old-1.0-py3-none-any.whl", IndexException.Kind.HASH);
        index.said =
                new Message(
                        "old-1.0 is not the file that the index lists\n  expected sha256 12\n  came     sha256 34\nfrom https://files.example/old");
        check("proof-hash", Requests.of("old>=1"));
    }

    @Test
    void aRuleHoldsBack() throws Exception {
        pandas();
        Judge judge =
                candidate -> {
                    boolean held =
                            candidate.name().toString().equals("pandas")
                                    && SpecifierSet.parse(">=2.2").contains(candidate.version());
                    var reason =
                            new Reason(
                                    new Origin("policies/team.drl", 9, 1),
                                    "wait",
                                    Layer.PROJECT,
                                    "hold",
                                    "released 3 days ago");
                    return Judgements.of(
                            held
                                    ? dev.blast.rules.vocabulary.Outcome.HELD
                                    : dev.blast.rules.vocabulary.Outcome.ALLOWED,
                            held ? List.of(reason) : List.of());
                };
        check("proof-held", Requests.of("pandas>=2.2", "six").with(judge));
    }

    @Test
    void threeTogether() throws Exception {
        index.release("a", "1").needs("x>=1");
        index.release("b", "1").needs("x<3");
        index.release("c", "1").needs("x!=1,!=2");
        for (String version : List.of("0.5", "1", "2", "3", "4")) {
            index.release("x", version);
        }
        check("proof-three", Requests.of("a", "b", "c", "x>0"));
    }

    @Test
    void aConstraintIsInTheWay() throws Exception {
        pandas();
        List<RootRequirement> roots = new ArrayList<>(Requests.roots("pandas>=2.2", "six"));
        roots.add(RootRequirement.constraint(Requirement.parse("numpy<1.25"), "pyproject.toml:40"));
        roots.add(
                RootRequirement.constraint(
                        Requirement.parse("nobody-needs-it<1"), "pyproject.toml:41"));
        check("proof-constraint", Request.of(roots, Requests.TARGET, Requests.NOW));
    }

    /** What pandas needs of numpy is no fact any more; the line of the override is one. */
    @Test
    void anOverrideIsInTheWay() throws Exception {
        pandas();
        List<RootRequirement> roots = new ArrayList<>(Requests.roots("pandas>=2.2", "numpy<1.25"));
        roots.add(RootRequirement.override(Requirement.parse("numpy>=99"), "pyproject.toml:40"));
        check("proof-override", Request.of(roots, Requests.TARGET, Requests.NOW));
    }

    @Test
    void aTimeIsInTheWay() throws Exception {
        index.release("pandas", "2.1").uploaded("2023-08-30T10:00:00Z").needs("numpy>=1.22");
        index.release("pandas", "2.2").uploaded("2024-01-20T10:00:00Z").needs("numpy>=1.26");
        index.release("pandas", "2.3").uploaded("2025-06-05T10:00:00Z").needs("numpy>=1.26");
        index.release("numpy", "1.24").uploaded("2022-12-18T10:00:00Z");
        index.release("numpy", "2.0");
        var cutoff = Cutoff.of("2024-01-01", "--exclude-newer", Requests.NOW);
        check("proof-newer", Requests.of("pandas>=2.2", "numpy").with(cutoff));
        check("proof-undated", Requests.of("pandas", "numpy>=2").with(cutoff));
    }

    @Test
    void withExtras() throws Exception {
        index.release("web", "1.0").extra("fast", "speed>=2");
        index.release("web", "1.1").extra("fast", "speed>=2.1");
        index.release("speed", "1.0");
        index.release("speed", "2.0");
        index.release("speed", "2.1");
        check("proof-extras", Requests.of("web[fast]", "speed<2"));
    }

    /** Nobody read what the others need. */
    @Test
    void whatIsLeftIsSaidToBeTheRest() throws Exception {
        index.release("trainer", "2.0").extra("extra", "config>=1");
        index.release("trainer", "2.1rc1").extra("extra", "config>=1");
        index.release("trainer", "2.1").extra("extra", "config>=1.0");
        index.release("config", "1.0").needs("runtime==4.8");
        index.release("config", "1.1rc1").needs("runtime>=5");
        index.release("config", "1.1").needs("runtime==4.9.*");
        index.release("config", "1.2rc1");
        index.release("runtime", "4.8").wheels().sdist();
        index.release("runtime", "4.9.1").wheels().sdist();
        index.release("runtime", "5.0");
        check("proof-rest", Requests.of("trainer[extra]>=2").with(Prereleases.EXPLICIT));
    }

    @Test
    void preReleasesWhereNoneIsAllowed() throws Exception {
        index.release("tool", "1.0");
        index.release("tool", "2.0rc1");
        check("proof-disallowed", Requests.of("tool==2.0rc1").with(Prereleases.DISALLOW));
    }

    /** What matters of a long list is that something is not on it. */
    @Test
    void whatIsMissingAmongManyIsSaid() throws Exception {
        for (int i = 0; i < 12; i++) {
            if (i != 5) {
                index.release("wrapper", "1." + i).needs("core==1.%d.1".formatted(i));
            }
            index.release("core", "1.%d.1".formatted(i));
            index.release("core", "1.%d.2".formatted(i));
        }
        index.release("client", "7").needs("core>=1.5,<1.6");
        check("proof-gap", Requests.of("client==7", "wrapper>=1"));
    }

    /** Whoever wants to know more asks for it. */
    @Test
    void aLongOneIsCutShort() throws Exception {
        for (int i = 0; i < 14; i++) {
            index.release("app", "1." + i).needs("part%d>=2".formatted(i));
            index.release("part" + i, "1");
        }
        var unsolvable = unsolvable(Requests.of("app"));
        Golden.assertText(
                "proof-brief.txt", ProofText.brief(unsolvable.proof(), "sync --explain has them"));
        assertThat(unsolvable.proof().statements()).hasSize(15);
    }

    private void pandas() {
        index.release("six", "1.16");
        index.release("pandas", "2.1.4").needs("numpy>=1.22.4");
        index.release("pandas", "2.2.0").needs("numpy>=1.26");
        index.release("pandas", "2.2.3").needs("numpy>=1.26.0");
        index.release("pandas", "2.3.3").needs("numpy>=1.26.0,<3");
        for (String version : List.of("1.22.4", "1.24.4", "1.26.4", "2.0.0", "2.1.0")) {
            index.release("numpy", version);
        }
    }

    private Unsolvable unsolvable(Request request) throws Exception {
        return (Unsolvable) new Resolver(index, Progress.SILENT).resolve(request);
    }

    private void check(String name, Request request) throws Exception {
        var unsolvable = unsolvable(request);
        Golden.assertText(name + ".txt", ProofText.render(unsolvable.proof()));
        assertThat(unsolvable.proof().coreIsMinimal()).isTrue();
    }
}
