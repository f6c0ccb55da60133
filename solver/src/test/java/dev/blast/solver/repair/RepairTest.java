package dev.blast.solver.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.rules.Context;
import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.LettingGo;
import dev.blast.rules.fact.RelaxationKind;
import dev.blast.rules.fact.Session;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Price;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.rules.vocabulary.Records;
import dev.blast.solver.Golden;
import dev.blast.solver.Judge;
import dev.blast.solver.Judgements;
import dev.blast.solver.MemoryIndex;
import dev.blast.solver.Prereleases;
import dev.blast.solver.Progress;
import dev.blast.solver.Proof;
import dev.blast.solver.Request;
import dev.blast.solver.Requests;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Unsolvable;
import dev.blast.solver.search.RememberedIndex;
import dev.blast.solver.search.Resolver;
import dev.blast.solver.text.ProofText;
import dev.blast.solver.text.RepairText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What people can do where there is no answer, as they read it. */
final class RepairTest {
    private static final Context SOMEBODY =
            new Context(
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

    private final MemoryIndex index = new MemoryIndex();

    @Test
    void oneRequirementGivesWay() throws Exception {
        pandas();
        check("ways-two", Requests.of("six", "pandas>=2.2", "numpy<1.25"));
    }

    @Test
    void conflictsThatHaveNothingToDoWithEachOther() throws Exception {
        pandas();
        for (String version : List.of("1", "2", "3")) {
            index.release("web", version).needs("wire==" + version);
            index.release("wire", version);
        }
        check("ways-several", Requests.of("pandas>=2.2", "numpy<1.25", "web==3", "wire<3"));
    }

    @Test
    void aNameThatNoIndexHasCanOnlyGo() throws Exception {
        pandas();
        check("ways-unknown", Requests.of("pandsa>=2", "numpy"));
    }

    @Test
    void aHoldIsLiftedAndADenialIsNot() throws Exception {
        pandas();
        Request request = Requests.of("pandas>=2.2", "six");
        check(
                "ways-held",
                request.with(candidate ->
                        judgement(
                                candidate, it -> it.name().toString().equals("pandas"), "2.3.3")));
    }

    @Test
    void aPriceThatIsNotShippedNamesItsRule() throws Exception {
        pandas();
        check(
                "ways-priced",
                Requests.of("six", "pandas>=2.2", "numpy<1.25")
                        .with(prices(what -> what.packageName().toString().equals("pandas"), 70)));
    }

    @Test
    void whatIsForbiddenIsNoWayOut() throws Exception {
        pandas();
        check(
                "ways-forbidden",
                Requests.of("pandas>=2.2", "numpy<1.25").with(prices(_ -> true, 0)));
    }

    @Test
    void eachIsToldBeforeTheNextIsLookedFor() throws Exception {
        pandas();
        Request request = Requests.of("six", "pandas>=2.2", "numpy<1.25");
        var remembered = new RememberedIndex(index);
        var unsolvable = (Unsolvable) new Resolver(remembered, Progress.SILENT).resolve(request);
        List<String> heard = new ArrayList<>();
        var listener =
                new RepairListener() {
                    @Override
                    public void proved(Unsolvable it) {
                        heard.add("proved");
                    }

                    @Override
                    public void proved(Proof beside) {
                        heard.add("proved another");
                    }

                    @Override
                    public void trying(List<Relaxation> relaxations) {
                        heard.add("trying " + RepairText.what(relaxations.getFirst()));
                    }

                    @Override
                    public void found(Repair repair) {
                        heard.add("found " + RepairText.what(repair.relaxations().getFirst()));
                    }
                };
        RepairSearch.of(remembered, request, unsolvable).waysOut(listener);
        assertThat(heard)
                .startsWith(
                        "proved",
                        "trying pandas >=2.1",
                        "found pandas >=2.1",
                        "trying numpy >=1.26,<2",
                        "found numpy >=1.26,<2");
    }

    /** A wheel that is missing says nothing of the rest. */
    @Test
    void whatCannotBeUsedHidesNoConflict() throws Exception {
        index.release("chat", "2.0").needs("server<26", "sync>=2");
        index.release("chat", "2.1").needs("server<26", "sync>=2");
        index.release("graph", "0.16").needs("server>=26");
        index.release("sync", "2.0").wheels().sdist();
        index.release("server", "25");
        index.release("server", "26");
        check("ways-hidden", Requests.of("chat>=2", "graph"));
    }

    /** Whoever does not want to wait keeps what is there. */
    @Test
    void anInterruptedSearchEnds() throws Exception {
        pandas();
        Request request = Requests.of("pandas>=2.2", "numpy<1.25");
        var remembered = new RememberedIndex(index);
        var unsolvable = (Unsolvable) new Resolver(remembered, Progress.SILENT).resolve(request);
        Thread.currentThread().interrupt();
        WaysOut waysOut = RepairSearch.of(remembered, request, unsolvable).waysOut();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(waysOut.repairs()).isEmpty();
        assertThat(waysOut.complete()).isFalse();
    }

    /** What Blast does without rules is what the shipped ones say. */
    @Test
    void theShippedRulesSayTheShippedPrices() throws Exception {
        String text = Files.readString(Path.of("../policies/repairs.drl"));
        var file = new PolicyFile(Layer.SHIPPED, "policies/repairs.drl", text, true);
        Policy policy = ((Loading.Loaded) Policy.load(List.of(file))).policy();
        for (RelaxationKind kind : RelaxationKind.values()) {
            var what = new LettingGo(kind, new PackageName("numpy"), true, null);
            if (kind != RelaxationKind.PYTHON) {
                assertThat(policy.price(what, SOMEBODY))
                        .isInstanceOfSatisfying(
                                Price.Named.class,
                                it -> assertThat(it.points()).isEqualTo(Prices.byDefault(kind)));
            }
        }
    }

    /** A rule of the project's own about some relaxations: 0 points forbid. */
    private static Judge prices(Predicate<LettingGo> about, int points) {
        var reason =
                new Reason(
                        new Origin("policies/team.drl", 9, 1),
                        "the platform team decides",
                        Layer.PROJECT,
                        points == 0 ? "deny" : "cost",
                        points == 0 ? "ask #platform" : "");
        return new Judge() {
            @Override
            public Judgement judge(Candidate candidate) {
                return judgement(candidate, _ -> false, "");
            }

            @Override
            public Price price(LettingGo what) {
                return !about.test(what)
                        ? new Price.Unsaid()
                        : points == 0
                                ? new Price.Forbidden(List.of(reason), null)
                                : new Price.Named(points, List.of(new Price.Part(points, reason)));
            }
        };
    }

    @Test
    void preReleasesWhereNobodyAsksForOne() throws Exception {
        index.release("tool", "1.0");
        index.release("tool", "2.0rc1");
        check("ways-prerelease", Requests.of("tool>1").with(Prereleases.EXPLICIT));
    }

    @Test
    void aPinInAConstraintIsTheFirstToGo() throws Exception {
        pandas();
        List<RootRequirement> roots = new ArrayList<>(Requests.roots("pandas>=2.2", "six"));
        roots.add(
                RootRequirement.constraint(
                        Requirement.parse("numpy==1.24.4"), "constraints.txt:3"));
        check("ways-pin", Request.of(roots, Requests.TARGET, Requests.NOW));
    }

    @Test
    void anotherPythonIsNamedAndNotTried() throws Exception {
        index.release("old", "2.0").python(">=3.13");
        index.release("old", "1.0");
        check("ways-python", Requests.of("old>=2"));
    }

    @Test
    void whatIsReadForTheProofIsNotReadAgain() throws Exception {
        pandas();
        var counted = new CountedIndex(index);
        Request request = Requests.of("six", "pandas>=2.2", "numpy<1.25");
        var remembered = new RememberedIndex(counted);
        var unsolvable = (Unsolvable) new Resolver(remembered, Progress.SILENT).resolve(request);
        RepairSearch.of(remembered, request, unsolvable).waysOut();
        assertThat(counted.asked()).doesNotHaveDuplicates();
    }

    @Test
    void whatCannotBeReadLeavesTheProofAlone() throws Exception {
        pandas();
        index.broken.put("pandas-2.1.4-py3-none-any.whl", IndexException.Kind.OFFLINE);
        check("ways-offline", Requests.of("pandas>=2.2", "numpy<1.25"));
    }

    /** Held back but for one version, which is denied. */
    private static Judgement judgement(
            Candidate candidate, Predicate<Candidate> about, String denied) {
        Outcome outcome =
                !about.test(candidate)
                        ? Outcome.ALLOWED
                        : candidate.version().toString().equals(denied)
                                ? Outcome.DENIED
                                : candidate.version().major() == 2
                                                && candidate.version().minor() >= 2
                                        ? Outcome.HELD
                                        : Outcome.ALLOWED;
        var reason =
                new Reason(
                        new Origin("policies/team.drl", outcome == Outcome.HELD ? 9 : 20, 1),
                        "wait",
                        Layer.PROJECT,
                        "hold",
                        "released 3 days ago");
        return Judgements.of(outcome, outcome == Outcome.ALLOWED ? List.of() : List.of(reason));
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

    private void check(String name, Request request) throws Exception {
        var remembered = new RememberedIndex(index);
        var unsolvable = (Unsolvable) new Resolver(remembered, Progress.SILENT).resolve(request);
        var search = RepairSearch.of(remembered, request, unsolvable);
        WaysOut waysOut = search.waysOut();
        Golden.assertText(
                name + ".txt",
                ProofText.render(search.unsolvable().proof())
                        + waysOut.besides().stream()
                                .map(ProofText::beside)
                                .collect(Collectors.joining())
                        + RepairText.render(waysOut));
    }
}
