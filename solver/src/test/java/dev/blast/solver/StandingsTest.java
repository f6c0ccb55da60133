package dev.blast.solver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.solver.search.Resolver;
import dev.blast.solver.search.Standings;
import dev.blast.solver.text.RestraintText;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What keeps newer versions of a chosen package out, and which of it binds. */
final class StandingsTest {
    private final MemoryIndex index = new MemoryIndex();

    @BeforeEach
    void releases() {
        index.release("web", "1").needs("wire<3");
        for (String version : List.of("1", "2", "3", "4")) {
            index.release("wire", version);
        }
        index.release("tool", "1");
        index.release("tool", "2").needs("wire>=3");
        index.release("tool", "3").needs("wire>=4");
        index.release("tool", "4rc1");
    }

    @Test
    void whatKeepsOutAloneBinds() throws IndexException {
        Standing wire = standing("wire", "web", "wire<4");
        assertThat(wire.chosen()).hasToString("2");
        assertThat(wire.newest()).hasToString("4");
        assertThat(wire.free()).isNull();
        assertThat(bonds(wire))
                .containsExactly(
                        "web 1 needs wire <3: 3 to 4, without it 3",
                        "you ask for wire <4: 4 to 4, without it null");
    }

    @Test
    void whatNothingKeepsOutIsFree() throws IndexException {
        Request request = Requests.of("wire", "tool<2");
        Resolution resolution = (Resolution) new Resolver(index, Progress.SILENT).resolve(request);
        Standing tool =
                new Standings(
                                request.with(Requests.of("wire", "tool").requirements()),
                                index,
                                DependencyGraph.of(resolution))
                        .of(member(resolution, "tool"));
        assertThat(tool.free()).hasToString("3");
        assertThat(tool.newest()).hasToString("3");
        assertThat(tool.bonds()).isEmpty();
    }

    @Test
    void aVersionThatNeedsWhatIsNotThereIsKeptOutByItself() throws IndexException {
        Standing tool = standing("tool", "web", "tool");
        assertThat(bonds(tool))
                .containsExactly(
                        "it needs wire >=3, and wire is 2: 2 to 2, without it 2",
                        "it needs wire >=4, and wire is 2: 3 to 3, without it 3");
        Standing pinned = standing("tool", "web", "tool<3");
        assertThat(bonds(pinned))
                .containsExactly(
                        "it needs wire >=3, and wire is 2: 2 to 2, without it 2",
                        "you ask for tool <3: 3 to 3, without it null",
                        "it needs wire >=4, and wire is 2: 3 to 3, without it null");
    }

    /**
     * What a rule on two versions keeps away from one that is there; its words are the newest's.
     */
    @Test
    void aRuleOnTwoVersionsKeepsOut() throws IndexException {
        index.release("left", "1");
        for (String version : List.of("1", "2", "3", "4")) {
            index.release("right", version);
        }
        Request request = Requests.of("left", "right<4").with(new InStep());
        Resolution resolution = (Resolution) new Resolver(index, Progress.SILENT).resolve(request);
        var standings = new Standings(request, index, DependencyGraph.of(resolution));
        assertThat(bonds(standings.of(member(resolution, "right"))))
                .containsExactly(
                        "a rule does not let it stand beside left 1: right 4 is not in step: 2 to 4, without it 3",
                        "you ask for right <4: 4 to 4, without it null");
        Standing left = standings.of(member(resolution, "left"));
        assertThat(left.isBehind()).isFalse();
    }

    /** Keeps left and right of different versions apart. */
    private static final class InStep implements Judge, Companions {
        @Override
        public Judgement judge(Candidate candidate) {
            return Judgements.of(Outcome.ALLOWED, List.of());
        }

        @Override
        public Optional<Companions> companions() {
            return Optional.of(this);
        }

        @Override
        public Judgement judge(Candidate one, Candidate other) {
            boolean apart =
                    Set.of(one.name().normalized(), other.name().normalized())
                                    .equals(Set.of("left", "right"))
                            && !one.version().equals(other.version());
            var reason =
                    new Reason(
                            new Origin("team.drl", 3, 1),
                            "in step",
                            Layer.PROJECT,
                            "deny",
                            "%s %s is not in step".formatted(one.name(), one.version()));
            return Judgements.of(
                    apart ? Outcome.DENIED : Outcome.ALLOWED, apart ? List.of(reason) : List.of());
        }

        @Override
        public Optional<Object> kind(Candidate candidate) {
            return candidate.name().normalized().matches("left|right")
                    ? Optional.of(List.of(candidate.name(), candidate.version()))
                    : Optional.empty();
        }
    }

    @Test
    void refusalsAreThoseOfTheRulesAlone() throws IndexException {
        Request request = Requests.of("wire");
        var standings = new Standings(request, index, DependencyGraph.of(List.of(), List.of()));
        assertThat(standings.refusals(Requirement.parse("wire>2"))).isEmpty();
    }

    private Standing standing(String name, String... requirements) throws IndexException {
        Request request = Requests.of(requirements);
        Resolution resolution = (Resolution) new Resolver(index, Progress.SILENT).resolve(request);
        return new Standings(request, index, DependencyGraph.of(resolution))
                .of(member(resolution, name));
    }

    private static DependencyGraph.Member member(Resolution resolution, String name) {
        return DependencyGraph.of(resolution).member(new PackageName(name)).orElseThrow();
    }

    private static List<String> bonds(Standing standing) {
        return standing.bonds().stream()
                .map(bond ->
                        "%s: %s to %s, without it %s"
                                .formatted(
                                        RestraintText.of(bond.restraint(), "it"),
                                        bond.first(),
                                        bond.last(),
                                        bond.without()))
                .toList();
    }
}
